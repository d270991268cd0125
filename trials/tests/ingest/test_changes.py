"""What differs between two records of a trial: every element, parts by name, people never by name."""

import json
from dataclasses import fields
from typing import Any

import pytest

from trials.ingest.changes import CONTACTS, Change, compare
from trials.models import RecordVersion, TrialChange
from trials.registry.parser import parse_record
from trials.registry.record import TrialRecord
from trials.tests.builders import NCT_ID, arm, contact, intervention, load, raw_record, site


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    return compare(parse_record(raw_record(**old)), parse_record(raw_record(**new)))


def test_equal_records_differ_in_nothing() -> None:
    same = {"status": "RECRUITING", "sites": [site("Rennes", "France")], "criteria": "Adults", "phases": ["PHASE2"]}
    assert changes(same, same) == []


def test_plain_elements() -> None:
    old = {"status": "RECRUITING", "phases": ["PHASE1"], "enrollment": 20, "criteria": "Adults", "start": "2024-01"}
    new = {"status": "COMPLETED", "phases": ["PHASE1", "PHASE2"], "enrollment": 30, "start": "2024-03-05"}
    new["criteria"] = ""
    found = {change.field: (change.old, change.new) for change in changes(old, new)}
    assert found == {
        "overall_status": ("RECRUITING", "COMPLETED"),
        "phases": (["PHASE1"], ["PHASE1", "PHASE2"]),
        "enrollment_count": (20, 30),
        "eligibility_criteria": ("Adults", ""),
        "start_date": ({"date": "2024-01", "type": ""}, {"date": "2024-03-05", "type": ""}),
    }


def test_days_of_posting_are_no_change() -> None:
    assert changes({"updated": "2026-01-01"}, {"updated": "2026-02-01"}) == []


def test_sites_that_open_close_come_and_go() -> None:
    old = [site("Rennes", "France", status="NOT_YET_RECRUITING"), site("Lyon", "France"), site("Seoul", "South Korea")]
    new = [site("Seoul", "South Korea"), site("Rennes", "France", status="RECRUITING"), site("Paris", "France")]
    found = [change for change in changes({"sites": old}, {"sites": new}) if change.field == "sites"]
    told = [(change.old and change.old["city"], change.new and change.new["city"]) for change in found]
    assert sorted(told, key=str) == [("Lyon", None), ("Rennes", "Rennes"), (None, "Paris")]
    opened = next(change for change in found if change.old and change.new)
    assert (opened.old["status"], opened.new["status"]) == ("NOT_YET_RECRUITING", "RECRUITING")


def test_twins_of_one_name_are_told_apart_by_their_order() -> None:
    one, other = site("Rennes", "France", status="RECRUITING"), site("Rennes", "France", status="COMPLETED")
    assert changes({"sites": [one, other]}, {"sites": [one, other]}) == []
    assert len(changes({"sites": [one, one]}, {"sites": [one]})) == 1


def test_arms_and_interventions_are_named_and_a_new_wording_is_a_change() -> None:
    old = {"arms": [arm("A", description="one")], "interventions": [intervention("Sorafenib")]}
    new = {"arms": [arm("A", description="two")], "interventions": [intervention("Lenvatinib")]}
    assert changes(old, new) == [
        Change("arms", {"label": "A"}, {"label": "A"}),
        Change("interventions", {"name": "Sorafenib", "type": "DRUG"}, None),
        Change("interventions", None, {"name": "Lenvatinib", "type": "DRUG"}),
    ]


def test_people_are_never_repeated() -> None:
    old = {"contacts": [contact("Role A", email="a@example.org")]}
    new = {"contacts": [contact("Role B", email="b@example.org")]}
    assert changes(old, new) == [Change(CONTACTS, None, None)]
    at_site = changes(
        {"sites": [site("Rennes", "France", contacts=[contact("Role A")])]},
        {"sites": [site("Rennes", "France", contacts=[contact("Role B")])]},
    )
    assert at_site == [Change(CONTACTS, None, None)]


def test_every_change_is_json() -> None:
    empty, full = TrialRecord(NCT_ID), parse_record(raw_record(status="RECRUITING", sites=[site("Lyon", "France")]))
    json.dumps([(change.field, change.old, change.new) for change in compare(empty, full)])
    assert {change.field for change in compare(empty, full)} <= {field.name for field in fields(TrialRecord)}


@pytest.mark.django_db
def test_a_loaded_change_is_kept_with_its_day_and_version() -> None:
    load(raw_record(status="RECRUITING", updated="2026-01-01"))
    assert not TrialChange.objects.exists()
    load(raw_record(status="COMPLETED", updated="2026-11-03"))
    change = TrialChange.objects.get()
    assert (change.trial_id, change.field, change.old, change.new) == (
        NCT_ID,
        "overall_status",
        "RECRUITING",
        "COMPLETED",
    )
    assert (str(change.changed_on), change.record_version) == ("2026-11-03", RecordVersion.objects.first())
    load(raw_record(status="COMPLETED", updated="2026-11-03"))
    assert TrialChange.objects.count() == 1


@pytest.mark.django_db
def test_the_registrys_daily_stamp_makes_no_new_version() -> None:
    stamped = raw_record(status="RECRUITING")
    stamped["derivedSection"] = {"miscInfoModule": {"versionHolder": "2026-11-20"}}
    load(stamped)
    stamped["derivedSection"] = {"miscInfoModule": {"versionHolder": "2026-11-21"}}
    assert [str(result) for result in load(stamped)] == ["unchanged"]
    assert RecordVersion.objects.count() == 1
