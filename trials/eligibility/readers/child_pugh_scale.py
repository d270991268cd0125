"""How Child-Pugh scores are written: classes A, B, C, scores of 5 to 15, "B7", and the words around them.

Never decides what is accepted.
"""

import re

from trials.eligibility.scales import Atom, Scale

_CLASSES = {"a": (5, 6), "b": (7, 9), "c": (10, 15)}
NAMED = (
    r"c(?:hi|hl|h)(?:i?l)?i?d(?:'?s)?(?:[\s\-/_*]*(?:turcott?e?|pugh|pough|puhg|purg|phug|pudg)(?:'?s)?)+"
    r"|pugh[\s-]*(?:turcotte|child|class|score|grade)|pugh|child's"
)
_ATOM = re.compile(
    r"(?P<letter>[abc])(?:[\s-]*\(?(?P<digits>1[0-5]|[5-9])(?P<more>\s?(?:-|/|,|or|to|~|&|and)\s?(?:1[0-5]"
    r"|[5-9]))?(?!\d|\.\d|%))?(?![a-z'])"
    r"|(?P<number>1[0-5]|[4-9])(?![\d%]|\.\d|[.)]\s+[a-z]{3}|\s?(?:days?|weeks?|months?|years?|mg|g/|mmol|μmol"
    r"|cm|x)\b)(?=[^a-z]|points?|scores?|or|to|$)"
)
_FILLER = re.compile(
    rf"(?:{NAMED})(?![a-z])|(?:class(?:es|ification|ed)?|grad(?:e|es|ed|ing)|scor(?:e|es|ed|ing)|stag(?:e|es"
    rf"|ing)|levels?|points?|types?"
    r"|liver|hepatic|functions?|functional|cirrhosis|cirrhotic|diseases?|impairments?|dysfunction|damage"
    r"|failure|insufficiency|status|categor(?:y|ies)"
    r"|criteria|criterion|systems?|scales?|index|assessment|assessed|ratings?|good|well|preserved|evaluation"
    r"|evaluated|reserve|measured|determined|total"
    r"|of|is|are|was|were|be|been|must|should|shall|has|have|having|to|the|with|an|in|at|on|for|as|by|from|per"
    r"|that|who|only|either|also|any|all|stages"
    r"|baseline|screening|enrollment|entry|registration|randomi[sz]ation|defined|according|including|included"
    r"|i\.e\.|ie|e\.g\.,?|namely|sum|value|calculated"
    r"|patients?|subjects?|participants?|hcc|modified|known|ctp|cpt|cps|cp|c-p|turcotte|pugh|child|acceptable"
    r"|selected|favou?rable|asymptomatic|early|stable"
    r"|allowed|eligible|severity|compensated"
    r"|but(?=\s+(?:(?:total|overall|the) |scores? )*(?:not?\b|[≤<]|only\b|with\b|at most\b|up to\b|below\b))"
    r"|a(?=\s+(?:total|score|maximum|liver|value|class|grade|child|sum|ctp|cp)\b)"
    r")(?![a-z])|级|级别|分级|评分|分|肝功能|为|[:)\]\"'*.](?=.)|-(?!\s?\d)|s\b"
)
_ARTICLE = re.compile(
    r"a\s+(?:(?P<noun>total|scores?|maximum|value|class|grade|child|sum|ctp|cp)\b|(?!or\b|and\b|to\b|only\b)[a-z]{2})"
)
_BEFORE_ARTICLE = frozenset({"and", "or", "of", "with", "have", "in", "is", "to", "for", "as", "by", "has", "at"})


def _atom(low: str, plain: str, place: int) -> Atom | None:
    match = _ATOM.match(low, place)
    if match is None:
        return None
    if match["number"]:
        number = int(match["number"])
        return Atom(number, number, match.end(), is_number=True)
    letter = match["letter"]
    if letter == "a" and plain[place] == "a" and _is_article(low, place):
        return None
    first, last = _CLASSES[letter]
    is_list_number = (
        match["digits"]
        and "(" not in match.group()
        and low[match.end("letter")] == " "
        and re.match(r"[.)](?:\s|$)", low[match.end() :])
    )
    if not match["digits"] or is_list_number:
        return Atom(first, last, match.end("letter"), is_number=False)
    numbers = [int(number) for number in re.findall(r"1[0-5]|[5-9]", match["digits"] + (match["more"] or ""))]
    if not all(first <= number <= last for number in numbers[:1]):
        return Atom(first, last, match.end("letter"), is_number=False)
    return Atom(numbers[0], max(numbers[-1], numbers[0]), match.end(), is_number=False)


def _is_article(low: str, place: int) -> bool:
    before = low[max(0, place - 8) : place].split()
    after = _ARTICLE.match(low, place)
    if after is None:
        return False
    return bool(after["noun"]) or (bool(before) and before[-1] in _BEFORE_ARTICLE)


SCALE = Scale(5, 15, _atom, _FILLER)
