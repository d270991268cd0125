"""The command line of the site. On a machine without configuration it starts the embedded PostgreSQL as needed."""

import os
import sys

from django.core.management import execute_from_command_line

from hcctrials.embedded.commands import prepared
from hcctrials.embedded.errors import EmbeddedError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hcctrials.settings")
    # Commands may take long (loading, migrating); the web process keeps the short default of the settings.
    os.environ.setdefault("HCCTRIALS_STATEMENT_TIMEOUT_SECONDS", "3600")
    try:
        with prepared(sys.argv):
            execute_from_command_line(sys.argv)
    except EmbeddedError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
