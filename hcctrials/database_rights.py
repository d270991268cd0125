"""What the web server's and the worker's own database roles may do, table by table, as GRANTs. Never makes a role.

Without such roles the site runs as the owner of its tables. With them a fault in a page cannot change what the registry
said, and neither web nor worker can drop, truncate or alter anything: only `migrate`, which runs as the owner, can.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection

READ, LOG, DECIDE, WORK = "SELECT", "SELECT, INSERT", "SELECT, INSERT, UPDATE", "SELECT, INSERT, UPDATE, DELETE"
_APPS_OF_STAFF = ("admin", "auth", "sessions", "axes", "otp_totp", "otp_static", "django_celery_beat", "auditlog")
_WITH_MAINTAIN = 170000
# Triggers note here that a trial changed, in the name of whoever changed it; it has no model.
_MARKS = {"trials_searchmark": DECIDE}
_LOGS = {"django_admin_log", "auditlog_logentry"}
# Of the tables of trials: what pages write. All others came from the registry or were read from it.
WRITTEN_BY_PAGES = {
    "trials_factreview": DECIDE,
    "trials_quarantinedrecord": "SELECT, UPDATE",
    "trials_savedsearch": WORK,
    "trials_alertmail": WORK,
    "trials_alertevent": WORK,
    "trials_alertquota": WORK,
}


def web_rights() -> dict[str, str]:
    rights = dict.fromkeys(_tables(), READ)
    for app in _APPS_OF_STAFF:
        models = apps.get_app_config(app).get_models(include_auto_created=True)
        rights |= {model._meta.db_table: WORK for model in models}
    rights |= dict.fromkeys(_LOGS, LOG)
    return rights | _MARKS | WRITTEN_BY_PAGES


def worker_rights() -> dict[str, str]:
    """Rows of everything but staff's own: the worker knows no password, session or device."""
    rights = dict.fromkeys(_tables(), READ)
    for app in ("trials", "django_celery_beat"):
        models = apps.get_app_config(app).get_models(include_auto_created=True)
        rights |= {model._meta.db_table: WORK for model in models if model._meta.managed}
    for app in ("auth", "sessions", "axes", "otp_totp", "otp_static", "admin", "auditlog"):
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            rights.pop(model._meta.db_table, None)
    # A record version is kept as it came; a trigger says so too.
    return rights | _MARKS | {"trials_recordversion": LOG}


def statements(role: str, rights: dict[str, str], *, analyses: bool = False) -> Iterator[str]:
    """In an order that ends in these rights and no others, whatever there was before."""
    named = connection.ops.quote_name(role)
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {named}"
    yield f"REVOKE CREATE ON SCHEMA public FROM {named}"
    yield f"GRANT USAGE ON SCHEMA public TO {named}"
    for table, right in sorted(rights.items()):
        yield f"GRANT {right} ON {connection.ops.quote_name(table)} TO {named}"
        if analyses and table.startswith("trials_") and right != READ and _version() >= _WITH_MAINTAIN:
            yield f"GRANT MAINTAIN ON {connection.ops.quote_name(table)} TO {named}"  # ANALYZE after a refresh


def _version() -> int:
    return int(connection.pg_version)  # type: ignore[attr-defined]  # PostgreSQL is the only one we use


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        return [table.name for table in connection.introspection.get_table_list(cursor)]
