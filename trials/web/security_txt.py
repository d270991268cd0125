"""/.well-known/security.txt (RFC 9116): where to report a weakness. Not there unless the operator names a contact."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

_HOLDS = timedelta(days=180)  # the standard asks for less than a year


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    contacts: list[str] = settings.HCCTRIALS_SECURITY_CONTACT
    if not contacts:
        raise Http404
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [f"Contact: {contact}" for contact in contacts]
    lines += [f"Expires: {(today + _HOLDS).strftime('%Y-%m-%dT%H:%M:%SZ')}"]
    lines += ["Preferred-Languages: en, fr"]
    lines += [f"Canonical: {request.build_absolute_uri(reverse('security-txt'))}"]
    return HttpResponse("\n".join((*lines, "")), content_type="text/plain; charset=utf-8")
