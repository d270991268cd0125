"""manage.py refresh_trials: a door. Reads the arguments, shows progress, prints the result; `trials.ingest` works."""

import json
import sys
from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from trials.ingest.refresh import SKIPPED, RefreshOrder, RefreshResult, refresh
from trials.ingest.registry_access import open_registry
from trials.models import RefreshRun, RunPhase, RunStatus
from trials.registry.values import parse_nct_id


class Command(BaseCommand):
    help = "Refreshes the stored trials from the registry: what was updated since the last good run, or everything."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--full", action="store_true", help="everything, and trials that are not sent any more")
        parser.add_argument("--since", type=date.fromisoformat, metavar="DATE", help="updated on or after YYYY-MM-DD")
        parser.add_argument("--id", dest="nct_ids", nargs="+", metavar="NCT", help="these trials only")

    def handle(self, *, full: bool, since: date | None, nct_ids: list[str] | None, **options: object) -> None:
        if sum((full, since is not None, nct_ids is not None)) > 1:
            raise CommandError("--full, --since and --id cannot be combined")
        if since is not None and since > timezone.now().date():
            raise CommandError(f"--since {since} is in the future")
        order = RefreshOrder(is_full=full, since=since, nct_ids=_numbers(nct_ids or []), asked_by="command line")
        with (
            tqdm(desc="Receiving", unit=" trials", file=sys.stderr, disable=None) as bar,
            open_registry(on_progress=lambda run: _show(bar, run)) as around,
        ):
            result = refresh(order, around)
        self._report(result)

    def _report(self, result: RefreshResult) -> None:
        if result.reason:
            self.stderr.write(result.reason)
        self.stdout.write(json.dumps(result.as_json()))
        if result.status not in (RunStatus.SUCCEEDED, SKIPPED):
            raise CommandError(f"the refresh {result.status}")


def _numbers(given: list[str]) -> tuple[str, ...]:
    """Raises CommandError for what is no NCT number."""
    numbers = {text: parse_nct_id(text) for text in given}
    if wrong := [text for text, number in numbers.items() if not number]:
        raise CommandError(f"no NCT number: {', '.join(wrong)}")
    return tuple(dict.fromkeys(number for number in numbers.values() if number))


def _show(bar: "tqdm[object]", run: RefreshRun) -> None:
    is_loading = run.phase == RunPhase.LOADING
    bar.set_description("Loading" if is_loading else "Receiving", refresh=False)
    bar.total = run.seen if is_loading else run.expected
    bar.n = run.loaded if is_loading else run.seen
    bar.refresh()
