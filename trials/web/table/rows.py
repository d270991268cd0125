"""The rows of the table, finished: only those that no other search has shown alike are read and rendered."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from trials.search.finding import Found, Hit
from trials.search.page_rows import site_summaries
from trials.search.table_rows import trials_of_table
from trials.web.fragments import Fragments
from trials.web.table.cells import Shown, cells_of
from trials.web.table.columns import COLUMNS, OF_SITES

_KEPT = Fragments(4096)  # rows of about 3 KB


def load_rows(found: Found, hits: Sequence[Hit], columns: Sequence[str], today: date) -> list[SafeString]:
    origin = found.filterset.origin
    shown_for = (get_language(), get_script_prefix(), today, tuple(columns), origin and origin.value)

    def render(missing: list[str]) -> Iterator[tuple[str, SafeString]]:
        facts = {COLUMNS[name].fact for name in columns} - {""}
        trials = trials_of_table(missing, facts, with_interventions="interventions" in columns)
        sites = site_summaries(trials, origin) if OF_SITES.intersection(columns) else {}
        for trial in trials:
            by_name = {fact.name: fact for fact in trial.facts.all()}
            shown = Shown(trial, by_name, sites.get(trial.nct_id), today, origin is not None)
            cells = cells_of(shown, columns)
            yield trial.nct_id, render_to_string("trials/table/row.html", {"trial": trial, "cells": cells})

    return _KEPT.each({hit.nct_id: (hit, shown_for) for hit in hits}, render)
