"""Answers for the description, of an invented trial: made from the shapes themselves, so that they always fit.

Never real data.
"""

from typing import Any

from trials.api.fact_schemas import Evidence, Fact
from trials.api.list_schemas import Error, FacetValue, TrialInList, TrialList

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

LIST: dict[str, Any] = _LIST.model_dump(mode="json")
REFUSED: dict[str, Any] = _REFUSED.model_dump(mode="json")
CSV = "nct_id,url,brief_title\r\nNCT99999901,https://trials.example.org/trials/NCT99999901/,An Invented Trial\r\n"
