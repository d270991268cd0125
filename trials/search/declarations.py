"""Every facet of the search, declared once. Source of names and values: the interface's table of parameters."""

from collections.abc import Mapping
from types import MappingProxyType

from trials.search.facets import ArrayFacet, ColumnFacet, Facet, FactFacet, InterventionFacet, SiteFacet
from trials.vocabulary import registry_terms as terms
from trials.vocabulary.countries import all_codes, country_name
from trials.vocabulary.facts import FACTS
from trials.vocabulary.messages import gettext_noop as _

NOT_STATED_FACT = "not_stated"
_NOT_STATED = _("Not stated")


def _with_not_stated(labels: Mapping[str, str]) -> dict[str, str]:
    return {**labels, terms.NOT_STATED: _NOT_STATED}


def _fact(
    name: str, fact: str = "", *, labels: Mapping[str, str] | None = None, default: tuple[str, ...] = ()
) -> FactFacet:
    definition = FACTS[fact or name]
    listed = {**(labels or definition.labels), NOT_STATED_FACT: _NOT_STATED}
    return FactFacet(name, definition.clinical, definition.plain, listed, definition.name, default)


_CHILD_PUGH_LABELS = {
    "A": _("A: works well"),
    "B": _("B: moderately impaired"),
    "C": _("C: severely impaired"),
    **{str(score): str(score) for score in range(5, 16)},
}

_FACETS: tuple[Facet, ...] = (
    ColumnFacet("status", _("Status"), _("Is it open?"), _with_not_stated(terms.OVERALL_STATUS), "overall_status"),
    SiteFacet(
        "country",
        _("Country"),
        _("Where"),
        {code: country_name(code) for code in sorted(all_codes(), key=country_name)},
        column="country_code",
        partner="site_status",
        partner_column="status",
    ),
    SiteFacet(
        "site_status",
        _("Status of the site"),
        _("Is the hospital open for it?"),
        _with_not_stated(terms.RECRUITMENT_STATUS),
        column="status",
        partner="country",
        partner_column="country_code",
        absent=terms.NOT_STATED,
    ),
    _fact("child_pugh", labels=_CHILD_PUGH_LABELS),
    _fact("tumor_burden"),
    _fact("portal_vein_invasion"),
    _fact("extrahepatic_spread"),
    _fact("bclc"),
    _fact("ecog"),
    _fact("prior_systemic_therapy"),
    _fact("hbv"),
    _fact("hcv"),
    _fact("liver_transplant"),
    _fact("modality", "modalities"),
    ArrayFacet("phase", _("Phase"), _("Phase"), _with_not_stated(terms.PHASE), "phases"),
    ColumnFacet("study_type", _("Study type"), _("Kind of study"), _with_not_stated(terms.STUDY_TYPE), "study_type"),
    InterventionFacet("intervention_type", _("Intervention type"), _("Kind of treatment"), terms.INTERVENTION_TYPE),
    ColumnFacet("sex", _("Sex"), _("Sex"), _with_not_stated(terms.SEX), "sex"),
    ArrayFacet("age_group", _("Age group"), _("Age"), _with_not_stated(terms.AGE_GROUP), "std_ages"),
    ColumnFacet(
        "sponsor_class",
        _("Lead sponsor's class"),
        _("Who runs it"),
        _with_not_stated(terms.AGENCY_CLASS),
        "lead_sponsor_class",
    ),
    _fact("hcc_scope", default=("hcc", "mixed")),
)

FACETS = MappingProxyType({facet.name: facet for facet in _FACETS})
