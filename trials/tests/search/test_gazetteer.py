"""Towns in memory: every name and every place against the tables themselves."""

import pytest
from django.db.models.functions import Collate

from trials.models import Town, TownName
from trials.search.gazetteer import Gazetteer, gazetteer
from trials.search.town_lookup import towns_called

pytestmark = pytest.mark.django_db
TOWNS = [(float(number), 0.0, 10 - number, f"{number + 100}\tT{number}\tFR\t\t") for number in range(3)]


@pytest.mark.parametrize("beginning", ["vil", "q", "東", "1", "zz", "𠀀"])
def test_every_name_leads_to_the_towns_of_the_table(beginning: str) -> None:
    named: dict[str, set[tuple[int, bool]]] = {}
    rows = TownName.objects.filter(folded__startswith=beginning).order_by()
    for folded, town, is_own in rows.values_list("folded", "town_id", "is_own"):
        named.setdefault(folded, set()).add((town, is_own))
    assert {one.folded for one in gazetteer().names_beginning(beginning)} == set(named)
    for name, towns in named.items():
        assert {(town.id, town.is_own) for town in towns_called([name])} == towns, name


def test_the_first_and_the_last_name_are_found() -> None:
    for order in (Collate("folded", "C").asc(), Collate("folded", "C").desc()):
        name = TownName.objects.order_by(order)[0].folded
        assert towns_called([name]), name


def test_every_town_keeps_its_columns() -> None:
    towns = gazetteer()
    rows = {town.pk: town for town in Town.objects.all()}
    assert len(towns.latitudes) == len(rows)
    for number in range(0, len(rows), 7):
        text = towns.text(number)
        row = rows[text.id]
        assert (text.name, text.country_code, text.region, text.qualifier) == (
            row.name,
            row.country_code,
            row.region,
            row.qualifier,
        )
        place = towns.latitudes[number], towns.longitudes[number], towns.populations[number]
        assert place == (row.latitude, row.longitude, row.population)
    assert [towns.latitudes[number] for number in towns.between(45, 45.1)] == sorted(
        row.latitude for row in rows.values() if 45 <= row.latitude <= 45.1
    )


@pytest.mark.parametrize("names", ["", "a\t0+", "a\t0+\na b\t1\nab\t2", "a\t0+\na\t1\na\t2"])
def test_small_lists(names: str) -> None:
    towns = Gazetteer(TOWNS, names)
    lines = [line.split("\t") for line in names.split("\n") if line]
    for sought in ("", "a", "a b", "ab", "b", "A", "\ud800"):
        called = [(one.folded, one.number, one.is_own) for one in towns.called(sought)]
        assert called == [(name, int(n.strip("+")), "+" in n) for name, n in lines if name == sought]
        assert [one.folded for one in towns.names_beginning(sought)] == [n for n, _ in lines if n.startswith(sought)]
