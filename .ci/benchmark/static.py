"""Collects the static files that pages name, without compressing them: nobody asks for them here, and that takes long.

`python -m benchmark.static`, with the site's own environment.
"""

import django
from django.core.management import call_command
from django.test import override_settings

_PLAIN = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}

if __name__ == "__main__":
    django.setup()
    with override_settings(STORAGES=_PLAIN):
        call_command("collectstatic", interactive=False, verbosity=0)
