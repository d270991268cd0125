"""Reads whether ascites is excluded or accepted within limits.

A ban of moderate, severe, refractory or uncontrolled ascites alone allows the rest; a ban of any, or of clinically
significant ascites, excludes it.
"""

import re

from trials.eligibility.document import Document
from trials.eligibility.readers.decompensation import Sign, read_sign
from trials.eligibility.reading import Fact

_SIGN = Sign(
    name="ascites",
    trigger=("ascit", "腹水", "peritoneal", "abdominal"),
    words=re.compile(
        r"\bascit\w+|腹水|\b(?:peritoneal|abdominal|seroperitoneal)(?: cavity)?(?:,? (?:and|or|and/or) [\w-]+){0,2}"
        r" (?:effusions?|fluid accumulation|dropsy|hydrops)\b"
    ),
    evident=re.compile(
        r"\b(?:clinical(?:ly)?[- ](?:\w+ )?(?:significant|meaningful|relevant|evident|apparent|detectable|manifest)"
        r"|obvious|overt|evident)\b"
    ),
    severe_before=re.compile(
        r"\b(?:moderate|severe|massive|refractory|un-?control\w+|intractable|large|tense|gross|marked"
        r"|symptomatic|poorly[- ]controlled|not (?:medically |well |adequately |be )?controlled|inadequately|resistant"
        r"|recurrent|fluctuating|progressive|worsening|increasing|grade (?:2|3|ii|iii)|requir\w+"
        r"|significant amount|medium|diffuse|third space|paracentesis|drainage|stubborn|tractable|abundant"
        r"|(?:diuretic\w*|treatment|therapy)[- ](?:unresponsive|resistant|refractory|intractable)|(?:more|greater|worse"
        r"|higher) than (?:mild|slight|small|minimal|trace|minor|grade (?:1|i)))\b|>\s?(?:mild|slight|minimal|trace)\b"
        r"|(?:≥|>|>=|=>)\s?(?:grade )?(?:1|2|3|ii|moderate)|大量"
    ),
    severe_after=re.compile(
        r"^[^.;]{0,60}?(?:\b(?:refractory|requir\w+|need\w*|uncontroll\w+|not (?:be )?(?:medically |well "
        r"|adequately )?(?:controll\w+|respon\w+)|resistant|that (?:is|are|has|have|can ?not|could|caus\w+"
        r"|requir\w+)|causing|despite|moderate|severe|grade (?:2|3|ii|iii)"
        r"|with (?:recurrent|repeated)|(?:with|accompanied by) (?:\w+ )?symptoms|unresponsive|drain\w*|paracentesis"
        r"|(?:that|which) (?:\w+ ){1,2}(?:can ?not|could not|fail\w*|do not|does not)|(?:beyond|above|exceeding"
        r"|more than"
        r"|worse than|over) (?:a )?(?:mild|slight|small|minimal|trace|minor|grade (?:1|i)\b|stage 1)"
        r"|large|greater than|which (?:is|are|can|need|requir)(?! (?:clinical|evident|obvious"
        r"|apparent|detect))|progressive)|(?:≥|>|>=)\s?(?:grade )?[1-4]\b)"
    ),
    apart=frozenset({"encephalopathy"}),
    never=re.compile(
        r"puncture of|cell-free|ascites fluid|1 point|child-pugh (?:score )?parameter|cytolog|samples?|tumor cells"
        r"|only evidence"
    ),
)


def read_ascites(document: Document) -> Fact:
    """Excluded or allowed."""
    return read_sign(_SIGN, document)
