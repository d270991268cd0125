"""What a clause asks for, bans or permits."""

import pytest

from trials.eligibility.polarity import Stance, stance
from trials.eligibility.statements import statements
from trials.eligibility.text import view

ASKED, BANNED, PERMITTED = Stance.ASKED, Stance.BANNED, Stance.PERMITTED


def stance_of(text: str, word: str = "spread") -> Stance:
    found = next(s for s in statements(view("x", text)) if word in s.low)
    start = found.low.index(word)
    return stance(found, start, start + len(word))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Extrahepatic spread", ASKED),
        ("No extrahepatic spread", BANNED),
        ("Without evidence of extrahepatic spread", BANNED),
        ("No bland thrombus and no spread", BANNED),
        ("Not without spread", ASKED),
        ("Neither thrombus nor spread", BANNED),
        ("Spread does not preclude entry", PERMITTED),
        ("Spread is no reason for exclusion", PERMITTED),
        ("Thrombus is permitted; spread is not", BANNED),
        ("Not only spread but all else", ASKED),
        ("Not amenable to surgery because of spread", ASKED),
        ("Patients with spread are not eligible", BANNED),
        ("Patients with spread are eligible", PERMITTED),
        ("No prior spread is allowed", BANNED),
        ("Spread is allowed", PERMITTED),
        ("Any disease except spread", BANNED),
    ],
)
def test_under_inclusion(line: str, expected: Stance) -> None:
    assert stance_of(f"Inclusion Criteria:\n* {line}") is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Extrahepatic spread", BANNED),
        ("Any disease unless spread", PERMITTED),
        ("Spread. Small nodes are allowed", BANNED),
        ("Patients without spread", ASKED),
        ("No spread", BANNED),
        ("Subjects with spread who are stable are eligible", PERMITTED),
    ],
)
def test_under_exclusion(line: str, expected: Stance) -> None:
    assert stance_of(f"Exclusion Criteria:\n* {line}") is expected


def test_a_list_of_exceptions_turns_a_ban_round() -> None:
    assert stance_of("Exclusion Criteria:\n* Any disease with the following exceptions:\n  * spread") is PERMITTED


def test_a_list_of_what_must_not_be() -> None:
    assert stance_of("Inclusion Criteria:\n* Patients must not have any of the following:\n  * spread") is BANNED
