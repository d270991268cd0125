"""Random stores for search tests: the same trials as rows in the database and as plain values for a naive oracle."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import F
from django.utils import timezone

from trials.ingest.table_statistics import analyze_tables
from trials.models import EligibilityFact, FactReview, Intervention, RecordVersion, Site, Trial, TrialChange
from trials.search.declarations import FACETS
from trials.search.facets import FactFacet

STATUSES = ("RECRUITING", "COMPLETED", "UNKNOWN", "BRAND_NEW_STATUS", "")
PHASES = ("PHASE1", "PHASE2", "PHASE3", "NA", "PHASE9")
COUNTRIES = ("FR", "CN", "US", "")
SITE_STATUSES = ("RECRUITING", "COMPLETED", "")
POSITIONS = ((45.8, 4.8), (48.1, -1.7), (31.2, 121.5), (-17.8, 179.9), (-14.3, -170.7), None)
TYPES = ("DRUG", "BIOLOGICAL", "PROCEDURE", "")
WORDS = ("sorafenib", "radiotherapy", "placebo", "chemoembolisation")

_FACT_FACETS = [facet for facet in FACETS.values() if isinstance(facet, FactFacet)]


def _some_values(facet: FactFacet, chance: random.Random) -> set[str]:
    return set(chance.sample(list(facet.labels), k=chance.randint(1, 3)))


PlainSite = tuple[str, str, tuple[float, float] | None]


def random_site(chance: random.Random) -> PlainSite:
    return chance.choice(COUNTRIES), chance.choice(SITE_STATUSES), chance.choice(POSITIONS)


@dataclass
class PlainTrial:
    """A trial as plain values: columns by name, facts by name of the fact, sites as (country, status, position).

    reviews are decisions of staff, each with whether the record has changed since.
    """

    nct_id: str
    columns: dict[str, str]
    phases: list[str]
    std_ages: list[str]
    machine_facts: dict[str, set[str]]
    reviews: dict[str, tuple[set[str], bool]]
    sites: list[PlainSite]
    types: list[str]
    words: list[str]
    enrollment: int | None
    start: date | None
    updated: date | None
    first_loaded: date
    changes: list[date]
    text: str = field(default="")

    @property
    def changed_day(self) -> date:
        """The day of the newest change, the first loading counted as one."""
        return max([self.first_loaded, *self.changes])

    @property
    def facts(self) -> dict[str, set[str]]:
        """The values that a trial is found under."""
        decided = {
            name: values | self.machine_facts[name] if is_changed else values
            for name, (values, is_changed) in self.reviews.items()
        }
        return self.machine_facts | decided

    def find_under(self, name: str, values: set[str]) -> None:
        """Makes these the fact's values, whatever chance has made of it."""
        self.machine_facts[name] = values
        self.reviews.pop(name, None)


def random_trial(number: int, chance: random.Random) -> PlainTrial:
    words = chance.sample(WORDS, k=chance.randint(0, 3))
    return PlainTrial(
        nct_id=f"NCT{number:08d}",
        columns={
            "overall_status": chance.choice(STATUSES),
            "study_type": chance.choice(("INTERVENTIONAL", "OBSERVATIONAL", "")),
            "sex": chance.choice(("ALL", "FEMALE", "")),
            "lead_sponsor_class": chance.choice(("INDUSTRY", "OTHER", "")),
        },
        phases=chance.sample(PHASES, k=chance.randint(0, 2)),
        std_ages=chance.sample(("CHILD", "ADULT", "OLDER_ADULT"), k=chance.randint(0, 3)),
        machine_facts={facet.fact: _some_values(facet, chance) for facet in _FACT_FACETS},
        reviews={
            facet.fact: (_some_values(facet, chance), chance.random() < 0.5)
            for facet in _FACT_FACETS
            if chance.random() < 0.2
        },
        sites=[random_site(chance) for _ in range(chance.randint(0, 4))],
        types=[chance.choice(TYPES) for _ in range(chance.randint(0, 3))],
        words=words,
        enrollment=chance.choice((None, 10, 10, 200)),
        start=chance.choice((None, date(2024, 1, 1) + timedelta(days=chance.randint(0, 9)))),
        updated=chance.choice((None, date(2025, 1, 1) + timedelta(days=chance.randint(0, 9)))),
        first_loaded=date(2026, 1, 1) + timedelta(days=chance.randint(0, 9)),
        changes=[date(2026, 1, 1) + timedelta(days=chance.randint(-5, 20)) for _ in range(chance.choice((0, 0, 1, 3)))],
    )


