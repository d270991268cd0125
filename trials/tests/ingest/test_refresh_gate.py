"""What the gate of the refresh stops or doubts, and that it then takes nothing away."""

from datetime import date

import pytest

from trials.ingest.refresh import watermark
from trials.models import RefreshRun, StagedRecord, Trial
from trials.tests import registry_faults as faults
from trials.tests.builders import site
from trials.tests.ingest.refreshes import listed, run, study
from trials.tests.registry_server import RegistryServer

pytestmark = pytest.mark.django_db


def test_f10_a_total_that_does_not_fit_is_a_partial_run_that_takes_nothing_away(registry: RegistryServer) -> None:
    run(registry)
    registry.hide("NCT00000001")
    registry.update(study(2, status="COMPLETED"))
    registry.fail(faults.wrong_total(12), path="/studies")
    RefreshRun.objects.update(watermark=date(2026, 1, 10))
    result = run(registry)
    assert (result.status, result.updated, result.missing) == ("partial", 1, 0)
    assert result.reason is not None
    assert "12" in result.reason
    assert "9" in result.reason
    assert watermark() == date(2026, 1, 10)
    assert len(listed()) == 10


@pytest.mark.parametrize("left", [0, 2])
def test_f11_an_answer_that_has_shrunk_stops_the_run_before_it_hurts(registry: RegistryServer, left: int) -> None:
    run(registry)
    for number in range(left + 1, 11):
        registry.hide(f"NCT{number:08d}")
    registry.update(study(1, status="COMPLETED")) if left else None
    result = run(registry)
    assert result.status == "failed"
    assert f"{10 - left} of 10" in (result.reason or "")
    assert len(listed()) == 10
    assert not Trial.objects.filter(overall_status="COMPLETED").exists()
    assert not StagedRecord.objects.exists()


@pytest.mark.parametrize("lost", ["eligibilityModule", "statusModule"])
def test_f18_a_module_that_vanishes_from_every_record_stops_the_run(registry: RegistryServer, lost: str) -> None:
    run(registry)
    for number in range(1, 11):
        poorer = study(number)
        del poorer["protocolSection"][lost]
        registry.update(poorer)
    result = run(registry)
    assert result.status == "failed"
    assert "10 of 10 trials would lose" in (result.reason or "")
    assert Trial.objects.filter(overall_status="RECRUITING").exclude(eligibility_criteria="").count() == 10


def test_criteria_that_say_nothing_any_more_stop_the_run(registry: RegistryServer) -> None:
    for number in range(1, 31):
        registry.update(study(number, criteria="Inclusion Criteria:\n\n* Child-Pugh A\n* ECOG 0 or 1\n* BCLC B"))
    run(registry)
    for number in range(1, 31):
        registry.update(study(number, criteria="See the protocol."))
    result = run(registry)
    assert result.status == "failed"
    assert "facts would be read no more" in (result.reason or "")


def test_f23_countries_that_nobody_knows_stop_the_run(registry: RegistryServer) -> None:
    for number in range(1, 11):
        registry.update(study(number, sites=[site("Town", f"Nowhere {place}") for place in range(3)]))
    result = run(registry)
    assert result.status == "failed"
    assert "30 of 30 sites" in (result.reason or "")
    [stopped] = RefreshRun.objects.all()
    assert stopped.findings["unmapped_countries"] == {f"Nowhere {place}": 10 for place in range(3)}
