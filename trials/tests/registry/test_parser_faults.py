"""Records as they should not be: one test for each row of FAULTS.md (F-14 to F-32) that the parser answers for."""

from typing import Any

import pytest

from trials.registry.errors import RecordError
from trials.registry.parser import parse_record
from trials.registry.record import DateStruct, TrialRecord
from trials.tests.builders import NCT_ID, arm, contact, intervention, raw_record, site

MODULES = (
    "statusModule sponsorCollaboratorsModule oversightModule descriptionModule conditionsModule designModule "
    "armsInterventionsModule outcomesModule eligibilityModule contactsLocationsModule ipdSharingStatementModule "
    "referencesModule"
).split()


def _eligibility(**values: object) -> TrialRecord:
    return parse_record(raw_record(eligibilityModule=values))


def _site(**values: object) -> Any:
    [parsed] = parse_record(raw_record(sites=[{"facility": "Hospital", **values}])).sites
    return parsed


def test_aliases_are_numbers_of_the_registry_and_not_the_record_itself() -> None:
    """F-14."""
    raw = raw_record()
    raw["protocolSection"]["identificationModule"]["nctIdAliases"] = [" nct00000001", "", None, "alias", NCT_ID.lower()]
    assert parse_record(raw).nct_id_aliases == ("NCT00000001",)


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("value", [None, {}])
def test_a_module_that_is_null_or_empty_is_a_gap(module: str, value: object) -> None:
    """F-15."""
    raw = raw_record()
    raw["protocolSection"][module] = value
    raw |= {"derivedSection": value, "documentSection": value, "hasResults": value or None}
    assert parse_record(raw) == TrialRecord(NCT_ID, brief_title="A trial")


def test_a_record_may_hold_nothing_but_its_number() -> None:
    """F-15."""
    assert parse_record(raw_record(title=None)) == TrialRecord(NCT_ID)


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("value", ["text", 5, ["list"], True])
def test_a_module_of_another_type_is_refused(module: str, value: object) -> None:
    """F-18."""
    raw = raw_record()
    raw["protocolSection"][module] = value
    with pytest.raises(RecordError, match=rf"^protocolSection\.{module}: expected an object, found "):
        parse_record(raw)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (None, "expected an object, found NoneType"),
        ([], "expected an object, found list"),
        ("NCT01234567", "expected an object, found str"),
        ({}, r"identificationModule\.nctId: expected NCT and eight digits, it is missing"),
        ({"protocolSection": None}, "it is missing"),
        (raw_record(" "), "it is missing"),
        (raw_record("NCT1"), "found 'NCT1'"),
        (raw_record("x" * 5000), "found 'x{40}'"),
        (raw_record("\x00\ud800"), "it is missing"),
    ],
)
def test_a_record_without_number_is_refused(raw: object, reason: str) -> None:
    """F-16."""
    with pytest.raises(RecordError, match=rf"{reason}$"):
        parse_record(raw)


@pytest.mark.parametrize(
    ("modules", "path"),
    [
        ({"conditionsModule": {"conditions": "HCC"}}, "conditionsModule.conditions: expected a list, found str"),
        ({"designModule": {"phases": {"1": "x"}}}, "designModule.phases: expected a list, found dict"),
        ({"designModule": {"phases": [["PHASE1"]]}}, r"designModule.phases\[0\]: expected text, found list"),
        ({"designModule": {"enrollmentInfo": {"count": "many"}}}, "enrollmentInfo.count: expected a number, found str"),
        ({"eligibilityModule": {"sex": ["ALL"]}}, "eligibilityModule.sex: expected text, found list"),
        ({"statusModule": {"startDateStruct": "2024"}}, "startDateStruct: expected an object, found str"),
        ({"sites": [{}, {"geoPoint": {"lat": "north"}}]}, r"locations\[1\].geoPoint.lat: expected a number, found str"),
        ({"sites": [{"city": "X", "contacts": ["Y"]}]}, r"locations\[0\].contacts\[0\]: expected an object, found str"),
        ({"outcomesModule": {"primaryOutcomes": "OS"}}, "outcomesModule.primaryOutcomes: expected a list, found str"),
    ],
)
def test_values_of_another_type_are_refused_with_their_path(modules: dict[str, Any], path: str) -> None:
    """F-18."""
    with pytest.raises(RecordError, match=rf"^protocolSection\..*{path}$"):
        parse_record(raw_record(**modules))


