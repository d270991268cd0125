"""The calculators through their page: every boundary in both units, questions, ranges, and the ways on."""

import pytest
from django.test import Client

from trials.matching.parsing import parse_profile
from trials.matching.profile_fields import PARAMETERS, PROFILE_FIELDS
from trials.search.declarations import FACETS
from trials.tests.vocabulary.calculators.test_child_pugh import STEPS
from trials.tests.web.calculators.posting import FIVE, URL, answered, carried, problems, result
from trials.tests.web.trial_page.pages import tags_of, words_of
from trials.vocabulary.calculators.child_pugh import AlbuminTable
from trials.web.calculators.answers import OF_A_MATCH, UNITS
from trials.web.calculators.tables import child_pugh_table

pytestmark = pytest.mark.django_db
SPREAD = {"tumors": "2", "largest_cm": "2,5", "vessels": "none", "spread": "no", "ecog": "0"}


@pytest.mark.parametrize(("name", "unit", "table", "number", "points"), STEPS)
def test_each_boundary_has_its_points(name: str, unit: str, table: AlbuminTable, number: float, points: int) -> None:
    """U-11, with the decimal comma; the table is named on the page."""
    typed = f"{number:.4f}".replace(".", ",")  # three decimals might be thousands
    page = answered({name: typed, f"{name}_unit": unit, "albumin_table": table.value})
    said = result(page, "child-pugh")
    assert f"{number:g} {unit}".strip() + f": {points}" in said
    assert f"between {4 + points} and {12 + points} points" in said
    named = "Older tables (3.0 g/dL, 30 g/L)" if table == "3.0" else "Pugh 1973 (2.8 g/dL, 28 g/L)"
    assert f"Albumin by: {named}" in words_of(page)
    assert (f"Table used for albumin: {named}" in said) is (name == "albumin")


def test_all_five_values() -> None:
    said = result(answered(FIVE), "child-pugh")
    assert said.startswith("Child-Pugh A: 5 points Class A: the liver works well")
    assert "1 + 1 + 1 + 1 + 1 = 5" in said
    assert "Pugh RN" in said
    assert "To find out" not in said


def test_both_unit_systems_say_the_same() -> None:
    american = answered({**FIVE, "albumin": "3.8", "albumin_unit": "g/dL"})
    european = answered({**FIVE, "bilirubin": "25,65", "bilirubin_unit": "µmol/L"})
    for key, headline in (("child-pugh", "Child-Pugh A: 5 points"), ("albi", "ALBI grade 2 (mALBI 2a): score −2.30")):
        assert result(american, key).startswith(headline)
        assert result(european, key).startswith(headline)


@pytest.mark.parametrize(
    ("name", "number", "unit", "asked"),
    [("bilirubin", "34", "mg/dL", "34 mg/dL would be unusual. Is the unit µmol/L?"),
     ("albumin", "35", "g/dL", "35 g/dL would be unusual. Is the unit g/L?"),
     ("inr", "12", "", "12 would be unusual. Is the number right?")],
)  # fmt: skip
def test_an_implausible_value_is_asked_back_and_not_counted(name: str, number: str, unit: str, asked: str) -> None:
    """U-10: never a silent class."""
    given = {**FIVE, name: number, f"{name}_unit": unit}
    page = answered(given)
    assert asked in problems(page)
    assert "between 5 and 7 points" in result(page, "child-pugh")
    assert "Not known: 1 to 3" in result(page, "child-pugh")
    sure = answered({**given, "confirmed": name})
    assert problems(sure) == ""
    assert "between" not in result(sure, "child-pugh")
    assert carried(sure)["confirmed"] == [name]
    assert "confirmed" not in carried(page)


@pytest.mark.parametrize("text", ["2", "2.0", "2,0", " 2,00 "])
def test_decimal_signs(text: str) -> None:
    said = result(answered({"bilirubin": text, "bilirubin_unit": "mg/dL"}), "child-pugh")
    assert "2 mg/dL: 2" in said
    assert "exactly on a boundary" in said


@pytest.mark.parametrize(
    ("given", "name", "said"),
    [({"inr": "0"}, "inr", "more than 0"), ({"bilirubin_unit": ""}, "bilirubin", "Choose the unit: µmol/L, mg/dL."),
     ({"bilirubin": "-1", "bilirubin_unit": "mg/dL"}, "bilirubin", "more than 0"),
     ({"albumin": "<b>x", "albumin_unit": "g/L"}, "albumin", "Enter one number"),
     ({"ascites": "lots"}, "ascites", "listed answers"), ({"liver_function": "x"}, "liver_function", "listed answers"),
     ({"tumors": "0"}, "tumors", "at least one tumour"), ({"largest_cm": "300"}, "largest_cm", "30 millimetres are 3"),
     ({"ecog": "5"}, "ecog", "listed answers"), ({"albumin": "1" * 5000}, "albumin", "too long"),
     ({"inr": "\x00"}, "inr", "Enter one number")],
)  # fmt: skip
def test_what_cannot_be_read_is_said_beside_its_field(given: dict[str, str], name: str, said: str) -> None:
    page = answered({**FIVE, **given}, status=400)
    assert said in problems(page)
    assert f'<a href="#{name}">' in page
    assert f'id="{name}-error"' in page
    assert "<b>x" not in page
    assert "No result yet" in words_of(page)


