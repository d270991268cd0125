"""The plain words: each sentence says what its fact says, silence is said as silence, and nothing is guessed."""

import re

import pytest

from trials.models import Arm, FactInForce, Intervention, Site
from trials.tests.builders import raw_record
from trials.tests.web.plain.records import lines_of, parts_of, said, trial_of, unsaved_trial
from trials.vocabulary.facts import FACTS
from trials.web.phrases import PUBLISHED
from trials.web.plain import cancer, state, treatment, unsaid, who
from trials.web.plain.sentence import Topic
from trials.web.plain.summary import MOST_LINES

LIVER, PHASE_1_2 = "It is open to people whose liver", "It is a phase 1 and 2 study"


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([5, 6], "It is open to people whose liver works well: Child-Pugh A (5 to 6 points)."),
        ([5], "It is open to people whose liver works well: Child-Pugh A5 (5 points)."),
        ([5, 6, 7], f"{LIVER} works well or is somewhat weak: Child-Pugh A or B7 (5 to 7 points)."),
        ([7], "It is open to people whose liver is somewhat weak: Child-Pugh B7 (7 points)."),
        ([10, 11, 12, 13, 14, 15], f"{LIVER} is very weak: Child-Pugh C (10 to 15 points)."),
        ([5, 6, 10], "The liver must be Child-Pugh A or C10."),
        ([], "It is open only to people whose liver is not scarred (no cirrhosis)."),
    ],
)  # fmt: skip
def test_liver(scores: list[int], words: str) -> None:
    assert words in said(trial_of({"child_pugh": scores}))


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([0], "You must be fully active (ECOG 0)."),
        ([0, 1], "You must at least be able to do light work (ECOG 0 or 1)."),
        ([0, 1, 2], "You must be up for more than half of the day (ECOG 0, 1 or 2)."),
        ([1, 2], "It asks how active you are: ECOG 1 or 2."),
    ],
)
def test_active(scores: list[int], words: str) -> None:
    assert words in said(trial_of({"ecog": scores}))


SIGNS = {  # a naive reading of each value: what its sentence has to say, and must not
    "required": ("must", "may"),
    "allowed": ("may", "must"),
    "excluded": ("must not", "may"),
    "none": ("must not", "may"),
}


@pytest.mark.parametrize("name", sorted({name for name, _ in cancer._ONE}))
@pytest.mark.parametrize("value", SIGNS)
def test_polarity(name: str, value: str) -> None:
    """No sentence turns a rule round."""
    if value not in FACTS[name].values:
        return
    href = f"#fact-{name}"
    [line] = [line for line in lines_of(trial_of({name: value})) if href in {source.href for source in line.sources}]
    text = " ".join(part.text for phrase in line.said for part in phrase)
    has, has_not = SIGNS[value]
    if text.startswith("Its rules keep out"):
        assert value == "excluded"
    else:
        assert re.search(rf"\b{has}\b", text)
        assert not re.search(rf"\b{has_not}\b", text)
        assert ("must not" in text) is (value in ("excluded", "none"))


@pytest.mark.parametrize(
    ("criteria", "words", "unsaid"),
    [
        (
            "Inclusion Criteria:\n\n* Oligometastatic hepatocellular carcinoma is allowed: no more than 3 metastases",
            "The cancer may have spread outside the liver, within limits.",
            "The cancer may have spread outside the liver.",
        ),
        (
            "Inclusion Criteria:\n\n* Hepatocellular carcinoma\n* No prior systemic chemotherapy",
            "You must not have had certain drugs for liver cancer before. Ask which ones.",
            "You must not have had drugs for liver cancer before.",
        ),
    ],
)
def test_a_rule_within_limits_is_not_told_without_them(criteria: str, words: str, unsaid: str) -> None:
    trial = unsaved_trial(raw_record(conditions=["Hepatocellular Carcinoma"], criteria=criteria))
    told = " ".join(said(trial))
    assert words in told
    assert unsaid not in told


def test_vessel_and_spread_in_one_sentence_where_they_are_alike() -> None:
    for value in ("required", "allowed", "excluded"):
        trial = trial_of({"portal_vein_invasion": value, "extrahepatic_spread": value})
        [line] = [line for line in lines_of(trial) if "#fact-extrahepatic_spread" in {s.href for s in line.sources}]
        assert {source.href for source in line.sources} == {"#fact-portal_vein_invasion", "#fact-extrahepatic_spread"}
    apart = said(trial_of({"portal_vein_invasion": "excluded", "extrahepatic_spread": "allowed"}))
    assert "The cancer must not have grown into a large blood vessel." in apart
    assert "The cancer may have spread outside the liver." in apart


def test_what_is_not_stated_is_asked_and_nowhere_else() -> None:
    lines = lines_of(trial_of())
    assert not [line for line in lines if line.topic is Topic.WHO]
    [line] = [line for line in lines if line.items]
    assert line.topic is Topic.ASK
    words = said(trial_of())
    assert "where it takes place" in words
    assert "how well your liver must work" in words
    assert "6 more points" in words


def test_contradictions_are_questions_not_answers() -> None:
    trial = trial_of({"ecog": [0]})
    fact = FactInForce(name="child_pugh", status="contradictory", claims=[[5, 6], [5, 6, 7]])
    rows = [one for one in trial.facts.all() if one.name != "child_pugh"]
    trial._prefetched_objects_cache["facts"] = [*rows, fact]  # type: ignore[attr-defined]
    [line] = [line for line in lines_of(trial) if "contradicts" in line.said[0][0].text]
    assert [item[0].text for item in line.items] == ["Liver function"]
    assert not any("Child-Pugh" in text for text in said(trial))


