"""Template filters that turn published values into words of the reader's language. Never queries."""

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from trials.registry.values import DatePrecision, parse_partial_date, unescape
from trials.vocabulary.countries import country_name
from trials.vocabulary.registry_terms import words

register = template.Library()


@register.filter
def term(value: str, element: str) -> str:
    """The words for a value of a data element: {{ trial.overall_status|term:"overall_status" }}."""
    return gettext(words(element, value)) if value else ""


@register.filter
def country(code: str) -> str:
    """A country's name in the reader's language."""
    return country_name(code, get_language() or "en")


@register.filter
def plain(text: str) -> str:
    """Registry Markdown without its escapes; still escaped by the template."""
    return unescape(text)


@register.filter
def registry_date(text: str) -> str:
    """ "2024-12" as "December 2024"; a text that is not a date as published."""
    day = parse_partial_date(text)
    if day is None:
        return text
    if day.precision is DatePrecision.YEAR:
        return str(day.first_day.year)
    return date_format(day.first_day, "YEAR_MONTH_FORMAT" if day.precision is DatePrecision.MONTH else "DATE_FORMAT")
