"""The site as a Django app: it has the `serve` command and binds tasks to our Celery app. It has no models."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "hcctrials"
    verbose_name = "HCC trials: the site"

    def ready(self) -> None:
        """Tasks declared with `shared_task` need the app to exist before the first one is sent."""
        import hcctrials.celery  # noqa: F401 (needs the settings, so not earlier)
