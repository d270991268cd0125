"""Django's static files app, told what of other people's packages this site does not serve."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """Of the API library's two pages for trying it one is used; the other's script is a megabyte, its map three."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc*"]
