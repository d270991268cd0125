"""Collects static files when one of them changed since the last time.

It never serves them: WhiteNoise does.
"""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

NOT_SERVED = ["redoc*"]  # of the API library's two pages for trying it we use one; the other's script is a megabyte


def fingerprint() -> str:
    """Of every source file's place, size and time."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda item: str(item[0])):
            found = Path(storage.path(name)).stat()
            digest.update(json.dumps([name, found.st_size, found.st_mtime_ns]).encode())
    return digest.hexdigest()


def collect_if_changed() -> bool:
    mark = Path(settings.STATIC_ROOT).with_name("static.fingerprint")
    wanted = fingerprint()
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if mark.exists() and manifest.exists() and mark.read_text(encoding="ascii") == wanted:
        return False
    mark.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=NOT_SERVED)
    mark.write_text(wanted, encoding="ascii")
    return True
