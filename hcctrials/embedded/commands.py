"""Runs a management command in the right environment, with the embedded server where it is needed.

It never starts the server for a command that does not touch the database, and never on a machine that was configured.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from hcctrials.embedded.environment import fill, is_local, uses_embedded_server
from hcctrials.embedded.layout import default_data_dir
from hcctrials.embedded.server import database

WITHOUT_DATABASE = frozenset(
    {
        "check",
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "evaluate_eligibility",
        "findstatic",
        "help",
        "makemessages",
        "read_eligibility",
        "serve",  # holds the server itself, after it has looked at the port
        "startapp",
        "startproject",
        "version",
    }
)


def needs_database(arguments: Sequence[str]) -> bool:
    """`arguments` as in sys.argv. `--help` and a bare `manage.py` need none either."""
    if len(arguments) < 2 or arguments[1].startswith("-"):
        return False
    return arguments[1] not in WITHOUT_DATABASE and not {"-h", "--help", "--version"} & set(arguments[2:])


@contextmanager
def prepared(arguments: Sequence[str]) -> Iterator[None]:
    data_dir = default_data_dir()
    if not is_local(os.environ):
        yield
        return
    fill(data_dir)
    if needs_database(arguments) and uses_embedded_server(data_dir):
        with database(data_dir):
            yield
    else:
        yield
