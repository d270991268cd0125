"""`manage.py serve`: the site with everything it needs, until Ctrl-C. The work is in `hcctrials.serving`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from hcctrials.serving.site import serve


class Command(BaseCommand):
    """Takes no options: PORT and HCCTRIALS_DATA_DIR come from the environment."""

    help = "Runs database, web server, worker and scheduler together, for local use."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        code = serve()
        if code:
            sys.exit(code)
