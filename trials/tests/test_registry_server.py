"""The test registry itself: the API's rules that the client's tests rely on, and its start as a script."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

from trials.tests import registry_faults as faults
from trials.tests.registry.asking import record, records
from trials.tests.registry_answers import Answers
from trials.tests.registry_server import RegistryServer

ROOT = Path(__file__).resolve().parents[2]


def page(answers: Answers, **parameters: str) -> dict[str, Any]:
    reply = answers.reply("/studies", {name.replace("_", "."): value for name, value in parameters.items()})
    assert reply.status == 200, reply.body
    decoded: dict[str, Any] = json.loads(reply.body)
    return decoded


def test_ten_studies_a_page_and_a_total_only_if_asked() -> None:
    answers = Answers(records(12))
    assert len(page(answers)["studies"]) == 10
    assert "totalCount" not in page(answers)
    first = page(answers, countTotal="true")
    assert first["totalCount"] == 12
    second = page(answers, countTotal="true", pageToken=first["nextPageToken"])
    assert (len(second["studies"]), set(second)) == (2, {"studies"})


def test_a_full_last_page_still_offers_a_next_one() -> None:
    answers = Answers(records(4))
    token = page(answers, pageSize="4")["nextPageToken"]
    assert page(answers, pageSize="4", pageToken=token) == {"studies": []}


@pytest.mark.parametrize(
    ("path", "parameters", "status"),
    [
        ("/studies", {"query.recrs": "open"}, 400),
        ("/studies", {"pageSize": "many"}, 400),
        ("/studies", {"countTotal": "yes"}, 400),
        ("/studies", {"pageToken": "invented"}, 400),
        ("/studies", {"query.cond": "diabetes [type 2]"}, 400),
        ("/studies", {"query.cond": "cancer (liver"}, 400),
        ("/studies", {"filter.advanced": "AREA[Phase]PHASE3"}, 400),
        ("/studies/NCT", {}, 400),
        ("/studies/NCT00000999", {}, 404),
        ("/study", {}, 404),
        ("/studies/nct1", {}, 200),
    ],
)
def test_questions_are_judged(path: str, parameters: dict[str, str], status: int) -> None:
    assert Answers(records(1)).reply(path, parameters).status == status


def test_a_token_belongs_to_its_query() -> None:
    answers = Answers(records(4))
    token = page(answers, query_cond="a", pageSize="2")["nextPageToken"]
    assert len(page(answers, query_cond="a", pageSize="1", pageToken=token)["studies"]) == 1
    assert answers.reply("/studies", {"query.cond": "b", "pageToken": token}).status == 400


def test_the_daily_update_kills_tokens() -> None:
    answers = Answers(records(4))
    token = page(answers, pageSize="2")["nextPageToken"]
    answers.new_data("2026-11-21")
    assert answers.reply("/studies", {"pageSize": "2", "pageToken": token}).status == 400


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [("2026-11-02", "MAX", [2, 3]), ("MIN", "2026-11-02", [1, 2]), ("2026-11-02", "2026-11-02", [2])],
)
def test_the_range_of_update_dates(first: str, last: str, found: list[int]) -> None:
    answers = Answers([record(1, "2026-11-01"), record(2, "2026-11-02"), record(3, "2026-11-03"), record(4, None)])
    studies = page(answers, filter_advanced=f"AREA[LastUpdatePostDate]RANGE[{first},{last}]")["studies"]
    assert studies == [answers.record(f"NCT{number:08d}") for number in found]


def test_records_change_while_it_runs() -> None:
    answers = Answers(records(3))
    answers.withdraw("NCT00000001", "2026-11-20")
    answers.hide("NCT00000002")
    answers.remove("NCT00000003")
    [left] = page(answers)["studies"]
    status = left["protocolSection"]["statusModule"]
    assert (status["overallStatus"], status["lastUpdatePostDateStruct"]["date"]) == ("WITHDRAWN", "2026-11-20")
    answers.update(record(2), record(3))
    assert len(page(answers)["studies"]) == 3


def test_a_record_without_a_number_and_half_a_character_can_be_served() -> None:
    answers = Answers([{"protocolSection": {}}, {"title": "\ud800 é"}, {"title": "é ≥"}])
    assert page(answers)["studies"] == [{"protocolSection": {}}, {"title": "\ud800 é"}, {"title": "é ≥"}]


def _get(url: str, **headers: str) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(url, headers=headers, timeout=5)


def test_it_packs_for_those_who_can_unpack() -> None:
    with RegistryServer(records(5)) as registry:
        packed = _get(f"{registry.url}/studies", **{"Accept-Encoding": "gzip"})
        plain = _get(f"{registry.url}/studies", **{"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.json() == plain.json()


def test_faults_are_met_in_turn_and_requests_are_kept() -> None:
    with RegistryServer(records(1)) as registry:
        registry.fail(faults.status(503, Retry_After="1"), times=2, path="/version", after=1)
        registry.fail(faults.web_page(), path="/studies")
        answers = [_get(f"{registry.url}/version") for _ in range(4)]
        page = _get(f"{registry.url}/studies?query.cond=liver%20cancer")
        assert [answer.status_code for answer in answers] == [200, 503, 503, 200]
        assert answers[1].headers["Retry-After"] == "1"
        assert page.headers["Content-Type"].startswith("text/html")
        assert [request.path for request in registry.requests] == ["/version"] * 4 + ["/studies"]
        assert registry.asked("/studies")[0].parameters == {"query.cond": "liver cancer"}


def test_it_heals() -> None:
    with RegistryServer() as registry:
        registry.fail(faults.status(500), times=None)
        assert _get(f"{registry.url}/version").status_code == 500
        registry.heal()
        assert _get(f"{registry.url}/version").status_code == 200


def test_it_starts_as_a_script_without_django(tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl.gz"
    file.write_bytes(gzip.compress("\n".join(map(json.dumps, records(3))).encode()))
    code = (
        "import sys; from trials.tests.registry_server import main; assert 'django' not in sys.modules; "
        f"main([{str(file)!r}, '--port', '0'])"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            assert _get(f"{url}/studies?countTotal=true").json()["totalCount"] == 3
        finally:
            process.terminate()
