"""One trial as its page shows it: every part that the record holds, in words, and nothing for what it leaves out.

Published texts stay as published (unescaped, never cut); words are ours and in the reader's language. Never queries
beyond what `trial_lookup` fetched, never builds HTML.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from trials.models import Trial
from trials.web.clinical.summary import ClinicalView, present_clinical
from trials.web.criteria import Block, text_blocks
from trials.web.plain.summary import PlainPart, plain_words_of
from trials.web.site_map import SiteMap, present_map
from trials.web.trial_arms import ArmView, InterventionView, present_arms
from trials.web.trial_contacts import ContactView, present_contacts
from trials.web.trial_dates import DateRow, age_words, date_rows, starts_after_its_end
from trials.web.trial_details import (
    DetailRow,
    LinkGroup,
    MeshView,
    OutcomeGroup,
    ReferenceView,
    design_rows,
    link_groups,
    outcome_groups,
    oversight_rows,
    present_mesh,
    present_references,
    sharing_rows,
)
from trials.web.trial_facts import CRITERIA, FactsView, present_facts
from trials.web.trial_head import HeadView, present_head
from trials.web.trial_sites import SitesView, present_sites
from trials.web.trial_timeline import Timeline, numbered, present_timeline


@dataclass(frozen=True, slots=True)
class TrialView:
    """Everything that the template needs beside the row itself. Empty sequences are blocks that are not shown."""

    head: HeadView
    plain: Sequence[PlainPart]
    clinical: ClinicalView
    ages: str
    facts: FactsView
    criteria: Sequence[Block]
    summary: Sequence[Block]
    description: Sequence[Block]
    population: Sequence[Block]
    contacts: Sequence[ContactView]
    dates: Sequence[DateRow]
    starts_after_its_end: bool
    timeline: Timeline | None
    design: Sequence[DetailRow]
    arms: Sequence[ArmView]
    interventions: Sequence[InterventionView]
    sites: SitesView
    map: SiteMap | None
    outcomes: Sequence[OutcomeGroup]
    oversight: Sequence[DetailRow]
    sharing: Sequence[DetailRow]
    has_about: bool
    mesh: MeshView
    references: Sequence[ReferenceView]
    links: Sequence[LinkGroup]

    @property
    def has_any_contact(self) -> bool:
        return bool(self.contacts) or self.sites.with_contact > 0

    @property
    def sections(self) -> list[tuple[str, str]]:
        """Anchors and names of the parts that this page has."""
        parts: list[tuple[str, str, object]] = [
            ("plain", _("In plain words"), True),
            ("join", _("Who can join"), True),
            ("contact", _("Contact"), True),
            ("changes", _("What changed"), True),
            ("about", _("About"), self.has_about),
            ("arms", _("What happens"), self.design or self.arms or self.interventions),
            ("criteria", _("Criteria"), self.criteria or self.population),
            ("sites", _("Where"), self.sites.countries or self.sites.removed),
            ("outcomes", _("What is measured"), self.outcomes),
            ("reading", _("To read"), self.references or self.links),
            ("record", _("Sponsor and record"), True),
        ]
        return [(anchor, label) for anchor, label, present in parts if present]


def present_trial(trial: Trial, today: date) -> TrialView:
    head = present_head(trial, today)
    facts = present_facts(trial)
    mesh = present_mesh(trial)
    narrative = (trial.brief_summary.strip(), trial.detailed_description.strip(), trial.conditions, trial.keywords)
    arms, interventions = present_arms(trial)
    dates = numbered(date_rows(trial))
    return TrialView(
        head=head,
        plain=plain_words_of(trial, facts, head, today),
        clinical=present_clinical(trial, facts, head, today),
        ages=age_words(trial.minimum_age, trial.maximum_age),
        facts=facts,
        criteria=text_blocks(trial.eligibility_criteria, facts.marks[CRITERIA]),
        summary=text_blocks(trial.brief_summary, facts.marks["brief_summary"]),
        description=text_blocks(trial.detailed_description, facts.marks["detailed_description"]),
        population=text_blocks(trial.study_population),
        contacts=present_contacts((one for one in trial.contacts.all() if one.site_id is None), trial.nct_id),
        dates=dates,
        starts_after_its_end=starts_after_its_end(trial),
        timeline=present_timeline(dates, today),
        design=design_rows(trial),
        arms=arms,
        interventions=interventions,
        sites=present_sites(trial, doubtful=head.is_doubtful),
        map=present_map(trial.sites.all(), doubtful=head.is_doubtful),
        outcomes=outcome_groups(trial),
        oversight=oversight_rows(trial),
        sharing=sharing_rows(trial),
        has_about=any(narrative) or mesh.is_stated,
        mesh=mesh,
        references=present_references(trial),
        links=link_groups(trial),
    )
