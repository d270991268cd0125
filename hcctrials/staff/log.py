"""What the log of staff's changes holds, and how secrets look in it: not at all."""

from typing import Any

# What staff change is kept with before and after. What they order (a refresh, a record tried again, a decision taken
# back) is a line of Django's own log, and facts have decisions of their own, never rewritten. Followed searches are
# not here: deleting one leaves nothing of it.
AUDITED: list[Any] = [
    {
        "model": "auth.User",
        "exclude_fields": ["last_login"],
        "mask_fields": ["password"],
        "mask_callable": "hcctrials.staff.log.hidden",
        "m2m_fields": ["groups", "user_permissions"],
    },
    {"model": "auth.Group", "m2m_fields": ["permissions"]},
    {"model": "django_celery_beat.PeriodicTask", "exclude_fields": ["last_run_at", "total_run_count", "date_changed"]},
    {"model": "django_celery_beat.CrontabSchedule"},
    {"model": "django_celery_beat.IntervalSchedule"},
    {"model": "otp_totp.TOTPDevice", "include_fields": ["user", "name", "confirmed"]},
    {"model": "otp_static.StaticDevice", "include_fields": ["user", "name", "confirmed"]},
]


def hidden(_value: str) -> str:
    """The library's own way shows the second half of what it masks, which of a password's hash is most of it."""
    return "(hidden)"
