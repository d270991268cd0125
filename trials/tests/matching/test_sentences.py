"""What sentences speak of beyond the value of a fact. The sentences are invented."""

import pytest

from trials.matching.sentences import sentences_beside, what_they_say


def standing(quotes: list[str], criteria: str = "") -> list[dict[str, object]]:
    """Sentences as evidence, where they stand in the criteria."""
    return [
        {"field": "eligibility_criteria", "quote": quote, "start": max(criteria.find(quote), 0)} for quote in quotes
    ]


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
        ("prior_systemic_therapy", "none", ["No earlier sorafenib"], {"tki", "only_named"}),
        ("prior_systemic_therapy", "none", ["No prior systemic chemotherapy"], {"chemotherapy", "only_named"}),
        ("prior_systemic_therapy", "none", ["No prior systemic therapy such as sorafenib"], set()),
        ("prior_systemic_therapy", "none", ["No prior sorafenib", "Treatment-naive"], set()),
        (
            "prior_systemic_therapy",
            "required",
            ["Progressed on atezolizumab in combination with bevacizumab"],
            {"checkpoint_inhibitor", "anti_vegf", "all_of"},
        ),
        ("prior_systemic_therapy", "required", ["After sorafenib or nivolumab"], {"tki", "checkpoint_inhibitor"}),
        ("prior_systemic_therapy", "required", ["At least 1, but no more than 2 prior lines of therapy"], {"lines"}),
        ("prior_systemic_therapy", "required", ["One prior line of systemic therapy"], {"lines"}),
        ("prior_systemic_therapy", "required", ["Not exceeding 3 lines"], {"lines"}),
        ("prior_systemic_therapy", "required", ["At least one line of systemic therapy"], set()),
        ("prior_systemic_therapy", "required", ["One line or more of systemic therapy"], set()),
        ("prior_systemic_therapy", "required", ["≥ 1 line of treatment"], set()),
        ("hbv", "excluded", ["Severe infection such as hepatitis B"], {"active"}),
        ("extrahepatic_spread", "allowed", ["Oligometastatic disease"], {"limited"}),
        ("extrahepatic_spread", "allowed", ["Liver dominant disease"], {"limited"}),
        ("extrahepatic_spread", "allowed", ["Advanced or metastatic disease"], set()),
        ("extrahepatic_spread", "excluded", ["Metastases > 1 cm"], {"limited"}),
        ("extrahepatic_spread", "excluded", ["Distant metastasis"], set()),
        ("prior_locoregional_therapy", "none", ["No prior treatment for the tumour"], {"general"}),
        ("prior_locoregional_therapy", "none", ["No prior TACE"], set()),
        ("ecog", (0, 1), ["Active people"], set()),
    ],
)
def test_what_they_say(name: str, value: object, quotes: list[str], said: set[str]) -> None:
    assert what_they_say(name, value, standing(quotes)) == said


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
            {"lines"},
        ),
        (
            "prior_systemic_therapy",
            "required",
            ["One earlier line"],
            "Prior immunotherapy or radiation within 2 weeks",  # may be a ban for good: nobody can tell by rule
            {"apart:checkpoint_inhibitor", "lines"},
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
        ("portal_vein_invasion", "excluded", ["No Vp4"], "No Vp4", {"vp4"}),
        ("portal_vein_invasion", "excluded", ["Invasion of any major blood vessel"], "", {"any_vessel", "major"}),
        (
            "portal_vein_invasion",
            "allowed",
            ["Major portal vein thrombosis"],
            "Exclusion Criteria:\n\n* Major portal vein thrombosis",
            {"limited", "major", "vp4"},
        ),
        ("portal_vein_invasion", "allowed", ["Main portal branch invasion (Vp4)"], "", {"major", "vp4"}),
        ("portal_vein_invasion", "allowed", ["Stage T2: solitary tumour with vascular invasion"], "", {"limited"}),
        (
            "portal_vein_invasion",
            "allowed",
            ["Vascular invasion is accepted"],
            "Cardiovascular disease with left ventricular failure\nComplete recovery from intravenous chemotherapy",
            {"any_vessel"},
        ),
        (
            "prior_systemic_therapy",
            "required",
            ["- Progressed on sorafenib;"],
            "* Progressed on sorafenib\n* History of allergy to PD-1 antibodies\n" + "prior nivolumab " * 50,
            {"tki"},
        ),
    ],
)
def test_what_other_sentences_say(name: str, value: object, quotes: list[str], criteria: str, said: set[str]) -> None:
    assert what_they_say(name, value, standing(quotes, criteria), criteria) == said


def test_the_sentences_beside_stand_where_they_say() -> None:
    criteria = "İnclusion:\n\n* Vp1-3 e.g. a branch; No Vp4.  No vena cava invasion\n* Type 2 diabetes of the main kind"
    found = sentences_beside("portal_vein_invasion", "allowed", ["* Vp1-3 e.g. a branch"], criteria)
    assert [(criteria[one.start : one.end], *one.marks) for one in found] == [
        ("No Vp4.", "vp4"),
        ("No vena cava invasion", "vena_cava"),
    ]
    assert not sentences_beside("portal_vein_invasion", "excluded", [], criteria)
    assert not sentences_beside("hbv", "allowed", [], criteria)
