"""Words and signs of comparison: at most, no more than, <=, =<, "or worse"; and the words that date a measurement.

Never reads the value that is compared.
"""

import re

# The order matters: longer phrases first.
_COMPARATORS: tuple[tuple[str, str], ...] = (
    (
        "le",
        (
            r"≤\s?=?|=\s?<|<\s?/?\s?=|<\s?or\s?(?:=|equal to)|not\s?>"
            r"|up to(?: and including)?(?:(?: an?)? scores?(?: of)?)?|at most|maximum(?: scores?)?(?: of)?"
            r"|max\.?"
            r"|(?:less|lower|fewer|smaller|better) th[ae]n (?:or|and) equal(?:s|ed)?(?: to)?|(?:less"
            r"|lower) or equal(?: to| than)?"
            r"|equal(?:s)?(?: to)? or (?:less|lower|below|better)(?: than)?|(?:no|not|non|never)(?: be)? (?:more"
            r"|greater|higher|worse|larger|over|above|exceed(?:ing|s)?)(?: than)?"
            r"|does not exceed|not to exceed|less than/equal to|within"
        ),
    ),
    (
        "ge",
        (
            r"≥\s?=?|=\s?>|>\s?/?\s?=|>\s?or\s?(?:=|equal to)|not\s?<|at least|minimum(?: of)?"
            r"|(?:more|greater|higher|worse) th[ae]n (?:or|and) equal(?:s|ed)?(?: to)?|(?:more|greater"
            r"|higher) or equal(?: to| than)?"
            r"|equal(?:s)?(?: to)? or (?:more|greater|higher|above|worse)(?: than)?|(?:no|not)(?: be)? (?:less|lower"
            r"|better|below)(?: than)?"
            r"|greater than/equal to"
        ),
    ),
    ("lt", r"<|(?:less|lower|fewer|better|smaller) th[ae]n|below|under"),
    (
        "gt",
        (
            r">|(?:more|greater|higher|worse|larger|poorer) th[ae]n|exceed(?:s|ing)?|above|over"
            r"|beyond|beyong|in excess of"
        ),
    ),
    ("eq", r"="),
    ("is", r"equal(?:s)?(?: to)?"),
)
COMPARATOR = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _COMPARATORS))
DIRECTION = re.compile(
    r"(?:\s*(?:points?|scores?|%|class|cirrhosis|grade|status))?\s*[,(]?\s*(?:(?:or|and|/)\s*(?:is\s+)?"
    r"(?:(?P<le>less|lower|below|better|under|fewer|smaller)|(?P<ge>more|greater|higher|above|worse|over"
    r"|beyond|poorer)\b(?! than|\s?\d))"
    r"|(?P<cn>分?(?:及|或)?以下))\)?"
)
WITHIN_DAYS = re.compile(r"within (?:the )?(?:last |past |previous |prior )?\d+ ?(?:-\d+ )?(?:h|d|w|m)")
WHEN = re.compile(
    r"(?:assessed |performed |evaluated |measured |determined )?(?:with)?in (?:the )?(?:last )?\d+ (?:days?"
    r"|weeks?|months?)[^.;:≤<>()]{0,90}?(?:\bwas\b|\bis\b|\bwere\b|:|(?=[≤<>=]))"
)


def comparator_before(low: str, place: int) -> str:
    """The comparison that ends right before place: "worse than |Child-Pugh A"; "" where there is none."""
    window = low[max(0, place - 48) : place]
    found = ""
    for match in COMPARATOR.finditer(window):
        tail = window[match.end() :].strip()
        if tail in ("", "a", "the", "class", "score", "or equal to", "cirrhosis", "stage", "grade", "a score of"):
            found = match.lastgroup or ""
    return found
