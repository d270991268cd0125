"""What the tests of /match/ share: a few trials and an answer to it. Plain functions."""

from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.test import Client

from trials.tests.builders import load, raw_record, site

URL = "/match/"
CRITERIA = """Inclusion Criteria:

* Hepatocellular carcinoma
* Child-Pugh class A
* ECOG 0-1
* Total bilirubin <= 2 mg/dL

Exclusion Criteria:

* Active hepatitis B
"""
Given = Mapping[str, str | Sequence[str]]


def trial(nct_id: str, criteria: str = CRITERIA, status: str = "RECRUITING", **others: object) -> dict[str, object]:
    given = {"conditions": ["Hepatocellular Carcinoma"], "sex": "ALL", "minimum_age": "18 Years", **others}
    title = f"Liver cancer, invented trial {int(nct_id[3:])}"
    return raw_record(nct_id, title=title, status=status, criteria=criteria, **given)  # type: ignore[arg-type]


def three_trials() -> None:
    """One recruits in Lyon, one is about to in Tokyo for Child-Pugh B and C, one is closed."""
    severe = CRITERIA.replace("class A", "class B or C").replace("ECOG 0-1", "ECOG 0-2")
    load(
        trial("NCT00000001", sites=[site("Lyon", "France", status="RECRUITING", point=(45.75, 4.85))]),
        trial("NCT00000002", severe, "NOT_YET_RECRUITING", sites=[site("Tokyo", "Japan", point=(35.68, 139.69))]),
        trial("NCT00000003", status="COMPLETED"),
    )


def answer_to(given: Given, client: Client | None = None, status: int = 200) -> HttpResponse:
    response = (client or Client()).post(URL, given)
    assert response.status_code == status
    return response  # type: ignore[return-value]


def text_of(response: HttpResponse) -> str:
    return response.content.decode()
