"""The trials app. Everything about trials lives in its rooms; the site (`hcctrials`) only wires it."""

from django.apps import AppConfig


class TrialsConfig(AppConfig):
    name = "trials"
    default_auto_field = "django.db.models.BigAutoField"
