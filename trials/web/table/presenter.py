"""The table of results around its rows: headings with their sorts, columns to choose, how many rows. Never queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from trials.search.filterset import LARGEST_PAGE_SIZE, PAGE_SIZE
from trials.web.query_links import QueryLinks
from trials.web.table.columns import COLUMNS
from trials.web.table.look import Look

_PAGE_SIZES = (PAGE_SIZE, 50, LARGEST_PAGE_SIZE)


@dataclass(frozen=True, slots=True)
class Heading:
    """sort_label are the words of the order that the heading offers, "" where it offers none or has it already.

    order is the value of aria-sort, "" where the rows are in another order.
    """

    name: str
    label: str
    sort_url: str = ""
    sort_label: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    name: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SizeChoice:
    size: int
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class TableView:
    """fields are the rest of the search as hidden fields of the form that chooses columns."""

    headings: Sequence[Heading]
    rows: Sequence[SafeString]
    choices: Sequence[ColumnChoice]
    sizes: Sequence[SizeChoice]
    fields: Sequence[tuple[str, str]]
    usual_url: str


def present_table(
    look: Look, rows: Sequence[SafeString], sorts: Mapping[str, str], sort: str, page_size: int, links: QueryLinks
) -> TableView:
    """sorts are the orders that this search can have, with their words; sort is the one that it has."""
    return TableView(
        headings=[_heading(name, sorts, sort, links) for name in look.columns],
        rows=rows,
        choices=[ColumnChoice(name, gettext(one.label), name in look.columns) for name, one in COLUMNS.items()],
        sizes=[SizeChoice(size, links.setting("page_size", str(size)), size == page_size) for size in _PAGE_SIZES],
        fields=links.fields("column"),
        usual_url=links.setting("column"),
    )


def _heading(name: str, sorts: Mapping[str, str], sort: str, links: QueryLinks) -> Heading:
    column = COLUMNS[name]
    label = gettext(column.label)
    if column.sort not in sorts:
        return Heading(name, label)
    if column.sort == sort:
        return Heading(name, label, order="ascending" if sort == "distance" else "descending")
    return Heading(name, label, links.setting("sort", column.sort), sorts[column.sort])
