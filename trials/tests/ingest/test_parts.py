"""Parts of a trial (arms, sites, contacts, ...) are compared, not made anew: what stays the same keeps its identity."""

import random
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from trials.ingest.load import LoadResult
from trials.models import Arm, Contact, Outcome, Site, Trial
from trials.registry.links import arm_interventions
from trials.registry.parser import parse_record
from trials.tests.builders import arm, contact, intervention, load, raw_record, site
from trials.tests.ingest.rows import stored, writes

pytestmark = pytest.mark.django_db


def _keys(model: type[models.Model], name: str) -> dict[str, int]:
    """Primary keys by a name that is unique in the test."""
    return dict(model._default_manager.values_list(name, "pk"))


def _written(*records: dict[str, Any]) -> set[str]:
    """The tables of parts that loading the records writes to; the words for "did you mean" are no part."""
    with CaptureQueriesContext(connection) as queries:
        load(*records)
    others = {"trials_trial", "trials_recordversion", "trials_trialchange"}
    return {sql.split('"')[1] for sql in writes(queries) if "trials_searchword" not in sql} - others


def test_rows_keep_their_keys_when_others_come_go_and_move() -> None:
    lyon, paris, nice = (site(city, "France") for city in ("Lyon", "Paris", "Nice"))
    load(raw_record(sites=[lyon, paris]))
    before = _keys(Site, "city")
    load(raw_record(sites=[nice, paris, lyon]))
    after = _keys(Site, "city")
    assert list(Site.objects.values_list("city", "position")) == [("Nice", 0), ("Paris", 1), ("Lyon", 2)]
    assert {city: after[city] for city in before} == before
    load(raw_record(sites=[lyon]))
    assert _keys(Site, "city") == {"Lyon": before["Lyon"]}


def test_a_row_whose_other_values_change_keeps_its_key() -> None:
    load(
        raw_record(
            sites=[site("Lyon", "France", status="RECRUITING", point=(45.0, 4.0))], arms=[arm("A", type="OTHER")]
        )
    )
    keys = _keys(Site, "city") | _keys(Arm, "label")
    load(raw_record(sites=[site("Lyon", "France", status="COMPLETED")], arms=[arm("A", type="EXPERIMENTAL")]))
    assert _keys(Site, "city") | _keys(Arm, "label") == keys
    place = Site.objects.get()
    assert (place.status, place.latitude, place.longitude) == ("COMPLETED", None, None)
    assert Arm.objects.get().type == "EXPERIMENTAL"


def test_only_what_differs_is_written() -> None:
    sites = [site(city, "France", contacts=[contact(f"Coordinator, {city}")]) for city in ("Lyon", "Paris")]
    parts = {"sites": sites, "arms": [arm("A", "Drug: x")], "interventions": [intervention("x", "A")]}
    load(raw_record(**parts))  # type: ignore[arg-type]  # the keywords are those of builders
    assert _written(raw_record(status="COMPLETED", **parts)) == set()  # type: ignore[arg-type]
    parts["sites"] = [{**sites[0], "status": "COMPLETED"}, sites[1]]
    assert _written(raw_record(status="COMPLETED", **parts)) == {"trials_site"}  # type: ignore[arg-type]
    parts["arms"] = [arm("A", "Drug: x"), arm("B", "Drug: x")]
    assert _written(raw_record(**parts)) == {"trials_arm", "trials_arm_interventions"}  # type: ignore[arg-type]


def test_equal_twins_stay_two() -> None:
    """Real records hold the same site twice, and two arms of one label."""
    twin = site("Lyon", "France", facility="Hospital")
    raw = raw_record(sites=[twin, twin], arms=[arm("A", description="1"), arm("A", description="2")])
    load(raw)
    keys = list(Site.objects.values_list("pk", flat=True)), list(Arm.objects.values_list("pk", "description"))
    assert (len(keys[0]), [text for _, text in keys[1]]) == (2, ["1", "2"])
    load(
        raw_record(status="COMPLETED", sites=[twin, twin], arms=[arm("A", description="1"), arm("A", description="2")])
    )
    assert (list(Site.objects.values_list("pk", flat=True)), list(Arm.objects.values_list("pk", "description"))) == keys
    load(raw_record(sites=[twin]))
    assert list(Site.objects.values_list("pk", flat=True)) == keys[0][:1]
    assert not Arm.objects.exists()


def _people() -> set[tuple[str, str | None]]:
    return set(Contact.objects.values_list("name", "site__city"))


def test_contacts_belong_to_their_site_and_move_with_it() -> None:
    ana, bo = contact("Ana", phone="1"), contact("Bo")
    load(raw_record(contacts=[contact("Central")], sites=[site("Lyon", contacts=[ana]), site("Paris", contacts=[bo])]))
    assert _people() == {("Central", None), ("Ana", "Lyon"), ("Bo", "Paris")}
    keys = _keys(Contact, "name")
    load(raw_record(contacts=[contact("Central")], sites=[site("Paris", contacts=[bo]), site("Lyon", contacts=[ana])]))
    assert _people() == {("Central", None), ("Ana", "Lyon"), ("Bo", "Paris")}
    assert _keys(Contact, "name") == keys
    load(raw_record(contacts=[contact("Central")], sites=[site("Paris", contacts=[ana, bo])]))
    assert _people() == {("Central", None), ("Ana", "Paris"), ("Bo", "Paris")}
    assert _keys(Contact, "name")["Bo"] == keys["Bo"]
    load(raw_record(contacts=[ana], sites=[site("Paris")]))
    assert _people() == {("Ana", None)}


