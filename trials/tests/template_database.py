"""One migrated database, with its 69,000 towns, from which that of every test session is copied: a tenth of the time.

Only on the embedded server. It is made again when a source file or a package has changed, and no test ever uses it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from hcctrials.embedded.locks import FileLock

_PREFIX = "template_hcctrials_"


def fingerprint(root: Path, folders: Iterable[str] = ("hcctrials", "trials")) -> str:
    """Of what may decide how a migrated database looks: every file of ours but tests, and the packages."""
    digest = hashlib.sha256()
    files = (path for folder in folders for path in (root / folder).rglob("*") if path.is_file())
    for path in sorted([*files, root / "requirements-dev.txt"]):
        name = path.relative_to(root)
        if path.suffix not in {".pyc", ".po", ".mo"} and name.parts[:2] != ("trials", "tests"):
            digest.update(f"{name}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:16]


@contextmanager
def copied_from_template() -> Iterator[None]:
    """Test databases made in the block are copies. Sessions of a checkout make theirs one after the other."""
    given, options = connection.settings_dict["TEST"], connection.settings_dict["OPTIONS"]
    lock = FileLock(settings.DATA_DIR / "template.lock")
    try:
        lock.exclusive()
        connection.settings_dict["OPTIONS"] = {**options, "options": ""}  # a copy may take longer than a page
        connection.settings_dict["TEST"] = {**given, "TEMPLATE": _template()}
        yield
    finally:
        connection.settings_dict |= {"TEST": given, "OPTIONS": options}
        connection.close()
        lock.close()


def _template() -> str:
    """Its name; it is there whole or not at all."""
    name = f"{_PREFIX}{fingerprint(Path(settings.BASE_DIR))}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_PREFIX])
        known = {row[0] for row in cursor.fetchall()}
    if name not in known:
        _make(f"{_PREFIX}part")
        with connection._nodb_cursor() as cursor:
            for older in known - {f"{_PREFIX}part"}:
                cursor.execute(f"DROP DATABASE {connection.ops.quote_name(older)}")
            cursor.execute(f"ALTER DATABASE {_PREFIX}part RENAME TO {name}")
    return name


def _make(name: str) -> None:
    used = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"] = {**connection.settings_dict["TEST"], "NAME": name}
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = used
