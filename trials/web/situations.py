"""Situations in which people come to this site, each a search for trials: the ways in of the start page.

A search holds what trials say, never what is known of a patient, and shows its choices as every search does. Where a
record may be silent about what is asked for, the number of silent trials stands beside it, with a link to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from trials.search.declarations import NOT_STATED_FACT
from trials.search.filterset import TrialFilterSet
from trials.search.finding import Found, find
from trials.search.index.state import IndexState
from trials.vocabulary.messages import gettext_noop as _
from trials.vocabulary.registry_terms import OverallStatus
from trials.web.query_links import QueryLinks

Parameters = Mapping[str, tuple[str, ...]]

_OPEN: Parameters = {"status": (OverallStatus.RECRUITING.value,)}
_ACCEPTED = ("required", "allowed")


@dataclass(frozen=True, slots=True)
class Situation:
    """says tells in plain words what the search chooses. fact is the facet of which records may be silent, if any."""

    name: str
    title: str
    says: str
    chosen: Parameters
    fact: str = ""

    @property
    def parameters(self) -> Parameters:
        return {**_OPEN, **self.chosen}

    @property
    def parameters_of_silent(self) -> Parameters:
        """The same among the trials that do not say."""
        return {**self.parameters, self.fact: (NOT_STATED_FACT,)} if self.fact else {}


SITUATIONS = (
    Situation(
        "just-diagnosed",
        _("Just diagnosed"),
        # Whoever had no treatment yet is shut out only where an earlier one is required: silence is taken in here.
        _("Trials that do not ask for an earlier drug treatment of the liver cancer, or do not say"),
        {"prior_systemic_therapy": ("none", "allowed", NOT_STATED_FACT)},
    ),
    Situation(
        "found-early",
        _("Found early"),
        _("Trials for few and small tumours, or for after these were removed"),
        {"tumor_burden": ("early",)},
        "tumor_burden",
    ),
    Situation(
        "came-back",
        _("It came back after surgery"),
        # No fact tells of it. Single words would bring the trials that prevent it: "recurrence-free", "risk of".
        _("Trials with these words in their text: recurrent HCC, or recurrent liver cancer. Others may accept it too"),
        {"q": ('"recurrent HCC" OR "recurrent hepatocellular" OR "recurrent liver cancer"',)},
    ),
    Situation(
        "after-first-treatment",
        _("After a first drug treatment"),
        _("Trials that accept or require an earlier drug treatment of the liver cancer"),
        {"prior_systemic_therapy": _ACCEPTED},
        "prior_systemic_therapy",
    ),
    Situation(
        "in-vessel",
        _("The cancer is in a blood vessel"),
        _("Trials that accept cancer in a large vessel, some only up to a point"),
        {"portal_vein_invasion": _ACCEPTED},
        "portal_vein_invasion",
    ),
    Situation(
        "outside-liver",
        _("The cancer is outside the liver"),
        _("Trials that accept cancer that has spread from the liver"),
        {"extrahepatic_spread": _ACCEPTED},
        "extrahepatic_spread",
    ),
    Situation(
        "weak-liver",
        _("My liver is weak"),
        _("Trials that accept a moderately or severely impaired liver (some score of Child-Pugh B or C)"),
        {"child_pugh": ("B", "C")},
        "child_pugh",
    ),
    Situation(
        "recruiting",
        _("Anything that is open"),
        _("All trials about liver cancer that take people now, by their records"),
        {},
    ),
)


@dataclass(frozen=True, slots=True)
class SituationView:
    """count and silent in words; silent is "" where nothing can be silent, or no trial is."""

    name: str
    title: str
    says: str
    url: str
    count: str
    silent: str
    silent_url: str


def present_situations(state: IndexState) -> list[SituationView]:
    """Counted in the index, inside the moment of the state."""
    return [_view(situation, state) for situation in SITUATIONS]


def number_about_hcc(state: IndexState) -> int:
    """Trials that a search finds without any choice."""
    return _found({}, state).count


def _view(situation: Situation, state: IndexState) -> SituationView:
    links = QueryLinks(reverse("trial-list"), QueryDict())
    count = _found(situation.parameters, state).count
    silent = _found(situation.parameters_of_silent, state).count if situation.fact else 0
    said = ngettext("%(count)d trial does not say", "%(count)d trials do not say", silent) % {"count": silent}
    return SituationView(
        situation.name,
        gettext(situation.title),
        gettext(situation.says),
        links.changing(situation.parameters),
        ngettext("%(count)d trial", "%(count)d trials", count) % {"count": count},
        said if silent else "",
        links.changing(situation.parameters_of_silent),
    )


def _found(parameters: Parameters, state: IndexState) -> Found:
    query = QueryDict(mutable=True)
    for name, values in parameters.items():
        query.setlist(name, list(values))
    return find(TrialFilterSet(query), state)
