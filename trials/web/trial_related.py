"""Related trials in words, each with why it is named. Never queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _

from trials.models import Trial
from trials.search.related import RelatedTrial, Shared
from trials.vocabulary.countries import country_name
from trials.vocabulary.messages import gettext_noop
from trials.web.status_pill import StatusPill, status_pill
from trials.web.word_lists import side_by_side

_MOST_SHOWN = 5
_MOST_REASONS = 4
REASONS: Mapping[tuple[str, str], str] = {
    ("modality", "immunotherapy"): gettext_noop("also immunotherapy"),
    ("modality", "targeted"): gettext_noop("also targeted drugs"),
    ("modality", "chemotherapy"): gettext_noop("also chemotherapy"),
    ("modality", "haic"): gettext_noop("also chemotherapy into the liver's artery (HAIC)"),
    ("modality", "tace"): gettext_noop("also closing the tumour's artery (TACE)"),
    ("modality", "radioembolization"): gettext_noop("also radioactive beads (TARE, SIRT)"),
    ("modality", "radiotherapy"): gettext_noop("also radiotherapy"),
    ("modality", "ablation"): gettext_noop("also ablation"),
    ("modality", "resection"): gettext_noop("also surgery"),
    ("modality", "transplant"): gettext_noop("also a liver transplant"),
    ("modality", "cell_therapy"): gettext_noop("also cell therapy"),
    ("modality", "vaccine"): gettext_noop("also a vaccine"),
    ("child_pugh", "B"): gettext_noop("also for a weaker liver (Child-Pugh B)"),
    ("child_pugh", "C"): gettext_noop("also for a very weak liver (Child-Pugh C)"),
    ("portal_vein_invasion", "required"): gettext_noop("also for cancer in a large blood vessel"),
    ("portal_vein_invasion", "allowed"): gettext_noop("also open to cancer in a large blood vessel"),
    ("extrahepatic_spread", "required"): gettext_noop("also for cancer outside the liver"),
    ("extrahepatic_spread", "allowed"): gettext_noop("also open to cancer outside the liver"),
    ("prior_systemic_therapy", "none"): gettext_noop("also before any other cancer drug"),
    ("prior_systemic_therapy", "required"): gettext_noop("also after a first cancer drug"),
    ("tumor_burden", "early"): gettext_noop("also for few and small tumours"),
    ("tumor_burden", "intermediate"): gettext_noop("also for many or large tumours in the liver"),
    ("liver_transplant", "required"): gettext_noop("also after a liver transplant"),
    ("hbv", "required"): gettext_noop("also for people with hepatitis B"),
    ("hcv", "required"): gettext_noop("also for people with hepatitis C"),
    ("age_group", "CHILD"): gettext_noop("also open to children"),
}


@dataclass(frozen=True, slots=True)
class RelatedView:
    """reasons is a sentence's worth of what both share."""

    trial: Trial
    pill: StatusPill
    reasons: str


def present_related(related: Sequence[RelatedTrial], today: date) -> list[RelatedView]:
    """The first of them; those that are likely to be out of date come behind the others."""
    views = [RelatedView(one.trial, status_pill(one.trial, today), _reasons(one.shared)) for one in related]
    return sorted(views, key=lambda view: view.pill.kind == "shut")[:_MOST_SHOWN]


def _reasons(shared: Sequence[Shared]) -> str:
    """The weightiest, the place last."""
    shown = [one for one in shared if one.facet != "country"][:_MOST_REASONS]
    shown += [one for one in shared if one.facet == "country"][:1]
    return side_by_side(map(_words, shown))


def _words(shared: Shared) -> str:
    if shared.facet == "country":
        return _("recruiting in %(country)s") % {"country": country_name(shared.value, get_language() or "en")}
    return gettext(REASONS[shared.facet, shared.value])
