"""Facts by score and grade. Grades of vessel invasion are those that sentences name: whether they are accepted is for
the reader to see there, as no fact carries it. Pure.
"""

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from trials.matching.vessel_words import grades
from trials.models import FactInForce
from trials.vocabulary.facts import child_pugh_class
from trials.web.fact_words import FactWords
from trials.web.word_lists import side_by_side

_SCORED, _GRADED = "child_pugh", "portal_vein_invasion"

_CHENG = re.compile(r"\bPVTT\)?\s+types?\s+(I{1,3}|IV)\b", re.IGNORECASE)


def accepted_words(fact: FactInForce, said: FactWords) -> str:
    """What a stated fact accepts: Child-Pugh by single scores, everything else as it is said elsewhere."""
    return score_words(fact.value) if fact.name == _SCORED and isinstance(fact.value, list) else said.answer


def score_words(scores: Sequence[int]) -> str:
    """Every accepted Child-Pugh score, neighbours of one class as a range: [5, 6, 7] is "A5–A6, B7"."""
    if not scores:
        return _("Only people without cirrhosis")
    runs: list[list[int]] = []
    for score in sorted(set(scores)):
        if runs and runs[-1][-1] == score - 1 and child_pugh_class(score - 1) == child_pugh_class(score):
            runs[-1].append(score)
        else:
            runs.append([score])
    return side_by_side(_range(run) for run in runs)


def _range(run: Sequence[int]) -> str:
    return "–".join(f"{child_pugh_class(end)}{end}" for end in dict.fromkeys((run[0], run[-1])))


def named_grades(fact: FactInForce) -> str:
    """The grades that the sentences of a fact name; "" for a fact that has none."""
    return side_by_side(grades_in(str(one["quote"]) for one in fact.evidence)) if fact.name == _GRADED else ""


def grades_in(sentences: Iterable[str]) -> list[str]:
    """Each grade once, in one writing: "vp 4" and "VP4" are Vp4."""
    quotes = list(sentences)
    cheng = {f"PVTT type {grade.upper()}" for quote in quotes for grade in _CHENG.findall(quote)}
    japan = {f"V{vein}{grade}" for quote in quotes for vein, grade in grades(quote)}
    return sorted(cheng | japan)
