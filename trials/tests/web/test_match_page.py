"""/match/: the form, its errors and questions, the groups of trials and their points."""

import re
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from trials.matching.profile_fields import PARAMETERS, PROFILE_FIELDS
from trials.tests.builders import load, load_trial, raw_record
from trials.tests.web.matching import URL, answer_to, text_of, three_trials, trial
from trials.vocabulary.measured import PATIENT_VALUES
from trials.web.match_groups import CLINICAL, FORM_GROUPS, HELP, HINTS
from trials.web.match_results import PAGE_SIZE

pytestmark = pytest.mark.django_db
LIVER = {"child_pugh": "A", "ecog": "1"}


def _tab(page: str, words: str) -> int:
    found = re.search(rf"{words} <b>(\d+)</b>", page)
    assert found, words
    return int(found[1])


def test_every_declared_answer_has_its_place_in_the_form_and_no_other() -> None:
    placed = [name for group in FORM_GROUPS for name in group.fields]
    assert sorted(placed) == sorted(PROFILE_FIELDS)
    assert set(CLINICAL) | set(HELP) | set(HINTS) <= set(placed)
    page = text_of(Client().get(URL))  # type: ignore[arg-type]
    names = set(re.findall(r'<(?:input|select)[^>]* name="(\w+)"', page)) - {"csrfmiddlewaretoken", "closed"}
    only_unit = {f"{name}_unit" for name, value in PATIENT_VALUES.items() if len(value.units) == 1}
    assert names == PARAMETERS - {"confirmed"} - only_unit


def test_the_form_begins_with_nothing_known() -> None:
    page = text_of(Client().get(URL))  # type: ignore[arg-type]
    assert not re.findall(r"<option value=\"[^\"]+\" selected", page)
    assert set(re.findall(r'value="([^"]*)" checked', page)) == {""}
    for control in re.findall(r"<(?:input|select)[^>]*>", page):
        assert "hidden" in control or 'autocomplete="off"' in control, control


def test_a_query_is_not_read() -> None:
    page = text_of(Client().get(f"{URL}?age=63&child_pugh=A"))  # type: ignore[arg-type]
    assert 'value="63"' not in page
    assert "selected" not in page


def test_what_fits_what_does_not_and_what_is_not_known() -> None:
    three_trials()
    page = text_of(answer_to(LIVER))
    assert "2 trials compared" in page
    assert [_tab(page, words) for words in ("May be possible, ask the team", "Not known", "against it", "not fit")] == [
        1,
        0,
        1,
        0,
    ]
    assert "NCT00000001" in page
    assert "NCT00000002" not in page
    assert "The trial says: A (5 to 6 points). Your answer: A (5 to 6 points)." in page
    assert "Child-Pugh class A" in page  # the sentence
    assert "1 closed trial left out" in page


def test_another_group_is_one_button_away() -> None:
    three_trials()
    page = text_of(answer_to({**LIVER, "show": "one_point_against"}))
    assert "NCT00000002" in page
    assert "NCT00000001" not in page
    assert "The trial says: B or C (7 to 15 points). Your answer: A (5 to 6 points)." in page


def test_closed_trials_on_demand() -> None:
    three_trials()
    page = text_of(answer_to({**LIVER, "closed": "1"}))
    assert "3 trials compared" in page
    assert page.index("NCT00000001") < page.index("NCT00000003")
    assert 'name="closed" value="1" checked' in page


def test_trials_that_are_not_about_liver_cancer_are_left_out() -> None:
    load_trial(raw_record("NCT00000009", title="Asthma", conditions=["Asthma"], status="RECRUITING"))
    assert "0 trials compared" in text_of(answer_to({"age": "63"}))


def test_a_trial_is_never_called_suitable() -> None:
    three_trials()
    for given, status in (({}, 200), (LIVER, 200), ({"age": "x"}, 400), ({"show": "not_known", "age": "63"}, 200)):
        page = text_of(answer_to(given, status=status)).lower()
        assert not re.search(r"suitable|eligible|(?<!whether )you (?:can|may) join|matches you", page)


def test_more_of_a_group_without_an_address() -> None:
    load(*(trial(f"NCT{number:08d}") for number in range(1, PAGE_SIZE + 4)))
    first = text_of(answer_to(LIVER))
    assert "Page 1 of 2" in first
    assert f'value="{"may_be_possible"}:2"' in first
    second = text_of(answer_to({**LIVER, "show": "may_be_possible:2"}))
    numbers = [set(re.findall(r"NCT\d{8}", page)) for page in (first, second)]
    assert [len(found) for found in numbers] == [PAGE_SIZE, 3]
    assert not numbers[0] & numbers[1]


@pytest.mark.parametrize("show", ["may_be_possible:99999", "may_be_possible:0", "x", "not_known:-1", "a:b", "suitable"])
def test_an_odd_wish_shows_something_calm(show: str) -> None:
    three_trials()
    assert "trials compared" in text_of(answer_to({**LIVER, "show": show}))