def random_store(size: int, chance: random.Random) -> list[PlainTrial]:
    """size random trials, stored and as plain values."""
    trials = [random_trial(number, chance) for number in range(1, size + 1)]
    store(trials)
    return trials


def store(trials: list[PlainTrial]) -> None:
    """Writes the rows that a search reads, with a raw record that stands for all of them."""
    version = RecordVersion.objects.create(nct_id="NCT00000001", sha256="0" * 64, raw="{}")
    Trial.objects.bulk_create(
        Trial(
            nct_id=trial.nct_id,
            brief_title=" ".join(trial.words) or "Untitled",
            phases=trial.phases,
            std_ages=trial.std_ages,
            enrollment_count=trial.enrollment,
            computed_start_day=trial.start,
            computed_last_update_day=trial.updated,
            record_version=version,
            parser_version=1,
            reader_version=1,
            **trial.columns,
        )
        for trial in trials
    )
    _store_days(trials)
    for trial in trials:
        store_sites(trial)
    Intervention.objects.bulk_create(
        Intervention(trial_id=trial.nct_id, position=place, type=kind, name=str(place))
        for trial in trials
        for place, kind in enumerate(trial.types)
    )
    EligibilityFact.objects.bulk_create(
        EligibilityFact(
            trial_id=trial.nct_id,
            name=name,
            status="stated",
            evidence=[{"field": "brief_title", "start": 0, "end": 1, "quote": "S"}],
            computed_values=sorted(values),
            reader_version=1,
        )
        for trial in trials
        for name, values in trial.machine_facts.items()
    )
    FactReview.objects.bulk_create(
        FactReview(
            trial_id=trial.nct_id,
            name=name,
            decision="corrected",
            reason="Read again",
            status="stated",
            computed_values=["superseded"] if superseded_at else sorted(values),
            machine_status="stated",
            machine_reader_version=1,
            record_version=version,
            reviewer_name="curator",
            text_changed_at=timezone.now() if is_changed else None,
            superseded_at=superseded_at,
        )
        for trial in trials
        for name, (values, is_changed) in trial.reviews.items()
        for superseded_at in (timezone.now(), None)
    )
    analyze_tables()


def store_sites(trial: PlainTrial) -> None:
    Site.objects.bulk_create(
        Site(
            trial_id=trial.nct_id,
            position=place,
            country_code=country,
            status=status,
            city=str(position),
            computed_latitude=position[0] if position else None,
            computed_longitude=position[1] if position else None,
        )
        for place, (country, status, position) in enumerate(trial.sites)
    )


def _store_days(trials: list[PlainTrial]) -> None:
    """When each trial was first stored, and the days of its changes."""
    rows = {row.pk: row for row in Trial.objects.filter(pk__in=[trial.nct_id for trial in trials])}
    for trial in trials:
        last_minute = datetime.combine(trial.first_loaded, time(23, 59, 59), UTC)
        rows[trial.nct_id].first_loaded_at = last_minute
    Trial.objects.bulk_update(rows.values(), ["first_loaded_at"])
    TrialChange.objects.bulk_create(
        TrialChange(trial_id=trial.nct_id, field="overall_status", old="", new="RECRUITING", changed_on=day)
        for trial in trials
        for day in trial.changes
    )
    TrialChange.objects.update(seen_at=F("changed_on"))
