"""China liver cancer stages."""

import pytest

from trials.eligibility.document import document
from trials.eligibility.readers.cnlc import accepted_cnlc
from trials.tests.eligibility.builders import criteria, record


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("CNLC stage Ia, Ib or IIa", {"early", "intermediate"}),
        ("CNLC IIb-IIIb", {"intermediate", "high"}),
        ("China Liver Cancer Staging (CNLC) stage III", {"high"}),
        ("Stage IIa-IIb (CNLC)", {"intermediate"}),
        ("BCLC stage B", set()),
        ("CNLC guidelines are followed", set()),
    ],
)
def test_reads_the_burdens_of_stages(line: str, expected: set[str]) -> None:
    burdens, evidence = accepted_cnlc(document(record(criteria(inclusion=(line,)))))
    assert burdens == expected
    assert bool(evidence) == bool(expected)
