"""What was sent to /match/, for the length of the request: the answers, what to show, and what is wrong with it.

Never keeps or logs anything; no class here tells its values in its repr.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_variables

from trials.matching.parsing import ParsedProfile, parse_profile
from trials.matching.profile import PatientProfile
from trials.matching.profile_fields import CONFIRMED, UNKNOWN
from trials.matching.ranking import Group
from trials.search.away import patients_origin
from trials.search.near import NearAnswer, Origin
from trials.vocabulary.measured import questions_about
from trials.vocabulary.worded import Question

SHOW, CLOSED, MEANT = "show", "closed", "place_meant"  # beside the answers: what to show, and which town is meant
_NOT_ANSWERS = frozenset({SHOW, CLOSED, MEANT, "csrfmiddlewaretoken"})
_SHOW = re.compile(r"([a-z_]{1,30})(?::([1-9]\d{0,4}))?", re.ASCII)


@dataclass(frozen=True, slots=True, repr=False)
class Answers:
    """profile is None where there are errors. doubted are the questions about odd values, by field, confirmed or not.

    group is the group of trials to show, None for the best one. near tells the towns that a name may mean.
    """

    given: Mapping[str, list[str]] = field(default_factory=dict)
    profile: PatientProfile | None = None
    errors: Mapping[str, list[str]] = field(default_factory=dict)
    doubted: Mapping[str, Question] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    near: NearAnswer | None = None
    group: Group | None = None
    page: int = 1
    also_closed: bool = False

    @property
    def origin(self) -> Origin | None:
        return self.near.origin if self.near else None

    @property
    def status(self) -> int:
        """400 where something cannot be read; an odd value is asked about and refuses nothing."""
        return 400 if self.errors else 200

    @property
    def is_empty(self) -> bool:
        return self.profile is None or self.profile.is_empty


@sensitive_variables()
def read_answers(sent: QueryDict) -> Answers:
    """Every answer may be missing. A town that is not clear is asked about, as a value that cannot be read is."""
    given = {name: sent.getlist(name) for name in sent if name not in _NOT_ANSWERS}
    if meant := sent.get(MEANT, "").strip():
        given["place"] = [meant]
    parsed = parse_profile(given)
    errors = dict(parsed.errors)
    near = None if "place" in errors else _near(_first(given, "place"), _first(given, "country"))
    if near is not None and near.origin is None:
        errors["place"] = [near.message]
    group, page = _wanted(sent.get(SHOW, ""))
    return Answers(
        given=given,
        profile=None if errors else parsed.profile,
        errors=errors,
        doubted=_doubted(parsed),
        confirmed=frozenset(given.get(CONFIRMED, ())),
        near=near,
        group=group,
        page=page,
        also_closed=bool(sent.get(CLOSED)),
    )


def _first(given: Mapping[str, list[str]], name: str) -> str:
    """The answer to a question that takes one, "" where it is open."""
    text = next((text.strip() for text in given.get(name, ()) if text.strip()), "")
    return "" if text.lower() == UNKNOWN else text


def _near(place: str, country: str) -> NearAnswer | None:
    return patients_origin(place, country.upper(), get_language() or "en") if place else None


def _doubted(parsed: ParsedProfile) -> dict[str, Question]:
    measured = parsed.profile.measured if parsed.profile else ()
    return {question.field: question for value in measured for question in questions_about(value)}


def _wanted(text: str) -> tuple[Group | None, int]:
    """ "not_known:2" is the second page of that group. What is no group shows the best one."""
    match = _SHOW.fullmatch(text)
    if match is None or match[1] not in tuple(Group):
        return None, 1
    return Group(match[1]), int(match[2] or 1)
