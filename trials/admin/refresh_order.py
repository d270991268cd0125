"""Staff order a refresh: a worker gets the task, the log a line, the person an answer. Holds no logic of a refresh."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from kombu.exceptions import OperationalError

from trials.admin.links import change_url, changelist_url, link
from trials.models import RefreshRun, RunKind, RunStatus, Trial
from trials.search.refresh_progress import kind_words
from trials.tasks import refresh_trials

PERMISSION = "trials.add_refreshrun"
MOST_CHOSEN = 100


def may_order(request: HttpRequest) -> bool:
    """Runs are added by the refresh alone; this permission lets a person order one."""
    return bool(request.user.has_perm(PERMISSION))


def order_refresh(request: HttpRequest, *, full: bool = False, trials: Sequence[Trial] = ()) -> None:
    """Orders what is new, everything or some trials, and says what came of it. Never raises for a broker that is away.

    The log and the task come together or not at all.
    """
    running = RefreshRun.objects.filter(status=RunStatus.RUNNING).only("started_at").first()
    if running is not None:
        _say_running(request, running)
        return
    nct_ids = [trial.pk for trial in trials]
    try:
        with transaction.atomic():
            _log(request, trials, RunKind.FULL if full else RunKind.INCREMENTAL)
            refresh_trials.delay(full=full, nct_ids=nct_ids or None, asked_by=request.user.get_username())
    except (OperationalError, OSError):
        messages.error(request, gettext("The worker cannot be reached; no refresh was ordered. Try later."))
        return
    said = ngettext("The refresh of %(n)d trial is ordered.", "The refresh of %(n)d trials is ordered.", len(trials))
    what = said % {"n": len(trials)} if trials else gettext("The refresh is ordered.")
    begins = gettext("It begins as soon as a worker is free, within moments if one is.")
    messages.success(request, format_html("{} {} {}", what, begins, _link_to_runs()))


def _say_running(request: HttpRequest, running: RefreshRun) -> None:
    since = date_format(localtime(running.started_at), "DATETIME_FORMAT")
    said = gettext("A refresh is under way since %(since)s; nothing was ordered. Wait for its end.") % {"since": since}
    messages.warning(
        request, format_html("{} {}", said, link(change_url(RefreshRun, running.pk), gettext("How far it is")))
    )


def _link_to_runs() -> str:
    return link(changelist_url(RefreshRun), gettext("Refresh runs"))


def _log(request: HttpRequest, trials: Sequence[Trial], kind: RunKind) -> None:
    """A line for each chosen trial; for a run, which is not there yet, a line without an object."""
    if trials:
        LogEntry.objects.log_actions(str(request.user.pk), trials, CHANGE, gettext("Refresh ordered."))
        return
    LogEntry.objects.create(
        user_id=str(request.user.pk),
        content_type=ContentType.objects.get_for_model(RefreshRun),
        object_repr=gettext("Refresh ordered: %(kind)s") % {"kind": kind_words(kind)},
        action_flag=ADDITION,
        change_message=gettext("Refresh ordered."),
    )
