"""The columns that the table of results can show, declared once: words, sorts, and which rows they need. Pure."""

from dataclasses import dataclass
from types import MappingProxyType

from trials.vocabulary.facts import FACTS
from trials.vocabulary.messages import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Column:
    """name is the parameter's value. fact names the fact that it shows, sort the order that its heading offers."""

    name: str
    label: str
    fact: str = ""
    sort: str = ""


def _fact(name: str, fact: str = "") -> Column:
    return Column(name, FACTS[fact or name].clinical, fact or name)


_COLUMNS = (
    Column("title", _("Title")),
    Column("status", _("Status")),
    Column("phase", _("Phase")),
    _fact("modality", "modalities"),
    Column("interventions", _("Interventions")),
    _fact("child_pugh"),
    _fact("portal_vein_invasion"),
    _fact("extrahepatic_spread"),
    _fact("tumor_burden"),
    _fact("bclc"),
    _fact("ecog"),
    _fact("prior_systemic_therapy"),
    _fact("prior_locoregional_therapy"),
    _fact("hbv"),
    _fact("hcv"),
    _fact("liver_transplant"),
    _fact("ascites"),
    _fact("hepatic_encephalopathy"),
    Column("age", _("Age")),
    Column("sex", _("Sex")),
    Column("enrollment", _("Enrolment"), sort="enrollment"),
    Column("start", _("Start date"), sort="start"),
    Column("updated", _("Last update posted"), sort="updated"),
    Column("sponsor", _("Sponsor")),
    Column("countries", _("Countries")),
    Column("sites", _("Sites"), sort="distance"),
)
COLUMNS = MappingProxyType({column.name: column for column in _COLUMNS})
USUAL = frozenset(
    {"title", "status", "phase", "modality", "child_pugh", "portal_vein_invasion", "extrahepatic_spread"}
    | {"tumor_burden", "bclc", "ecog", "prior_systemic_therapy", "enrollment", "updated", "countries", "sites"}
)
OF_SITES = frozenset({"countries", "sites"})
