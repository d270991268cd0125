"""Answers for the description, of an invented trial: made from the shapes themselves, so that they always fit.

Never real data.
"""

from typing import Any

from trials.api.fact_schemas import Evidence, Fact
from trials.api.list_schemas import Error, FacetValue, TrialInList, TrialList
from trials.api.match_schemas import MatchAnswer, MatchedTrial, OpenQuestion, Point

_SITE = "https://trials.example.org"
_QUOTE = "Child-Pugh score of 7 or less"
_FACT = Fact(
    status="stated",
    value=[5, 6, 7],
    claims=[],
    depends_on_cohort=False,
    evidence=[Evidence(field="eligibility_criteria", start=25, end=25 + len(_QUOTE), quote=_QUOTE)],
    decided_by="rule",
    decided_at=None,
    record_changed_since=False,
)
_TRIAL = TrialInList(
    nct_id="NCT99999901",
    brief_title="An Invented Trial for Unresectable Hepatocellular Carcinoma",
    overall_status="RECRUITING",
    phases=["PHASE2"],
    countries=["FR", "JP"],
    conditions=["Hepatocellular Carcinoma"],
    last_update_post_date="2026-11-03",
    url=f"{_SITE}/trials/NCT99999901/",
    api_url=f"{_SITE}/api/v1/trials/NCT99999901/",
    facts={"child_pugh": _FACT},
)
_LIST = TrialList(
    count=1,
    page=1,
    page_size=20,
    next_cursor=None,
    data_version="5b1f6f0c7a8e4d21",
    results=[_TRIAL],
    facets={"phase": [FacetValue(value="PHASE2", label="Phase 2", count=1, selected=False)]},
)
_REFUSED = Error(detail="Something in this query is not known here.", errors={"phase": ["Select a valid choice."]})
_POINT = Point(
    name="child_pugh", verdict="met", why="fits", asks=[], depends_on_cohort=False, evidence=list(_FACT.evidence)
)
_MATCH = MatchAnswer(
    count=1,
    page=1,
    page_size=20,
    groups={"may_be_possible": 1, "not_known": 0, "one_point_against": 0, "does_not_fit": 0},
    closed_left_out=0,
    what_to_find_out=[OpenQuestion(field="hbv", trials=1, alone=1)],
    questions=[],
    place="Lyon, France",
    data_version=_LIST.data_version,
    results=[
        MatchedTrial(
            nct_id=_TRIAL.nct_id,
            brief_title=_TRIAL.brief_title,
            overall_status=_TRIAL.overall_status,
            group="may_be_possible",
            met=1,
            not_met=0,
            unknown=0,
            kilometres=12,
            url=_TRIAL.url,
            criteria=[_POINT],
        )
    ],
)

LIST: dict[str, Any] = _LIST.model_dump(mode="json")
REFUSED: dict[str, Any] = _REFUSED.model_dump(mode="json")
CSV = "nct_id,url,brief_title\r\nNCT99999901,https://trials.example.org/trials/NCT99999901/,An Invented Trial\r\n"
MATCH: dict[str, Any] = _MATCH.model_dump(mode="json")
QUESTION: dict[str, Any] = {
    "age": 63,
    "country": "FR",
    "place": "Lyon",
    "child_pugh": "7",
    "ecog": "1",
    "systemic_classes": ["tki"],
    "bilirubin": 25,
    "bilirubin_unit": "µmol/L",
}
