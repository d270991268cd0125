"""The door for staff: everything that is stored can be looked at, and what waits for a person is decided here.

Registry data is read-only for everybody, superusers too: it changes through `trials.ingest` alone.
"""

from trials.admin import (
    arm,
    contact,
    decision,
    details,
    fact,
    followed_search,
    lab_limit,
    quarantine,
    record_version,
    refresh_run,
    schedule,
    site,
    texts,
    trial,
    trial_change,
)

__all__ = [
    "arm",
    "contact",
    "decision",
    "details",
    "fact",
    "followed_search",
    "lab_limit",
    "quarantine",
    "record_version",
    "refresh_run",
    "schedule",
    "site",
    "texts",
    "trial",
    "trial_change",
]
