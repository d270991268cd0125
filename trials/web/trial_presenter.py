"""One trial as its page shows it: every part that the record holds, in words, and nothing for what it leaves out.

Published texts stay as published (unescaped, never cut); words are ours and in the reader's language. Never queries
beyond what `trial_lookup` fetched, never builds HTML.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.models import Trial
from trials.vocabulary.registry_terms import OverallStatus, StudyType, words
from trials.web.criteria import Block, text_blocks
from trials.web.freshness import Staleness, staleness
from trials.web.status_pill import StatusPill, status_pill
from trials.web.trial_arms import ArmView, InterventionView, present_arms
from trials.web.trial_contacts import ContactView, present_contacts
from trials.web.trial_dates import DateRow, age_words, date_rows, people_words, starts_after_its_end
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
from trials.web.trial_sites import SitesView, present_sites

_OPEN = {OverallStatus.RECRUITING, OverallStatus.NOT_YET_RECRUITING, OverallStatus.ENROLLING_BY_INVITATION}
_ENDED = {OverallStatus.COMPLETED, OverallStatus.TERMINATED}
_WORTH_SAYING_MONTHS = 6
_STUDY_URL = "https://clinicaltrials.gov/study"


@dataclass(frozen=True, slots=True)
class StaleNote:
    """Why an open status is doubtful; the dates are as published, "" where they are not the reason."""

    status: str
    verified: str
    end: str


@dataclass(frozen=True, slots=True)
class TrialView:
    """Everything that the template needs beside the row itself. Empty sequences are blocks that are not shown."""

    title: str
    official_title: str
    pill: StatusPill
    phases: str
    people: str
    stale: StaleNote | None
    is_open: bool
    is_observational: bool
    is_expanded_access: bool
    registry_url: str
    results_url: str
    ended_without_results: bool
    ages: str
    facts: FactsView
    criteria: Sequence[Block]
    summary: Sequence[Block]
    description: Sequence[Block]
    population: Sequence[Block]
    contacts: Sequence[ContactView]
    dates: Sequence[DateRow]
    starts_after_its_end: bool
    design: Sequence[DetailRow]
    arms: Sequence[ArmView]
    interventions: Sequence[InterventionView]
    sites: SitesView
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
            ("join", _("Who can join"), True),
            ("contact", _("Contact"), True),
            ("about", _("About"), self.has_about),
            ("arms", _("What happens"), self.design or self.arms or self.interventions),
            ("criteria", _("Criteria"), self.criteria or self.population),
            ("sites", _("Where"), self.sites.countries or self.sites.removed),
            ("outcomes", _("What is measured"), self.outcomes),
            ("record", _("Sponsor and record"), True),
        ]
        return [(anchor, label) for anchor, label, present in parts if present]


def registry_url(nct_id: str) -> str:
    return f"{_STUDY_URL}/{nct_id}"


def present_trial(trial: Trial, today: date) -> TrialView:
    stale = staleness(trial, today)
    facts = present_facts(trial)
    mesh = present_mesh(trial)
    narrative = (trial.brief_summary.strip(), trial.detailed_description.strip(), trial.conditions, trial.keywords)
    arms, interventions = present_arms(trial)
    is_open = trial.overall_status in _OPEN
    title = trial.brief_title or trial.official_title or trial.nct_id
    page = registry_url(trial.nct_id)
    return TrialView(
        title=title,
        official_title=trial.official_title if trial.official_title.strip() != title.strip() else "",
        pill=status_pill(trial, today),
        phases=" / ".join(gettext(words("phase", phase)) for phase in trial.phases),
        people=people_words(trial),
        stale=_stale_note(trial, stale, today) if stale else None,
        is_open=is_open,
        is_observational=trial.study_type == StudyType.OBSERVATIONAL,
        is_expanded_access=trial.study_type == StudyType.EXPANDED_ACCESS,
        registry_url=page,
        results_url=f"{page}?tab=results" if trial.has_results else "",
        ended_without_results=trial.overall_status in _ENDED and not trial.has_results,
        ages=age_words(trial.minimum_age, trial.maximum_age),
        facts=facts,
        criteria=text_blocks(trial.eligibility_criteria, facts.marks[CRITERIA]),
        summary=text_blocks(trial.brief_summary, facts.marks["brief_summary"]),
        description=text_blocks(trial.detailed_description, facts.marks["detailed_description"]),
        population=text_blocks(trial.study_population),
        contacts=present_contacts((one for one in trial.contacts.all() if one.site_id is None), trial.nct_id),
        dates=date_rows(trial),
        starts_after_its_end=starts_after_its_end(trial),
        design=design_rows(trial),
        arms=arms,
        interventions=interventions,
        sites=present_sites(trial, doubtful=stale is not None or not is_open),
        outcomes=outcome_groups(trial),
        oversight=oversight_rows(trial),
        sharing=sharing_rows(trial),
        has_about=any(narrative) or mesh.is_stated,
        mesh=mesh,
        references=present_references(trial),
        links=link_groups(trial),
    )


def _stale_note(trial: Trial, stale: Staleness, today: date) -> StaleNote:
    """Names the later end if that has passed too, else the one of the main result."""
    end = ""
    if stale.end_has_passed:
        whole = trial.computed_completion_day
        end = trial.completion_date if whole is not None and whole < today else trial.primary_completion_date
    months = stale.months_since_verified
    verified = trial.status_verified_date if months is not None and months >= _WORTH_SAYING_MONTHS else ""
    status = gettext(words("overall_status", trial.overall_status))
    return StaleNote(status, verified or ("" if end else trial.last_update_post_date), end)
