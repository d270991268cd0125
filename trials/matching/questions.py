"""What to find out: the answers still missing that would decide most trials. Never judges, never keeps a profile."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from trials.matching.judgement import Judgement
from trials.matching.profile_fields import PROFILE_FIELDS, UPPER_LIMIT

_ORDER = {name: place for place, name in enumerate(PROFILE_FIELDS)}


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """field is an answer's name; trials is how many it bears on, alone in how many it is the only one missing."""

    field: str
    trials: int
    alone: int


def what_to_find_out(judgements: Iterable[Judgement]) -> list[OpenAnswer]:
    """Best first. Trials that something already speaks against are left out: no answer brings them back."""
    trials: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for judgement in judgements:
        if judgement.not_met:
            continue
        asked = {name for criterion in judgement.criteria for name in criterion.asks}
        trials.update(asked)
        if len(asked) == 1:
            alone.update(asked)
    found = [OpenAnswer(name, count, alone[name]) for name, count in trials.items()]
    return sorted(found, key=lambda one: (-one.trials, -one.alone, _place(one.field), one.field))


def _place(name: str) -> int:
    return _ORDER.get(name.removesuffix(UPPER_LIMIT), len(_ORDER))