def test_a_phone_number_that_changes_keeps_the_contact() -> None:
    load(raw_record(sites=[site("Lyon", contacts=[contact("Ana", phone="1")])]))
    keys = _keys(Contact, "name")
    load(raw_record(sites=[site("Lyon", contacts=[contact("Ana", phone="2", email="a@example.org")])]))
    assert _keys(Contact, "name") == keys
    assert Contact.objects.values_list("phone", "email").get() == ("2", "a@example.org")


def _links() -> set[tuple[str, str]]:
    return set(Arm.interventions.through._default_manager.values_list("arm__label", "intervention__name"))


def test_arms_are_linked_with_what_they_get() -> None:
    arms = [arm("A", "Drug: x", "Procedure: TACE"), arm("B")]
    items = [intervention("x"), intervention("TACE", "B", type="PROCEDURE")]
    load(raw_record(arms=arms, interventions=items))
    assert _links() == {("A", "x"), ("A", "TACE"), ("B", "TACE")}
    through = Arm.interventions.through._default_manager
    kept = through.get(arm__label="B", intervention__name="TACE").pk
    load(raw_record(arms=[arm("B"), arm("A", "Drug: x")], interventions=[*items[::-1], intervention("y", "A")]))
    assert _links() == {("A", "x"), ("B", "TACE"), ("A", "y")}
    assert through.get(arm__label="B").pk == kept
    load(raw_record(arms=[arm("A")], interventions=[intervention("x")]))
    assert _links() == set()


def test_parts_of_other_trials_are_left_alone() -> None:
    load(*(raw_record(f"NCT0000000{number}", sites=[site("Lyon")], arms=[arm("A")]) for number in range(3)))
    before = stored()
    load(raw_record("NCT00000000"))
    after = stored()
    for table in ("Site", "Arm"):
        assert after[table] == [row for row in before[table] if row["trial_id"] != "NCT00000000"]


def test_outcomes_of_one_measure_differ_by_kind_and_time() -> None:
    outcomes = {
        "primaryOutcomes": [{"measure": "OS", "timeFrame": "1 year"}, {"measure": "OS", "timeFrame": "2 years"}],
        "secondaryOutcomes": [{"measure": "OS", "timeFrame": "1 year"}],
    }
    load(raw_record(outcomesModule=outcomes))
    keys = list(Outcome.objects.values_list("pk", "kind", "time_frame"))
    outcomes["primaryOutcomes"][0]["description"] = "from randomisation"
    load(raw_record(outcomesModule=outcomes))
    assert list(Outcome.objects.values_list("pk", "kind", "time_frame")) == keys
    assert [one.description for one in Outcome.objects.all()] == ["from randomisation", "", ""]


def _shape(trial: Trial) -> tuple[Any, ...]:
    """The parts as plain values, without keys."""
    sites = [
        (one.facility, one.city, one.status, one.latitude, [(who.name, who.phone) for who in one.contacts.all()])
        for one in trial.sites.all()
    ]
    central = [who.name for who in trial.contacts.filter(site=None)]
    arms = [(one.label, sorted(item.name for item in one.interventions.all())) for one in trial.arms.all()]
    return sites, central, arms, [one.measure for one in trial.outcomes.all()]


def _random_record(chance: random.Random) -> dict[str, Any]:
    """A record of few different names, so that two have much in common and twins are frequent."""
    people = [contact(name, phone=chance.choice("12")) for name in "ABC"]
    sites = [
        site(city, "France", status=chance.choice(("RECRUITING", None)), contacts=chance.choices(people, k=2))
        for city in chance.choices(("Lyon", "Paris", "Nice", "Metz"), k=chance.randint(0, 6))
    ]
    arms = [arm(label, f"Drug: {chance.choice('xyz')}") for label in chance.choices("ABC", k=chance.randint(0, 4))]
    items = [intervention(name, chance.choice("ABC")) for name in chance.choices("xyz", k=chance.randint(0, 4))]
    measures = [
        {"measure": name, "description": chance.choice("12")} for name in chance.choices("MNO", k=chance.randint(0, 4))
    ]
    return raw_record(
        title=str(chance.random()),
        sites=sites,
        arms=arms,
        interventions=items,
        contacts=chance.sample(people, k=2),
        outcomesModule={"primaryOutcomes": measures},
    )


def test_any_change_ends_where_a_fresh_load_ends() -> None:
    """The oracle for comparing: an empty store that loads the last record alone."""
    chance = random.Random(2)
    for _ in range(25):
        first, second = _random_record(chance), _random_record(chance)
        assert load(second) == [LoadResult.CREATED]
        fresh = _shape(Trial.objects.get())
        Trial.objects.all().delete()
        assert load(first, second) == [LoadResult.CREATED, LoadResult.UPDATED]
        assert _shape(Trial.objects.get()) == fresh
        assert Arm.interventions.through._default_manager.count() == len(arm_interventions(parse_record(second)))
        Trial.objects.all().delete()
