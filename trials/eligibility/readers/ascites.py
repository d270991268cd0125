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
    trigger=("ascit", "腹水", "peritoneal effusion", "abdominal effusion"),
    words=re.compile(r"\bascit\w+|腹水|peritoneal effusion|abdominal effusion"),
    severe_before=re.compile(
        r"\b(?:moderate|severe|massive|refractory|uncontroll\w+|un-controlled|intractable|large|tense|gross"
        r"|symptomatic|poorly[- ]controlled|not (?:medically |well |adequately )?controlled|inadequately|resistant"
        r"|recurrent|uncontrolable|grade (?:2|3|ii|iii)|(?:≥|>|>=|=>)\s?(?:grade )?(?:1|2|3|ii|moderate)|requiring"
        r"|overt and|significant amount|medium|obvious|a large amount|diffuse|advanced|third space|paracentesis"
        r"|drainage)\b[^.;:]{0,75}$"
        r"|大量"
    ),
    severe_after=re.compile(
        r"^[^.;]{0,60}?\b(?:refractory|requir\w+|need\w*|uncontroll\w+|not (?:be )?(?:medically |well "
        r"|adequately )?(?:controll\w+|respon\w+)|resistant|that (?:is|are|has|have|can ?not|could|caus\w+"
        r"|requir\w+)|causing|despite|moderate|severe|grade (?:2|3|ii|iii)|(?:≥|>|>=)\s?(?:grade )?\d"
        r"|with (?:recurrent|repeated)|unresponsive|drain\w*|paracentesis|large|more than|greater than|which (?:is"
        r"|are|can|need|requir))"
    ),
    never=re.compile(r"puncture of|cell-free|ascites fluid|1 point|child-pugh (?:score )?parameter|cytolog|samples?"),
    lasting=re.compile(r"clinical|imaging|radiograph|trace"),
)


def read_ascites(document: Document) -> Fact:
    """Excluded or allowed."""
    return read_sign(_SIGN, document)
