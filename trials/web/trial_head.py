"""What stands above the parts of a trial page: title, status, size, and notes that a reader must not miss. Pure."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.models import Trial
from trials.registry.values import study_url
from trials.vocabulary.registry_states import STILL_THERE
from trials.vocabulary.registry_terms import OverallStatus, StudyType, words
from trials.web.freshness import Staleness, staleness
from trials.web.phrases import phrase, plain_words, published
from trials.web.status_pill import StatusPill, status_pill
from trials.web.trial_dates import people_words

_OPEN = {OverallStatus.RECRUITING, OverallStatus.NOT_YET_RECRUITING, OverallStatus.ENROLLING_BY_INVITATION}
_ENDED = {OverallStatus.COMPLETED, OverallStatus.TERMINATED}
_WORTH_SAYING_MONTHS = 6


@dataclass(frozen=True, slots=True)
class StaleNote:
    """Why an open status is doubtful; the dates are as published, "" where they are not the reason."""

    status: str
    verified: str
    end: str


@dataclass(frozen=True, slots=True)
class HeadView:
    """official_title, run_by and results_url are "" where there is nothing more to say."""

    title: str
    official_title: str
    pill: StatusPill
    phases: str
    people: str
    run_by: str
    stale: StaleNote | None
    is_open: bool
    has_left_registry: bool
    is_observational: bool
    is_expanded_access: bool
    registry_url: str
    results_url: str
    ended_without_results: bool

    @property
    def is_doubtful(self) -> bool:
        """Closed, or open by a record that is out of date or no more: nothing of it is drawn as open."""
        return self.stale is not None or not self.is_open or self.has_left_registry


def present_head(trial: Trial, today: date) -> HeadView:
    stale = staleness(trial, today)
    title = trial.brief_title or trial.official_title or trial.nct_id
    page = study_url(trial.nct_id)
    return HeadView(
        title=title,
        official_title=trial.official_title if trial.official_title.strip() != title.strip() else "",
        pill=status_pill(trial, today),
        phases=" / ".join(gettext(words("phase", phase)) for phase in trial.phases),
        people=people_words(trial),
        run_by=_run_by(trial),
        stale=_stale_note(trial, stale, today) if stale else None,
        is_open=trial.overall_status in _OPEN,
        has_left_registry=trial.registry_state not in STILL_THERE,
        is_observational=trial.study_type == StudyType.OBSERVATIONAL,
        is_expanded_access=trial.study_type == StudyType.EXPANDED_ACCESS,
        registry_url=page,
        results_url=f"{page}?tab=results" if trial.has_results else "",
        ended_without_results=trial.overall_status in _ENDED and not trial.has_results,
    )


def _run_by(trial: Trial) -> str:
    if not trial.lead_sponsor_name:
        return ""
    return plain_words(phrase(_("Run by %(sponsor)s."), sponsor=published(trial.lead_sponsor_name)))


def _stale_note(trial: Trial, stale: Staleness, today: date) -> StaleNote:
    """Names the end of the whole trial if that has passed too, else the one of the main result."""
    end = ""
    if stale.end_has_passed:
        whole = trial.computed_completion_day
        end = trial.completion_date if whole is not None and whole < today else trial.primary_completion_date
    months = stale.months_since_verified
    verified = trial.status_verified_date if months is not None and months >= _WORTH_SAYING_MONTHS else ""
    status = gettext(words("overall_status", trial.overall_status))
    return StaleNote(status, verified or ("" if end else trial.last_update_post_date), end)
