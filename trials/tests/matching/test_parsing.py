"""Forms and JSON objects into profiles: every answer optional, nothing guessed, errors by field, nothing repeated."""

import random

import pytest
from django.utils.translation import override

from trials.matching.parsing import parse_profile
from trials.matching.profile import AgeSpan, PatientProfile
from trials.matching.profile_fields import PARAMETERS, PROFILE_FIELDS


def read(**given: object) -> PatientProfile:
    parsed = parse_profile(given)
    assert parsed.errors == {}
    assert parsed.profile is not None
    return parsed.profile


@pytest.mark.parametrize("nothing", ["", " ", "unknown", "Unknown", None, []])
def test_every_answer_may_be_left_open(nothing: object) -> None:
    assert read(**dict.fromkeys(PROFILE_FIELDS, nothing)).is_empty
    assert read().is_empty


def test_every_listed_choice_is_read() -> None:
    for declared in PROFILE_FIELDS.values():
        for choice in declared.choices:
            assert not read(**{declared.name: choice}).is_empty or choice == "no", (declared.name, choice)


@pytest.mark.parametrize(
    ("text", "span"), [("65", (65, 66)), ("0", (0, 1)), ("17.9", (17.9, 18)), ("17,9", (17.9, 18)), (120, (120, 121))]
)
def test_ages(text: object, span: tuple[float, float]) -> None:
    assert read(age=text).age == AgeSpan(*span)


@pytest.mark.parametrize(
    ("text", "scores"),
    [("A", {5, 6}), ("b", {7, 8, 9}), ("C", set(range(10, 16))), ("B7", {7}), (5, {5}), ("15", {15})],
)
def test_child_pugh(text: object, scores: set[int]) -> None:
    assert read(child_pugh=text).child_pugh == frozenset(scores)


@pytest.mark.parametrize(
    ("field", "text"),
    [("age", "-1"), ("age", "121"), ("age", "old"), ("child_pugh", "4"), ("child_pugh", "16"), ("child_pugh", "A7"),
     ("child_pugh", "D"), ("ecog", "5"), ("sex", "FEMALE!"), ("country", "XX"), ("tumors", "2.5"), ("tumors", "-1"),
     ("largest_cm", "0"), ("largest_cm", "45"), ("systemic_lines", "99"), ("bclc", "E"), ("vessels", "some"),
     ("systemic_classes", ["none", "tki"]), ("ecog", ["0", "1"]), ("place", "x" * 201), ("hbv", {"a": 1}),
     ("inr", "0"), ("ast", "high"), ("bilirubin", "2"), ("confirmed", {}), ("favourite_colour", "blue")],
)  # fmt: skip
def test_what_cannot_be_is_an_error_of_its_field_and_gives_no_profile(field: str, text: object) -> None:
    parsed = parse_profile({field: text, "sex": "male"} if field != "sex" else {field: text})
    assert parsed.profile is None
    assert list(parsed.errors) == [field]
    assert all(parsed.errors[field])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"spread": "no", "spread_places": ["lung"]}, "spread_places"),
        ({"systemic_lines": "0", "systemic_classes": "tki"}, "systemic_lines"),
        ({"systemic_lines": "2", "systemic_classes": "none"}, "systemic_lines"),
        ({"tumors": "0", "largest_cm": "3"}, "largest_cm"),
    ],
)
def test_answers_that_cannot_both_be_true(given: dict[str, object], field: str) -> None:
    assert list(parse_profile(given).errors) == [field]


def test_values_with_units_and_upper_limits() -> None:
    profile = read(
        bilirubin="2,0", bilirubin_unit="mg/dL", alt=80, alt_uln="40", platelets=150.0, platelets_unit="10^9/L"
    )
    bilirubin, upper = profile.value("bilirubin"), profile.upper_limit("alt")
    assert bilirubin is not None
    assert upper is not None
    assert (bilirubin.number, bilirubin.unit, upper.number) == (2, "mg/dL", 40)
    assert profile.value("albumin") is None


def test_an_implausible_value_does_not_count_until_it_is_confirmed() -> None:
    given = {"bilirubin": "34", "bilirubin_unit": "mg/dL"}
    parsed = parse_profile(given)
    assert [question.field for question in parsed.questions] == ["bilirubin"]
    assert parsed.profile is not None
    assert parsed.profile.value("bilirubin") is None
    confirmed = parse_profile({**given, "confirmed": ["bilirubin"]})
    assert confirmed.questions == ()
    assert confirmed.profile is not None
    assert confirmed.profile.value("bilirubin") is not None


def test_json_speaks_in_numbers_and_yes_or_no() -> None:
    profile = read(ecog=1, spread=False, tumors=3, largest_cm=2.5, tace=True, systemic_classes=["tki", "anti_vegf"])
    assert (profile.ecog, profile.spread, profile.tumors, profile.largest_cm, profile.tace) == (1, False, 3, 2.5, True)
    assert profile.systemic_classes == frozenset({"tki", "anti_vegf"})
    assert read(systemic_classes="none").systemic_classes == frozenset()


def test_errors_are_translated_when_they_are_made() -> None:
    with override("en"):
        assert parse_profile({"age": "121"}).errors == {"age": ["An age from 0 to 120 is needed."]}


def test_no_text_of_any_kind_breaks_it() -> None:
    chance = random.Random(6)
    odd = [
        "\x00",
        "٣",
        "1e400",
        "-0",
        "NaN",
        "'; --",
        "<b>",
        "𝟚",
        "9" * 150,
        "2" + "\u00a0" + "000",
        True,
        1e308,
        -5,
        [""],
        [None],
    ]
    for _ in range(2000):
        given = {name: chance.choice(odd) for name in chance.sample(sorted(PARAMETERS), k=5)}
        parsed = parse_profile(given)
        assert (parsed.profile is None) == bool(parsed.errors)
        assert not any("--" in text for texts in parsed.errors.values() for text in texts)
