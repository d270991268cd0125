"""Whether a record that says it is open is likely to be out of date. Pure but for today's date, which is handed in."""

from dataclasses import dataclass
from datetime import date

from trials.models import Trial
from trials.vocabulary.freshness import last_fresh_day
from trials.vocabulary.registry_terms import OverallStatus

_OPEN = {OverallStatus.RECRUITING, OverallStatus.NOT_YET_RECRUITING, OverallStatus.ENROLLING_BY_INVITATION}


@dataclass(frozen=True, slots=True)
class Staleness:
    """Why an open status is doubtful: months since it was last verified, and whether its own end date has passed."""

    months_since_verified: int | None
    end_has_passed: bool

    @property
    def years_since_verified(self) -> int | None:
        return None if self.months_since_verified is None else self.months_since_verified // 12


def staleness(trial: Trial, today: date) -> Staleness | None:
    """None for a trial that is closed, or open and fresh."""
    if trial.overall_status not in _OPEN:
        return None
    verified = trial.computed_verified_day or trial.computed_last_update_day
    end = trial.computed_primary_completion_day or trial.computed_completion_day
    last = last_fresh_day(verified, end)
    if last is None or today <= last:
        return None
    months = None if verified is None else max(0, int((today - verified).days / 30.44))
    return Staleness(months, end is not None and end < today)
