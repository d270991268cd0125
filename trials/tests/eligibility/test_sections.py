"""What stands under inclusion and what under exclusion, in the layouts that registries use."""

import pytest

from trials.eligibility.statements import Statement, statements
from trials.eligibility.text import view


def read_statements(text: str) -> list[Statement]:
    return statements(view("eligibility_criteria", text))


def signs(text: str) -> list[tuple[int, str]]:
    return [(s.sign, s.plain.strip(" .;")) for s in read_statements(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Inclusion Criteria:\n\n* adult\n\nExclusion Criteria:\n\n* pregnant",
        "INCLUSION CRITERIA\n- adult\nEXCLUSION CRITERIA\n- pregnant",
        "Key Inclusion Criteria:\n1. adult\n\nKey Exclusion Criteria:\n1. pregnant",
        "Inclusion:\n* adult\nExclusion:\n* pregnant",
        "Inclusion Criteria: 1. adult Exclusion Criteria: 1. pregnant",
        "Inclusion Criteria: adult. Exclusion Criteria Pregnant",
        "Inclusion Criteria:\n* adult\n\nPatients with any of the following will be excluded:\n\n* pregnant",
        "入选标准：\nadult\n排除标准：\npregnant",
        '{"raw_text": "Inclusion Criteria:\\n\\n* adult\\n\\nExclusion Criteria:\\n\\n* pregnant',
    ],
)
def test_headings_in_many_layouts(text: str) -> None:
    found = [(sign, words.lower()) for sign, words in signs(text) if "raw_text" not in words]
    assert found == [(1, "adult"), (-1, "pregnant")]


def test_a_mention_of_the_criteria_is_no_heading() -> None:
    found = signs("Inclusion Criteria:\n* meets none of the exclusion criteria of the main study\n* adult")
    assert {sign for sign, _ in found} == {1}


def test_topics_without_any_exclusion_section() -> None:
    found = signs("DISEASE CHARACTERISTICS:\n\n* No extrahepatic spread\n\nPATIENT CHARACTERISTICS:\n\n* ECOG 0-2")
    assert found == [(1, "No extrahepatic spread"), (1, "ECOG 0-2")]


def test_nested_items_know_what_introduces_them() -> None:
    found = read_statements("Inclusion Criteria:\n* Cohort 2:\n  * Child-Pugh B\n* adult")
    assert [s.lead.plain if s.lead else None for s in found] == [None, "Cohort 2:", None]


def test_lines_broken_by_width_are_joined() -> None:
    wide = "laboratory values that add up to many points, so that the whole liver function\n     is Child-Pugh B"
    text = f"Exclusion Criteria:\n   1. {wide}\n   2. {wide}"
    assert len(read_statements(text)) == 2


def test_sentences_and_items_within_a_paragraph() -> None:
    found = signs("Inclusion Criteria: 1. Adult patients. 2. Child-Pugh A. ECOG 0-1 * BCLC B (e.g. T2; N0) * Stable")
    assert [words for _, words in found] == [
        "Adult patients",
        "Child-Pugh A",
        "ECOG 0-1",
        "BCLC B (e.g. T2; N0)",
        "Stable",
    ]


@pytest.mark.parametrize(
    "ban",
    [
        "Excluded: spread, rupture",
        "Patients are not eligible if they have: spread; rupture",
        "They cannot participate in case of: spread; rupture",
        "Must not have: spread; rupture",
        "Non-inclusion: spread, rupture",
    ],
)
def test_a_ban_whose_list_stands_in_the_same_line(ban: str) -> None:
    found = {text.split(" ")[0]: sign for sign, text in signs(f"Adults\n{ban}\nConsent given")}
    assert found["Adults"] == 1
    assert {sign for sign, text in signs(f"Adults\n{ban}\nConsent given") if "spread" in text} == {-1}


def test_a_ban_by_condition_holds_to_the_end_of_its_sentence() -> None:
    found = signs("Adults with HCC. Patients are not eligible if they have spread or rupture. Consent given")
    assert any(sign == -1 and "spread" in text for sign, text in found)
    assert any(sign == 1 and "Consent" in text for sign, text in found)
    assert all(sign == 1 for sign, _ in signs("Adults\nSubjects are not excluded if they have rupture"))


def test_after_an_inline_ban_the_section_goes_on() -> None:
    assert (1, "Consent given") in signs("Adults\nExcluded: spread, rupture\nConsent given")


@pytest.mark.parametrize(
    "heading",
    [
        "Non-inclusion criteria:",
        "Non inclusion criteria:",
        "Not eligible if",
        "Critères de non-inclusion",
        "Criteri di esclusione",
    ],
)
def test_headings_of_what_is_not_included(heading: str) -> None:
    assert (-1, "pregnant") in signs(f"Inclusion criteria:\n* adult\n\n{heading}\n* pregnant")
