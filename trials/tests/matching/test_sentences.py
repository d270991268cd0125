"""What sentences speak of beyond the value of a fact. The sentences are invented."""

import pytest

from trials.matching.sentences import sentences_beside, what_they_say


@pytest.mark.parametrize(
    ("name", "value", "quotes", "said"),
    [
        ("hbv", "excluded", ["No active hepatitis B"], {"active"}),
        ("hbv", "excluded", ["Active hepatitis B (HBsAg positive)"], set()),
        ("hbv", "excluded", ["Active hepatitis B", "History of hepatitis B"], set()),
        ("hbv", "excluded", ["Hepatitis B infection"], set()),
        ("hbv", "excluded", ["Known active hepatitis B"], {"active"}),
        ("hbv", "excluded", ["Active chronic hepatitis B"], {"active"}),
        ("hbv", "excluded", ["Active or chronic hepatitis B"], set()),
        ("ascites", "excluded", ["Ascites (a trace on imaging is fine)"], {"significant"}),
        ("ascites", "excluded", ["Clinical ascites", "Any ascites"], set()),
        ("hbv", "allowed", ["Active hepatitis B under treatment"], set()),
        ("hcv", "excluded", ["Uncontrolled hepatitis C"], {"active"}),
        ("ascites", "excluded", ["Clinically significant ascites"], {"significant"}),
        ("ascites", "excluded", ["Any ascites"], set()),
        ("ascites", "excluded", [], set()),
        ("prior_systemic_therapy", "allowed", ["No prior anti-PD-1 or CTLA-4 antibody"], {"checkpoint_inhibitor"}),
        ("prior_systemic_therapy", "required", ["Progressed on sorafenib or lenvatinib"], {"tki"}),
        ("prior_systemic_therapy", "required", ["After bevacizumab"], {"anti_vegf"}),
        ("prior_systemic_therapy", "allowed", ["Prior chemotherapy is permitted"], {"chemotherapy"}),
        ("prior_systemic_therapy", "required", ["At least one earlier line"], set()),
        ("prior_systemic_therapy", "none", ["No earlier sorafenib"], set()),
        ("ecog", (0, 1), ["Active people"], set()),
    ],
)
def test_what_they_say(name: str, value: object, quotes: list[str], said: set[str]) -> None:
    assert what_they_say(name, value, quotes) == said


@pytest.mark.parametrize(
    ("name", "value", "quotes", "criteria", "said"),
    [
        (
            "prior_systemic_therapy",
            "required",
            ["Progressed on sorafenib"],
            "Inclusion:\n- Progressed on sorafenib\nExclusion:\n- Prior treatment with an anti-PD-1 antibody",
            {"tki", "apart:checkpoint_inhibitor"},
        ),
        (
            "prior_systemic_therapy",
            "allowed",
            ["At most one earlier line"],
            "At most one earlier line; Chemotherapy within 4 weeks; immunosuppression is not allowed",
            set(),
        ),
        (
            "prior_systemic_therapy",
            "required",
            ["One earlier line"],
            "Prior immunotherapy or radiation within 2 weeks",  # may be a ban for good: nobody can tell by rule
            {"apart:checkpoint_inhibitor"},
        ),
        ("prior_systemic_therapy", "none", ["No earlier drugs"], "Prior sorafenib", set()),
        ("portal_vein_invasion", "allowed", ["Portal vein invasion allowed except Vp4"], "", {"vp4"}),
        ("portal_vein_invasion", "allowed", ["Vp1-3 are accepted"], "", {"vp1_2", "vp3"}),
        ("portal_vein_invasion", "allowed", ["Vp2/4 are accepted"], "", {"vp1_2", "vp4"}),
        (
            "portal_vein_invasion",
            "allowed",
            ["Macrovascular invasion is accepted"],
            (
                "Macrovascular invasion is accepted.\nTumour in the inferior vena cava or the main portal trunk\n"
                "Type II diabetes of the right kind"
            ),
            {"any_vessel", "vena_cava", "vp4"},
        ),
        ("portal_vein_invasion", "required", ["Portal vein tumour thrombus"], "Age over 18", set()),
        ("portal_vein_invasion", "excluded", ["No Vp4"], "No Vp4", set()),
    ],
)
def test_what_other_sentences_say(name: str, value: object, quotes: list[str], criteria: str, said: set[str]) -> None:
    assert what_they_say(name, value, quotes, criteria) == said


def test_the_sentences_beside_stand_where_they_say() -> None:
    criteria = "İnclusion:\n\n* Vp1-3 e.g. a branch; No Vp4.  No vena cava invasion\n* Type 2 diabetes of the main kind"
    found = sentences_beside("portal_vein_invasion", "allowed", ["* Vp1-3 e.g. a branch"], criteria)
    assert [(criteria[one.start : one.end], *one.names) for one in found] == [
        ("No Vp4.", "vp4"),
        ("No vena cava invasion", "vena_cava"),
    ]
    assert not sentences_beside("portal_vein_invasion", "excluded", [], criteria)
    assert not sentences_beside("hbv", "allowed", [], criteria)
