"""The environment of a developer's machine: what local use needs and production has to be given.

It is used only by `manage.py` and the tests. The doors of production (`wsgi.py`, `celery.py`) never fill anything in.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from hcctrials.embedded.layout import layout

REQUIRED = ("DJANGO_SECRET_KEY", "DJANGO_ALLOWED_HOSTS", "DATABASE_URL")


def is_local(environment: Mapping[str, str]) -> bool:
    """A bare shell, or one that says so. A half-configured environment is production's, and stops with a hint."""
    wanted = environment.get("HCCTRIALS_LOCAL")
    if wanted is not None:
        return wanted == "1"
    return not any(environment.get(name) for name in REQUIRED)


def local_environment(data_dir: Path) -> dict[str, str]:
    return {
        "DJANGO_SECRET_KEY": secret_key(data_dir),
        "DJANGO_ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
        "DATABASE_URL": layout(data_dir).database_url(),
        "HCCTRIALS_LOCAL_HTTP": "1",
    }


def fill(data_dir: Path) -> None:
    """Fills in what is missing, and leaves what was given."""
    for name, value in local_environment(data_dir).items():
        if not os.environ.get(name):
            os.environ[name] = value


def uses_embedded_server(data_dir: Path) -> bool:
    return os.environ.get("DATABASE_URL") == layout(data_dir).database_url()


def secret_key(data_dir: Path) -> str:
    """Random, kept for the next start so that sessions live on; only the owner can read it."""
    path = data_dir / "secret_key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    data_dir.mkdir(parents=True, exist_ok=True)
    torn = path.with_name(f"{path.name}.{os.getpid()}")
    torn.touch(mode=0o600)
    torn.write_text(secrets.token_urlsafe(64), encoding="ascii")
    try:
        os.link(torn, path)  # unlike a rename, this lets the first of two starters win
    except FileExistsError:
        pass
    finally:
        torn.unlink()
    return path.read_text(encoding="ascii").strip()
