"""The addresses beside the list of runs: order one, confirm a full one, and how far the present one is."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from trials.admin.links import changelist_url
from trials.admin.read_only import ReadOnlyAdmin
from trials.admin.refresh_order import may_order, order_refresh
from trials.models import RefreshRun, RunStatus
from trials.search.refresh_progress import progress_of

_RELOAD = {"HX-Refresh": "true"}  # htmx then loads the whole page again


class RefreshViews(ReadOnlyAdmin):
    """Who may view runs looks; who may add them orders."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("order/", view(self.order), name="trials_refreshrun_order"),
            path("everything/", view(self.everything), name="trials_refreshrun_everything"),
            path("<int:pk>/progress/", never_cache(self.progress), name="trials_refreshrun_progress"),
            *super().get_urls(),
        ]

    def order(self, request: HttpRequest) -> HttpResponse:
        if not may_order(request):
            raise PermissionDenied
        if request.method == "POST":
            order_refresh(request, full=request.POST.get("full") == "yes")
        return redirect(changelist_url(RefreshRun))

    def everything(self, request: HttpRequest) -> HttpResponse:
        """Asks before everything is fetched: that takes long and costs the registry much."""
        if not may_order(request):
            raise PermissionDenied
        title = gettext("Refresh everything")
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, "admin/trials/refreshrun/everything.html", context)

    def progress(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The part of a page that changes while a run goes on; at its end, or after a log-out, the whole page again."""
        if not self.admin_site.has_permission(request):
            return HttpResponse(status=401, headers=_RELOAD)
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = RefreshRun.objects.defer("findings", "nct_ids").filter(pk=pk).first()
        if run is None:
            raise Http404
        if run.status != RunStatus.RUNNING:
            return HttpResponse(headers=_RELOAD)
        return render(request, "admin/trials/refreshrun/progress.html", under_way(run))


def under_way(run: RefreshRun | None) -> dict[str, Any]:
    """What the live part of a page shows; nothing where no run goes on."""
    if run is None or run.status != RunStatus.RUNNING:
        return {}
    url = reverse("admin:trials_refreshrun_progress", args=[run.pk])
    return {"running": run, "progress": progress_of(run, timezone.now()), "progress_url": url}
