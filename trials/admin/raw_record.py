"""Pages of raw records: a box to read the JSON in, and the record as a file. Nothing in a raw record is trusted."""

import json
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.admin.links import link
from trials.admin.read_only import ReadOnlyAdmin

MOST_CHARACTERS = 200_000  # shown on a page; the largest record of the corpus has 1.2 million


def pretty(raw: str) -> str:
    """JSON with line breaks; the text itself where it is not JSON."""
    try:
        return json.dumps(json.loads(raw), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return raw


class RawRecordAdmin(ReadOnlyAdmin):
    """A model with the columns nct_id and raw. Its list never reads the raw texts."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("raw")

    def get_urls(self) -> list[URLPattern]:
        url = path("<int:pk>/raw/", self.admin_site.admin_view(self.download), name=self._download_name)
        return [url, *super().get_urls()]

    @property
    def _download_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_raw"

    def download(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The text as it was received, as a file: a browser never shows it as a page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        record = self.model._default_manager.filter(pk=pk).first()
        if record is None:
            raise Http404
        response = HttpResponse(record.raw.encode("utf-8", "backslashreplace"), content_type="application/json")
        response.headers["Content-Disposition"] = f'attachment; filename="{record.nct_id or "record"}-{pk}.json"'
        return response

    @admin.display(description=_("Raw record"))
    def raw_record(self, record: Any) -> SafeString:
        text = pretty(record.raw)
        note = ""
        if len(text) > MOST_CHARACTERS:
            note = gettext("The first %(shown)d of %(all)d characters.") % {"shown": MOST_CHARACTERS, "all": len(text)}
        return format_html(
            '<p>{} {}</p>\n<textarea readonly rows="40" class="vLargeTextField" aria-label="{}">\n{}</textarea>',
            note,
            link(reverse(f"admin:{self._download_name}", args=[record.pk]), gettext("Download it as it was received")),
            gettext("Raw record"),
            text[:MOST_CHARACTERS],
        )
