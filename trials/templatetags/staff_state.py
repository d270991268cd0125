"""How the data stand, on the first page of the admin. Costs four queries; shows each person what they may view."""

from dataclasses import dataclass
from datetime import datetime

from django import template
from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone

from trials.admin.review_queue import WAITING
from trials.models import FactInForce, QuarantinedRecord, RefreshRun
from trials.search.refresh_progress import duration_words, kind_words, status_words
from trials.search.refresh_state import data_checked_at, is_old

register = template.Library()


@dataclass(frozen=True, slots=True)
class StaffState:
    """None and "" stand for what the person may not view, and for what is not there."""

    run: RefreshRun | None
    run_kind: str
    run_status: str
    checked_at: datetime | None
    age: str
    is_old: bool
    quarantined: int | None
    waiting: int | None


@register.simple_tag
def staff_state(user: User | AnonymousUser) -> StaffState:
    now = timezone.now()
    run = checked_at = quarantined = waiting = None
    if user.has_perm("trials.view_refreshrun"):
        run = RefreshRun.objects.defer("findings", "nct_ids").order_by("-id").first()
        checked_at = data_checked_at()
    if user.has_perm("trials.view_quarantinedrecord"):
        quarantined = QuarantinedRecord.objects.filter(resolved_at=None).count()
    if user.has_perm("trials.view_factinforce"):
        waiting = FactInForce.objects.filter(WAITING).count()
    return StaffState(
        run,
        kind_words(run.kind) if run else "",
        status_words(run.status) if run else "",
        checked_at,
        duration_words(now - checked_at) if checked_at else "",
        checked_at is not None and is_old(checked_at, now),
        quarantined,
        waiting,
    )