def test_a_fact_that_has_changed_since_a_person_checked_it_is_a_question() -> None:
    trial = trial_of({"ecog": [0]})
    for fact in trial.facts.all():
        if fact.name == "ecog":
            fact.text_changed_at = "2026-11-01"
            fact.machine_status, fact.machine_value = "stated", [0, 1]
    words = said(trial)
    assert "How active you are" in words
    assert not any("fully active" in text for text in words)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"overall_status": "RECRUITING"}, "The study takes new people now."),
        ({"overall_status": "COMPLETED"}, "The study has ended. Nobody can join."),
        ({}, "The record does not say whether the study is open. Ask the team."),
        ({"overall_status": "NEW_WORD"}, "The record says “NEW_WORD”. Ask the team what that means."),
        ({"start_date": "2025-03-30"}, ""),
        ({"enrollment_count": 0, "overall_status": "WITHDRAWN"}, "Nobody took part."),
        ({"enrollment_count": 1, "enrollment_type": "ACTUAL"}, "1 person took part."),
        ({"enrollment_count": 196, "enrollment_type": "ESTIMATED"}, "It plans for 196 people."),
        ({"phases": ["PHASE1", "PHASE2"]}, f"{PHASE_1_2}: doctors look for a safe dose, then for signs that it works."),
        ({"lead_sponsor_name": "Acme", "lead_sponsor_class": "INDUSTRY"}, "A company runs it: Acme."),
        ({"masking": "DOUBLE", "who_masked": ["PARTICIPANT"]}, "You will not know which treatment you get."),
        ({"masking": "NONE"}, "You and your doctors will know what you get."),
        ({"sex": "FEMALE"}, "Only women can take part."),
        ({"study_type": "OBSERVATIONAL"}, "This study only watches. It gives no treatment of its own."),
    ],
)  # fmt: skip
def test_fields(columns: dict[str, object], words: str) -> None:
    found = said(trial_of(**columns))
    assert words in found if words else not any("start" in text for text in found)


def test_groups_chance_and_placebo() -> None:
    arms = [Arm(label="A", type="EXPERIMENTAL"), Arm(label="B", type="PLACEBO_COMPARATOR")]
    words = said(trial_of(allocation="RANDOMIZED", arms=arms))
    assert "There are 2 groups." in words
    assert "Chance decides who goes into which group, like drawing lots." in words
    assert "Some people get a placebo: it looks like the drug, but no drug is in it." in words
    named = [Intervention(name="Placebo to sorafenib")]
    assert any("placebo" in text for text in said(trial_of(interventions=named)) if "looks like" in text)
    denied = [Intervention(name="Sorafenib without placebo")]
    assert not any("looks like" in text for text in said(trial_of(interventions=denied)))


@pytest.mark.parametrize(
    ("columns", "arms"), [({"allocation": "RANDOMIZED"}, 1), ({"intervention_model": "SINGLE_GROUP"}, 2)]
)
def test_fields_that_contradict_each_other_are_said_as_such(columns: dict[str, str], arms: int) -> None:
    words = said(trial_of(arms=[Arm(label=str(n)) for n in range(arms)], **columns))
    assert any(text.startswith("the record says that") for text in words)
    assert not any("Chance" in text or text.startswith(("There is", "There are")) for text in words)


def test_places() -> None:
    def sites(*codes: str) -> list[Site]:
        return [Site(country_code=code, country=code, status="RECRUITING" if code == "FR" else "") for code in codes]

    fresh = {"overall_status": "RECRUITING", "status_verified_date": "2026-10"}
    words = said(trial_of(sites=sites("FR", "ES"), **fresh))
    assert {"It has 2 centres.", "Countries: France and Spain.", "1 of them takes people now."} <= set(words)
    assert "They are in 4 countries." in said(trial_of(sites=sites("FR", "ES", "IT", "DE"), **fresh))
    closed = said(trial_of(sites=sites("FR"), overall_status="COMPLETED"))
    assert not any("people now" in text for text in closed)


def test_not_more_than_a_reader_takes_and_the_same_every_time() -> None:
    facts: dict[str, object] = {
        "child_pugh": [5], "ecog": [0], "tumor_burden": ["high"], "portal_vein_invasion": "required",
        "extrahepatic_spread": "excluded", "prior_systemic_therapy": "none", "prior_locoregional_therapy": "none",
        "liver_transplant": "excluded", "hbv": "required", "hcv": "excluded", "ascites": "excluded",
        "modalities": ["tace"], "hcc_scope": "hcc",
    }  # fmt: skip
    columns = {"lead_sponsor_name": "S", "phases": ["PHASE2"], "masking": "NONE", "enrollment_count": 3}
    assert len(lines_of(trial_of(facts, **columns))) == MOST_LINES
    assert parts_of(trial_of(facts, **columns)) == parts_of(trial_of(facts, **columns))


def test_published_names_stay_published() -> None:
    name = "100 %(drug)s <b>\\>"
    lines = lines_of(trial_of(interventions=[Intervention(name=name)]))
    parts = [part for line in lines for item in line.items for part in item if part.kind == PUBLISHED]
    assert [part.text for part in parts] == ["100 %(drug)s <b>>"]


def test_every_value_has_its_words() -> None:
    """A value that is added to a fact needs a sentence."""
    assert set(treatment._TREATMENTS) == set(FACTS["modalities"].values)
    assert set(who._SCOPE) == set(who._SCOPE_AND_AGE) == set(FACTS["hcc_scope"].values)
    assert set(unsaid._OPEN_POINTS) <= set(FACTS)
    for name, value in cancer._ONE:
        assert value in FACTS[name].values
    texts = [*state._STATES.values(), *who._LIVER.values(), *who._ACTIVE.values(), *treatment._PHASES.values()]
    assert not [text for text in texts if re.search(r"%[^(]", text)], "named placeholders only: languages order them"