def test_the_form_keeps_what_was_answered() -> None:
    page = text_of(answer_to({**LIVER, "age": "63", "vessels": "vp3", "spread_places": ["lung", "bone"]}))
    assert 'id="age" name="age" type="text" inputmode="decimal" value="63"' in page
    assert '<option value="vp3" selected>' in page
    assert set(re.findall(r'name="spread_places" value="(\w+)" checked', page)) == {"lung", "bone"}
    assert re.search(r'name="ecog" value="1" checked', page)


def test_errors_stand_beside_the_field_and_on_top_with_links() -> None:
    page = text_of(answer_to({"age": "abc", "tumors": "1.5", "bilirubin": "2", "nonsense": "<b>1</b>"}, status=400))
    assert "There is a problem" in page
    for name in ("age", "tumors", "bilirubin"):
        assert f'<a href="#{name}">' in page
        assert f'id="{name}-error0"' in page
    assert page.count("One field of what was sent is not known.") == 1
    assert "nonsense" not in page
    assert "Choose the unit: µmol/L, mg/dL." in page
    assert "compared</h1>" not in page
    assert 'id="group-blood" open' in page


def test_nothing_answered_is_said() -> None:
    assert "Nothing was answered yet" in text_of(answer_to({"age": "", "sex": "unknown"}))


def test_an_odd_value_is_asked_about_and_counts_when_confirmed() -> None:
    three_trials()
    odd = {"bilirubin": "34", "bilirubin_unit": "mg/dL", **LIVER}
    asked = text_of(answer_to(odd))  # 200: it is a question, nothing was refused
    assert asked.count("34 mg/dL would be unusual. Is the unit µmol/L?") == 2
    assert "confirm it, or it does not count" in asked
    assert _tab(asked, "May be possible, ask the team") == 1
    confirmed = text_of(answer_to({**odd, "confirmed": "bilirubin"}))
    assert "Please look at this again" not in confirmed
    assert 'name="confirmed" value="bilirubin" checked' in confirmed
    assert _tab(confirmed, "May be possible, ask the team") == 0


def test_limits_are_shown_in_the_unit_of_the_reader() -> None:
    three_trials()
    page = text_of(answer_to({"bilirubin": "30", "bilirubin_unit": "µmol/L"}))
    assert "at most 2\u00a0mg/dL (34.2\u00a0µmol/L). Your answer: 30\u00a0µmol/L." in page


def test_the_nearest_recruiting_site_and_the_country() -> None:
    three_trials()
    page = text_of(answer_to({**LIVER, "place": "45.8,4.9", "country": "FR"}))
    assert "Nearest recruiting site: Lyon, France, less than 10 km" in page
    assert "1 site, 1 recruiting; in France 1, 1 recruiting" in page
    far = text_of(answer_to({**LIVER, "place": "45.8,4.9", "country": "FR", "show": "one_point_against"}))
    assert "Nearest site: Tokyo, Japan, about 9,900 km. By the record it does not recruit." in far
    assert "none in France" in far


def test_a_town_that_is_not_clear_is_asked_about() -> None:
    page = text_of(answer_to({"place": "Springfield"}, status=400))
    assert '<a href="#place">Town</a>: Several places are called' in page
    [choice, *_] = re.findall(r'name="place_meant" value="([^"]+)"', page)
    meant = text_of(answer_to({"place": "Springfield", "place_meant": choice}))
    assert "compared</h1>" in meant
    assert f'value="{choice}"' in meant
    assert "We know no town" in text_of(answer_to({"place": "Xqzzyv\x00", "age": "63"}, status=400))


def test_the_country_settles_which_town_is_meant() -> None:
    assert "Distances are from Valencia, Spain" in text_of(answer_to({"place": "Valencia", "country": "ES"}))


def test_what_to_find_out_leads_to_the_fields() -> None:
    three_trials()
    page = text_of(answer_to({"age": "63"}))
    assert re.search(r'<a href="#child_pugh">Child-Pugh class or score</a> <span class="quiet">bears on 2 trials', page)
    assert 'id="child_pugh"' in page


def test_a_form_of_another_site_is_refused_calmly() -> None:
    response = Client(enforce_csrf_checks=True).post(URL, {"age": "63"})
    assert response.status_code == 403
    assert "This form could not be read" in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_other_methods_are_refused_and_head_is_answered() -> None:
    assert Client().put(URL, "age=63").status_code == 405
    assert Client().head(URL).status_code == 200


def test_it_is_in_the_navigation() -> None:
    assert f'<a href="{URL}">Match</a>' in text_of(Client().get("/about/"))  # type: ignore[arg-type]


def test_too_many_fields_and_too_much_are_refused_and_kept_by_no_cache() -> None:
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    many = {f"a{number}": "1" for number in range(most + 1)}
    large = {"age": "1" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
    for sent in (many, large):
        answer = Client().post(URL, urlencode(sent), content_type="application/x-www-form-urlencoded")
        assert (answer.status_code, answer["Cache-Control"]) == (400, "no-store")
