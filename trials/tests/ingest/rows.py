"""What stands in the store and what was written to it, for tests that say that nothing changed."""

from typing import Any

from django.apps import apps
from django.test.utils import CaptureQueriesContext

WRITING = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "MERGE", "COPY")


def stored() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of ours, by table."""
    models = apps.get_app_config("trials").get_models(include_auto_created=True)
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def writes(queries: CaptureQueriesContext) -> list[str]:
    """The statements among the queries that wrote."""
    return [query["sql"] for query in queries.captured_queries if query["sql"].lstrip().upper().startswith(WRITING)]