@pytest.mark.parametrize("text", ["2024", "2024-12", "2024-02-30", "0204-05-01", "2104", "soon"])
def test_dates_stay_as_published(text: str) -> None:
    """F-19, F-20: what they may mean is worked out later; nothing becomes 1970."""
    assert parse_record(raw_record(start=f" {text} ")).start_date == DateStruct(text)
    assert parse_record(raw_record()).start_date == DateStruct()


def test_a_completion_before_the_start_is_kept() -> None:
    """F-21."""
    record = parse_record(raw_record(start="2025-01", completion="2014-01"))
    assert (record.start_date.text, record.completion_date.text) == ("2025-01", "2014-01")


@pytest.mark.parametrize(
    "text",
    [
        "Inclusion Criteria:\n\n* Age \\>= 18\n* \\[a\\] \\* b &gt; c\n",
        "<b>Bold</b> <script>alert(1)</script> <3",
        "≥ 10⁹/L, µmol, x\u00a0y\u200b\u202e e\u0301 🙂\r\n\ttab",
    ],
)
def test_texts_that_evidence_points_into_stay_as_published(text: str) -> None:
    """F-24 to F-26: no sign moves, so that spans hold; pages escape and unescape."""
    record = parse_record(
        raw_record(
            title=text,
            summary=text,
            conditions=[text],
            criteria=text,
            arms=[arm(text, text, description=text)],
            interventions=[intervention(text, text, other_names=[text])],
        )
    )
    found = (record.brief_title, record.brief_summary, record.eligibility_criteria, *record.conditions)
    assert set(found) == {text}
    [one], [item] = record.arms, record.interventions
    assert {one.label, one.description, *one.intervention_names} == {text}
    assert {item.name, *item.other_names, *item.arm_labels} == {text}


def test_what_postgresql_cannot_hold_is_taken_out_everywhere() -> None:
    """F-26."""
    bad = "a\x00b\ud83dc"
    people = [contact(bad, email=bad)]
    record = parse_record(
        raw_record(
            title=bad, criteria=bad, conditions=[bad], status=bad, start=bad, sites=[site(bad, bad, contacts=people)]
        )
    )
    assert (record.brief_title, record.eligibility_criteria, record.conditions) == ("abc", "abc", ("abc",))
    assert (record.overall_status, record.start_date.text) == ("abc", "abc")
    assert (record.sites[0].city, record.sites[0].contacts[0].email) == ("abc", "abc")
    assert record.unknown_terms == ("country=abc", "overall_status=abc")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org"])
def test_links_that_are_not_web_links_are_dropped_and_their_words_kept(url: str) -> None:
    """F-25."""
    references = {"seeAlsoLinks": [{"label": "More", "url": url}], "availIpds": [{"id": "1", "url": url}]}
    record = parse_record(raw_record(referencesModule=references, ipdSharingStatementModule={"url": url}))
    assert [(link.kind, link.label or link.identifier, link.url) for link in record.links] == [
        ("SEE_ALSO", "More", ""),
        ("AVAILABLE_IPD", "1", ""),
    ]
    assert record.ipd_url == ""


