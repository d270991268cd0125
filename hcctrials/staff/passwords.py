"""What a password of staff has to keep: Django's own rules, and a length."""

from typing import Any

_RULES = "django.contrib.auth.password_validation."
VALIDATORS: list[dict[str, Any]] = [
    {"NAME": _RULES + "UserAttributeSimilarityValidator"},
    {"NAME": _RULES + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": _RULES + "CommonPasswordValidator"},
    {"NAME": _RULES + "NumericPasswordValidator"},
]
