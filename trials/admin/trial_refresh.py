"""Staff refresh trials that they chose, in the list or on a trial's page. The task does it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.admin.links import change_url
from trials.admin.read_only import ReadOnlyAdmin
from trials.admin.refresh_order import MOST_CHOSEN, may_order, order_refresh
from trials.models import Trial


class TrialRefresh(ReadOnlyAdmin):
    """The admin of trials with the orders. The records themselves are never edited."""

    actions = ("refresh_chosen",)

    def has_refresh_permission(self, request: HttpRequest) -> bool:
        return may_order(request)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.refresh_one)
        return [path("<str:nct_id>/refresh/", view, name="trials_trial_refresh"), *super().get_urls()]

    @admin.action(description=_("Refresh the chosen trials"), permissions=["refresh"])
    def refresh_chosen(self, request: HttpRequest, queryset: QuerySet[Trial]) -> None:
        trials = list(Trial.objects.filter(pk__in=queryset.values("pk")).order_by("pk").only("pk")[: MOST_CHOSEN + 1])
        if len(trials) > MOST_CHOSEN:
            said = gettext("At most %(most)d trials are refreshed at once; nothing was ordered. Choose fewer.")
            self.message_user(request, said % {"most": MOST_CHOSEN}, messages.ERROR)
        elif trials:
            order_refresh(request, trials=trials)

    def refresh_one(self, request: HttpRequest, nct_id: str) -> HttpResponse:
        if not may_order(request):
            raise PermissionDenied
        trial = get_object_or_404(Trial.objects.only("pk"), pk=nct_id)
        if request.method == "POST":
            order_refresh(request, trials=[trial])
        return redirect(change_url(Trial, trial.pk))