def test_giants_are_parsed_whole_and_in_order() -> None:
    """F-27: 1,148 sites, 500 interventions, 200 KB of criteria."""
    sites = [site(f"City {number}", "France") for number in range(1148)]
    interventions = [intervention(f"Drug {number}") for number in range(500)]
    record = parse_record(raw_record(sites=sites, interventions=interventions, criteria="* x\n" * 50_000))
    assert [one.city for one in record.sites] == [f"City {number}" for number in range(1148)]
    assert [one.name for one in record.interventions] == [f"Drug {number}" for number in range(500)]
    assert len(record.eligibility_criteria) == 200_000


@pytest.mark.parametrize(
    "point",
    [
        None,
        {},
        {"lat": 45.75},
        {"lat": None, "lon": None},
        {"lat": 0, "lon": 0},
        {"lat": "0", "lon": "0.0"},
        {"lat": 121.5, "lon": 31.2},
        {"lat": 45, "lon": -181},
        {"lat": float("nan"), "lon": 1},
        {"lat": float("inf"), "lon": 1},
        {"lat": 10**400, "lon": 1},
        {"lat": "", "lon": ""},
    ],
)
def test_sites_without_a_place_are_kept(point: object) -> None:
    """F-28."""
    found = _site(geoPoint=point)
    assert (found.facility, found.latitude, found.longitude) == ("Hospital", None, None)


def test_sites_without_city_are_kept_and_empty_ones_not() -> None:
    """F-28."""
    record = parse_record(raw_record(sites=[{"country": "France"}, {}, None, {"contacts": [contact("A")]}]))  # type: ignore[list-item]
    assert [(one.country, len(one.contacts)) for one in record.sites] == [("France", 0), ("", 1)]


@pytest.mark.parametrize(("status", "kept"), [(None, ""), ("", ""), (" ", ""), ("RECRUITING", "RECRUITING")])
def test_a_missing_site_status_is_not_that_of_the_trial(status: str | None, kept: str) -> None:
    """F-29; " " is what some real records hold."""
    record = parse_record(raw_record(status="RECRUITING", sites=[site("Lyon", "France", status=status)]))
    assert record.sites[0].status == kept
    assert record.unknown_terms == ()


@pytest.mark.parametrize("age", ["18 Years", "6 Months", "N/A", "-2147483648 No limit"])
def test_ages_stay_as_published(age: str) -> None:
    """F-30."""
    record = _eligibility(minimumAge=age)
    assert (record.minimum_age, record.maximum_age) == (age, "")


@pytest.mark.parametrize(
    ("count", "status", "people"),
    [
        (120, "COMPLETED", 120),
        ("120", "COMPLETED", 120),
        (0, "COMPLETED", None),
        (0, "WITHDRAWN", 0),
        (99999999, "UNKNOWN", None),
        (10**400, "UNKNOWN", None),
        (None, "UNKNOWN", None),
        (float("nan"), "", None),
    ],
)
def test_enrolment(count: object, status: str, people: int | None) -> None:
    """F-31."""
    record = parse_record(raw_record(status=status, designModule={"enrollmentInfo": {"count": count}}))
    assert record.enrollment_count == people


@pytest.mark.parametrize(
    "phases", [[], ["NA"], ["PHASE1", "PHASE2"], ["EARLY_PHASE1"], ["PHASE2", "PHASE3"], ["PHASE4"]]
)
def test_phases_stay_a_list(phases: list[str]) -> None:
    """F-32, T7: absent is not NA."""
    assert parse_record(raw_record(phases=phases)).phases == tuple(phases)


@pytest.mark.parametrize(("value", "flag"), [("Yes", True), ("No", False), (True, True), ("?", None), (None, None)])
def test_a_patient_registry_may_be_text(value: object, flag: bool | None) -> None:
    assert parse_record(raw_record(designModule={"patientRegistry": value})).patient_registry is flag


def test_contacts_and_people_without_any_words_are_dropped() -> None:
    people = [{"role": "CONTACT"}, {"name": " "}, {"email": "a@example.org"}]
    record = parse_record(raw_record(contacts=people))
    assert [one.email for one in record.central_contacts] == ["a@example.org"]
