"""How long an open status is believed. Pure; today's date is the caller's."""

from datetime import date, timedelta

OLD_AFTER = timedelta(days=2 * 365)  # the registry itself calls a status unknown after two years without verification


def last_fresh_day(verified: date | None, end: date | None) -> date | None:
    """The last day on which a status that says "open" is believed; None: no date tells.

    verified: when it was last verified; end: the record's own end of the trial, planned or actual.
    """
    days = [] if verified is None else [verified + OLD_AFTER]
    return min([*days, *([] if end is None else [end])], default=None)
