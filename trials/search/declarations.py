"""Every facet of the search, declared once. Source of names and values: the interface's table of parameters."""

from collections.abc import Mapping
from dataclasses import replace
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


def _fact(name: str, fact: str = "") -> FactFacet:
    definition = FACTS[fact or name]
    labels = {**definition.labels, NOT_STATED_FACT: _NOT_STATED}
    return FactFacet(name, definition.clinical, definition.plain, labels, definition.name, notes=definition.notes)


def _child_pugh() -> FactFacet:
    """Classes beside single scores: a class is accepted where one of its scores is."""
    classes = {"A": "A", "B": "B", "C": "C"}
    notes = {"A": _("works well"), "B": _("moderately impaired"), "C": _("severely impaired")}
    facet = _fact("child_pugh")
    return replace(facet, labels={**classes, **facet.labels}, notes=notes)


def _hcc_scope() -> FactFacet:
    """Trials that are not about HCC come with the registry's fuzzy search; they are left out unless asked for."""
    return replace(_fact("hcc_scope"), default=("hcc", "mixed"), default_label=_("About liver cancer (HCC)"))


_FACETS: tuple[Facet, ...] = (
    ColumnFacet("status", _("Status"), _("Is it open?"), _with_not_stated(terms.OVERALL_STATUS), "overall_status"),
    SiteFacet(
        "country",
        _("Country"),
        _("Where"),
        {code: country_name(code) for code in sorted(all_codes(), key=country_name)},
        column="country_code",
        lists_all=False,
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
    _child_pugh(),
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
    _hcc_scope(),
)

FACETS = MappingProxyType({facet.name: facet for facet in _FACETS})
