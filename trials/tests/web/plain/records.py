"""Trials that never were in a database, with their parts, for tests of words. Made by the rooms that make real ones."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from trials.eligibility import read
from trials.ingest.facts import fact_columns
from trials.ingest.rows import arm_rows, intervention_rows, site_rows, trial_values
from trials.models import Arm, FactInForce, Intervention, Site, Trial
from trials.registry.parser import parse_record
from trials.vocabulary.facts import FACTS
from trials.web.phrases import PUBLISHED, Phrase
from trials.web.plain.sentence import Line
from trials.web.plain.summary import PlainPart, plain_words_of
from trials.web.trial_facts import present_facts
from trials.web.trial_head import present_head

TODAY = date(2026, 11, 21)


def unsaved_trial(raw: Mapping[str, object]) -> Trial:
    """The trial of a raw record with what the reader reads from it."""
    record = parse_record(raw)
    trial = Trial(nct_id=record.nct_id, **trial_values(record))
    facts = [FactInForce(name=name, **fact_columns(fact)) for name, fact in read(record).facts.items()]
    arms = [Arm(position=place, **row) for place, row in enumerate(arm_rows(record))]
    given = [Intervention(position=place, **row) for place, row in enumerate(intervention_rows(record))]
    return _with_parts(
        trial, facts=facts, arms=arms, interventions=given, sites=[Site(**row) for row in site_rows(record)]
    )


def trial_of(facts: Mapping[str, object] | None = None, /, **columns: Any) -> Trial:
    """A trial by its columns, with stated facts; all others are not stated."""
    said = facts or {}
    rows = [
        FactInForce(name=name, status="stated" if name in said else "not_stated", value=said.get(name))
        for name in FACTS
    ]
    parts = {name: columns.pop(name, []) for name in ("arms", "interventions", "sites")}
    return _with_parts(Trial(nct_id="NCT01234567", **columns), facts=rows, **parts)


def _with_parts(trial: Trial, **parts: object) -> Trial:
    cache = {"contacts": [], "lab_limits": [], **parts}
    trial._prefetched_objects_cache = cache  # type: ignore[attr-defined]  # what prefetch_related fills
    return trial


def parts_of(trial: Trial) -> list[PlainPart]:
    return plain_words_of(trial, present_facts(trial), present_head(trial, TODAY), TODAY)


def lines_of(trial: Trial) -> list[Line]:
    return [line for part in parts_of(trial) for line in part.lines]


def said(trial: Trial) -> list[str]:
    """All sentences and items, the registry's own texts too."""
    return [text for line in lines_of(trial) for text in texts_of(line)]


def texts_of(line: Line, published: str | None = None) -> list[str]:
    """Sentences and items of a line; published stands in for the registry's own texts."""
    return [_text(phrase, published) for phrase in (*line.said, *line.items)]


def _text(phrase: Phrase, published: str | None) -> str:
    return "".join(published if published is not None and part.kind == PUBLISHED else part.text for part in phrase)
