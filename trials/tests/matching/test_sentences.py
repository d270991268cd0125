"""What sentences speak of beyond the value of a fact. The sentences are invented."""

import pytest

from trials.matching.sentences import what_they_say


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
