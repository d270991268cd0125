"""Design, oversight, data sharing, outcomes, MeSH terms and references of a trial as labelled rows. Never queries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.models import Link, Trial
from trials.vocabulary.registry_terms import TERMS, LinkKind, MeshAxis, words
from trials.web.criteria import Block, text_blocks
from trials.web.word_lists import side_by_side

_PUBMED = "https://pubmed.ncbi.nlm.nih.gov"


@dataclass(frozen=True, slots=True)
class DetailRow:
    """value is in words, said the registry's own text beneath it, url a link of the record."""

    label: str
    value: str = ""
    said: Sequence[Block] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeView:
    measure: str
    time_frame: str
    description: Sequence[Block]


@dataclass(frozen=True, slots=True)
class OutcomeGroup:
    label: str
    outcomes: Sequence[OutcomeView]


@dataclass(frozen=True, slots=True)
class ReferenceView:
    citation: str
    type: str
    url: str
    is_retracted: bool


@dataclass(frozen=True, slots=True)
class MeshView:
    """Terms that the registry derived from conditions and interventions, and the broader terms above them."""

    conditions: Sequence[str]
    interventions: Sequence[str]
    broader: Sequence[str]

    @property
    def is_stated(self) -> bool:
        return bool(self.conditions or self.interventions or self.broader)


def _shown(rows: Iterator[DetailRow]) -> list[DetailRow]:
    return [row for row in rows if row.value or row.said or row.url]


def _term(element: str, value: str) -> str:
    return gettext(words(element, value)) if value else ""


def _yes_no(value: bool | None) -> str:  # noqa: FBT001  # the column's own type
    return "" if value is None else _("Yes") if value else _("No")


def design_rows(trial: Trial) -> list[DetailRow]:
    return _shown(_design_rows(trial))


def _design_rows(trial: Trial) -> Iterator[DetailRow]:
    yield DetailRow(_("Purpose"), _term("primary_purpose", trial.primary_purpose))
    yield DetailRow(_("Who gets what is decided"), _term("allocation", trial.allocation))
    model_said = text_blocks(trial.intervention_model_description)
    yield DetailRow(_("Groups"), _term("intervention_model", trial.intervention_model), model_said)
    masking_said = text_blocks(trial.masking_description)
    yield DetailRow(_("Who does not know what is given (masking)"), masking_words(trial), masking_said)
    yield DetailRow(_("Kind of observation"), _term("observational_model", trial.observational_model))
    yield DetailRow(_("Looks back or ahead"), _term("time_perspective", trial.time_perspective))
    yield DetailRow(_("How people are chosen"), _term("sampling_method", trial.sampling_method))
    yield DetailRow(_("People are followed for"), trial.target_duration)
    yield DetailRow(_("Patient registry"), _yes_no(trial.patient_registry))
    samples = _term("bio_spec_retention", trial.bio_spec_retention)
    yield DetailRow(_("Samples kept"), samples, text_blocks(trial.bio_spec_description))
    kinds = (_term("expanded_access_type", kind) for kind in trial.expanded_access_types)
    yield DetailRow(_("Kinds of expanded access"), side_by_side(kinds))


def masking_words(trial: Trial) -> str:
    """ "Double: participant, investigator"; one of both where the record says no more."""
    masking, who = _term("masking", trial.masking), side_by_side(_term("who_masked", one) for one in trial.who_masked)
    return _("%(masking)s: %(who)s") % {"masking": masking, "who": who} if masking and who else masking or who


def oversight_rows(trial: Trial) -> list[DetailRow]:
    flags = (
        (_("Has a data monitoring committee"), trial.oversight_has_dmc),
        (_("Studies a drug regulated by the US FDA"), trial.is_fda_regulated_drug),
        (_("Studies a device regulated by the US FDA"), trial.is_fda_regulated_device),
        (_("Device not yet approved by the US FDA"), trial.is_unapproved_device),
        (_("Product exported from the US"), trial.is_us_export),
    )
    return _shown(DetailRow(label, _yes_no(value)) for label, value in flags)


def sharing_rows(trial: Trial) -> list[DetailRow]:
    return _shown(_sharing_rows(trial))


def _sharing_rows(trial: Trial) -> Iterator[DetailRow]:
    plan = _term("ipd_sharing", trial.ipd_sharing)
    yield DetailRow(_("Plan to share data of single participants"), plan, text_blocks(trial.ipd_description))
    kinds = (_term("ipd_info_type", kind) for kind in trial.ipd_info_types)
    yield DetailRow(_("Also shared"), side_by_side(kinds))
    yield DetailRow(_("When"), said=text_blocks(trial.ipd_time_frame))
    yield DetailRow(_("For whom"), said=text_blocks(trial.ipd_access_criteria))
    yield DetailRow(_("Where"), url=trial.ipd_url)


def outcome_groups(trial: Trial) -> list[OutcomeGroup]:
    """In the registry's order of kinds; a kind that the registry adds comes last."""
    groups: dict[str, list[OutcomeView]] = {kind: [] for kind in TERMS["outcome_kind"]}
    for outcome in trial.outcomes.all():
        view = OutcomeView(outcome.measure, outcome.time_frame, text_blocks(outcome.description))
        groups.setdefault(outcome.kind, []).append(view)
    return [OutcomeGroup(_term("outcome_kind", kind), outcomes) for kind, outcomes in groups.items() if outcomes]


def present_references(trial: Trial) -> list[ReferenceView]:
    return [
        ReferenceView(
            reference.citation,
            _term("reference_type", reference.type),
            f"{_PUBMED}/{reference.pmid}/" if reference.pmid.isascii() and reference.pmid.isdigit() else "",
            bool(reference.retraction_pmids),
        )
        for reference in trial.references.all()
    ]


def present_mesh(trial: Trial) -> MeshView:
    terms = list(trial.mesh_terms.all())
    return MeshView(
        [term.term for term in terms if term.axis == MeshAxis.CONDITION and not term.is_ancestor],
        [term.term for term in terms if term.axis == MeshAxis.INTERVENTION and not term.is_ancestor],
        list(dict.fromkeys(term.term for term in terms if term.is_ancestor)),
    )


@dataclass(frozen=True, slots=True)
class LinkGroup:
    label: str
    links: Sequence[Link]


def link_groups(trial: Trial) -> list[LinkGroup]:
    labels = {
        LinkKind.DOCUMENT: _("Documents of the trial"),
        LinkKind.SEE_ALSO: _("See also"),
        LinkKind.AVAILABLE_IPD: _("Data and documents to ask for"),
    }
    groups = [
        LinkGroup(label, [link for link in trial.links.all() if link.kind == kind]) for kind, label in labels.items()
    ]
    return [group for group in groups if group.links]