def test_a_large_size_is_asked_back() -> None:
    page = answered({**SPREAD, "largest_cm": "30"})
    assert "30 cm would be unusual. Is it 30 millimetres?" in problems(page)
    assert result(page, "bclc").startswith("BCLC stage A, B or")
    sure = answered({**SPREAD, **FIVE, "largest_cm": "30", "confirmed": "largest_cm"})
    assert result(sure, "bclc").startswith("BCLC stage B ")


@pytest.mark.parametrize(
    ("given", "headline"),
    [({}, "BCLC stage A "), ({"tumors": "1", "largest_cm": "2"}, "BCLC stage 0 "),
     ({"tumors": "1", "largest_cm": "2,1"}, "BCLC stage A "), ({"tumors": "3", "largest_cm": "3"}, "BCLC stage A "),
     ({"largest_cm": "3.1"}, "BCLC stage B "),
     ({"tumors": "4"}, "BCLC stage B "), ({"vessels": "vp1_2"}, "BCLC stage C "), ({"spread": "yes"}, "BCLC stage C "),
     ({"ecog": "1", "is_from_tumor": "yes"}, "BCLC stage C "), ({"ecog": "1", "is_from_tumor": "no"}, "BCLC stage A "),
     ({"ecog": "1"}, "BCLC stage A or C: not all is known"), ({"ecog": "3", "is_from_tumor": "yes"}, "BCLC stage D "),
     ({"liver_function": "end_stage", "can_have_transplant": "no"}, "BCLC stage D "),
     ({"bilirubin": "4", "inr": "2"}, "BCLC stage A or D: not all is known"),
     ({"bilirubin": "4", "inr": "2", "liver_function": "preserved"}, "BCLC stage A "),
     ({"tumors": "unknown"}, "BCLC stage A or B: not all is known")],
)  # fmt: skip
def test_stages(given: dict[str, str], headline: str) -> None:
    said = result(answered({**FIVE, **SPREAD, **given}), "bclc")
    assert said.startswith(headline), said[:80]
    assert ("To find out:" in said) is ("not all" in headline)


def test_a_blank_form_has_no_result() -> None:
    page = answered({"bilirubin_unit": "mg/dL", "albumin_table": "2.8"})
    assert "Nothing was filled in" in words_of(page)
    assert "Use in a match" not in page


def test_albi_asks_for_its_other_value() -> None:
    said = result(answered({"albumin": "38", "albumin_unit": "g/L"}), "albi")
    assert said.startswith("ALBI needs both bilirubin and albumin")
    assert "To find out: Bilirubin" in said


def test_a_result_leads_to_trials_by_class_alone() -> None:
    page = answered({**FIVE, "ascites": ""})
    links = [tag["href"] for name, tag in tags_of(page) if name == "a" and "?" in (tag.get("href") or "")]
    assert links == ["/trials/?child_pugh=A", "/trials/?child_pugh=B"]
    assert {"A", "B", "C"} <= set(FACETS["child_pugh"].labels)


def test_a_match_takes_what_the_calculators_know() -> None:
    sent = carried(answered({**FIVE, **SPREAD, "is_from_tumor": "no"}))
    assert set(sent) <= PARAMETERS
    assert sent["child_pugh"] == ["5"]
    assert sent["bclc"] == ["A"]
    assert sent["largest_cm"] == ["2,5"]
    parsed = parse_profile(sent)
    assert parsed.errors == {}
    assert parsed.profile is not None
    assert parsed.profile.child_pugh == frozenset({5})
    assert Client().post("/match/", sent).status_code == 200
    assert "child_pugh" not in carried(answered({**FIVE, "inr": ""}))  # A or B
    assert carried(answered({**FIVE, "inr": "", "bilirubin": "4"}))["child_pugh"] == ["B"]


def test_the_shared_fields_are_those_of_a_match() -> None:
    assert set(OF_A_MATCH) <= set(PROFILE_FIELDS)
    assert set(UNITS) <= PARAMETERS


def test_the_table_shows_the_published_numbers() -> None:
    rows = {row.label: list(row.cells) for row in child_pugh_table(AlbuminTable.PUGH_2_8)}
    assert rows["Bilirubin (total), mg/dL"] == ["under 2", "2 to 3", "over 3"]
    assert rows["Bilirubin (total), µmol/L"] == ["under 34", "34 to 51", "over 51"]
    assert rows["Albumin, g/dL"] == ["over 3.5", "2.8 to 3.5", "under 2.8"]
    assert rows["INR (blood clotting)"] == ["under 1.7", "1.7 to 2.3", "over 2.3"]
    older = {row.label: list(row.cells) for row in child_pugh_table(AlbuminTable.CHILD_TURCOTTE_3_0)}
    assert older["Albumin, g/L"] == ["over 35", "30 to 35", "under 30"]


def test_an_address_fills_in_nothing() -> None:
    page = Client().get(f"{URL}?bilirubin=33.7&bilirubin_unit=mg/dL").content.decode()
    assert "33.7" not in page
    assert 'id="results"' not in page


def test_no_trial_is_called_suitable() -> None:
    assert "suitab" not in words_of(answered({**FIVE, **SPREAD})).lower()
    assert "Ask your team: only they can give a score." in words_of(answered(FIVE))
