"""All trials of a selection as CSV, a few hundred at a time: memory does not grow with the number of rows.

UTF-8 with a byte order mark: without it Excel reads the file in the machine's old code page and breaks every accent,
and what else reads CSV (LibreOffice, pandas, R's readr) skips the mark. Cells are quoted where needed, lines end with
CRLF (RFC 4180), several values of a cell are parted by "; ". A trial that goes while the file is written is left out.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from django.db.models import Count, Q

from trials.api.csv_cells import safe_cell
from trials.models import FactInForce, Site, Trial
from trials.registry.values import study_url, unescape
from trials.vocabulary.facts import FACTS
from trials.vocabulary.registry_terms import OverallStatus

_ROWS_AT_A_TIME = 250
_BOM = "\ufeff"
_DATES = (
    "start_date",
    "primary_completion_date",
    "completion_date",
    "status_verified_date",
    "last_update_post_date",
)
_TRIAL_COLUMNS = ("nct_id", "brief_title", "overall_status", "phases", "study_type", "lead_sponsor_name")
_NUMBERS = ("enrollment_count", "enrollment_type")
HEADER = (
    *("nct_id", "url", "source_url", "brief_title", "overall_status", "phases", "study_type"),
    *("countries", "sites", "recruiting_sites", "lead_sponsor_name", *_DATES, *_NUMBERS),
    *(f"{name}{end}" for name in FACTS for end in ("", "_status")),
)

_Sites = Mapping[str, tuple[list[str], int, int]]
_Facts = Mapping[str, Mapping[str, tuple[str, object]]]


def csv_lines(nct_ids: Sequence[str], absolute: Callable[[str], str]) -> Iterator[str]:
    """The file in pieces. absolute makes a path a whole address."""
    yield _BOM + _written([HEADER])
    for start in range(0, len(nct_ids), _ROWS_AT_A_TIME):
        yield _written(_rows(nct_ids[start : start + _ROWS_AT_A_TIME], absolute))


def _written(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([safe_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def _rows(nct_ids: Sequence[str], absolute: Callable[[str], str]) -> list[list[str]]:
    trials = Trial.objects.only(*_TRIAL_COLUMNS, *_DATES, *_NUMBERS).in_bulk(list(nct_ids))
    sites, facts = _sites(nct_ids), _facts(nct_ids)
    return [
        _row(trials[nct_id], sites.get(nct_id, ([], 0, 0)), facts.get(nct_id, {}), absolute)
        for nct_id in nct_ids
        if nct_id in trials
    ]


def _row(
    trial: Trial,
    sites: tuple[list[str], int, int],
    facts: Mapping[str, tuple[str, object]],
    absolute: Callable[[str], str],
) -> list[str]:
    countries, number, recruiting = sites
    cells: list[object] = [
        trial.nct_id,
        absolute(trial.get_absolute_url()),
        study_url(trial.nct_id),
        unescape(trial.brief_title),
        trial.overall_status,
        trial.phases,
        trial.study_type,
        countries,
        number,
        recruiting,
        unescape(trial.lead_sponsor_name),
        *(getattr(trial, name) for name in (*_DATES, *_NUMBERS)),
    ]
    for name in FACTS:
        status, value = facts.get(name, ("", None))
        cells += [value, status]
    return [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    if isinstance(cell, list):
        return "; ".join(str(part) for part in cell)
    return "" if cell is None else str(cell)


def _sites(nct_ids: Sequence[str]) -> _Sites:
    found: dict[str, tuple[list[str], int, int]] = {}
    recruiting = Count("pk", filter=Q(status=OverallStatus.RECRUITING))
    rows = Site.objects.filter(trial__in=nct_ids).order_by("trial", "country_code").values("trial", "country_code")
    for nct_id, code, number, open_now in rows.annotate(sites=Count("pk"), recruiting=recruiting).values_list(
        "trial", "country_code", "sites", "recruiting"
    ):
        countries, before, open_before = found.get(nct_id, ([], 0, 0))
        found[nct_id] = ([*countries, code] if code else countries, before + number, open_before + open_now)
    return found


def _facts(nct_ids: Sequence[str]) -> _Facts:
    found: dict[str, dict[str, tuple[str, object]]] = defaultdict(dict)
    rows = FactInForce.objects.filter(trial__in=nct_ids).order_by().values_list("trial", "name", "status", "value")
    for nct_id, name, status, value in rows:
        found[str(nct_id)][name] = (status, value)
    return found
