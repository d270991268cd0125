"""A word of a page with its explanation at the place, by touch, mouse or keyboard, and without script. Never queries.

Makes a <details>, so it stands where a block may stand: in <dt>, <dd>, <li>, <td> or <div>, not in <p> or <label>.
"""

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.vocabulary.glossary import Term, glossary, terms_by_fact

register = template.Library()


@register.inclusion_tag("glossary/term.html")
def term(key: str, label: str = "") -> dict[str, str]:
    """{% term "child-pugh" %}, or with the page's own words for it: {% term "child-pugh" words %}."""
    return _shown(glossary()[key], label)


@register.inclusion_tag("glossary/term.html")
def what_is(key: str) -> dict[str, str]:
    """A question beside a field whose label says the word already: {% what_is "bilirubin" %}."""
    found = glossary()[key]
    return _shown(found, _("What is “%(word)s”?") % {"word": gettext(found.name)})


@register.inclusion_tag("glossary/term.html")
def fact_term(fact: str, label: str) -> dict[str, str]:
    """The words for a fact, explained where the glossary explains it: {% fact_term fact.words.name words %}."""
    found = terms_by_fact().get(fact)
    return _shown(found, label) if found else {"label": label}


def _shown(found: Term, label: str) -> dict[str, str]:
    return {"key": found.key, "label": label or gettext(found.name), "plain": gettext(found.plain)}
