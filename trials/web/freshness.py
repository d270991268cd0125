"""Whether a record that says it is open is likely to be out of date. Pure but for today's date, which is handed in."""

from dataclasses import dataclass
from datetime import date

from trials.models import Trial
from trials.vocabulary.registry_terms import OverallStatus

_OPEN = {OverallStatus.RECRUITING, OverallStatus.NOT_YET_RECRUITING, OverallStatus.ENROLLING_BY_INVITATION}
_OLD_AFTER_DAYS = 2 * 365  # the registry itself calls a status unknown after two years without verification


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
    days = (today - verified).days if verified else None
    end = trial.computed_primary_completion_day or trial.computed_completion_day
    end_has_passed = end is not None and end < today
    if not end_has_passed and (days is None or days <= _OLD_AFTER_DAYS):
        return None
    return Staleness(None if days is None else max(0, int(days / 30.44)), end_has_passed)
