"""Puts a mail of `trials.alerts` into words, in its reader's language: subject, plain text, simple HTML.

Nothing in it is fetched from anywhere, and no link tells who followed it but those that change or end the search. A
mail that anybody can have sent to anybody carries no message of theirs: words that could be one are left out.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trials.alerts.following import CONFIRM_WITHIN
from trials.alerts.letters import Letter
from trials.alerts.secret_links import link_key
from trials.models import AlertMail, MailKind
from trials.web.alerts.search_words import search_labels
from trials.web.alerts.site_links import whole, whole_search
from trials.web.alerts.told_trials import told_trials
from trials.web.language import under_language

_UNASKED = (MailKind.CONFIRM, MailKind.KNOWN)
_SEARCH_WORDS = re.compile(r"""[\w\s"'’“”(),+-]{,60}""")  # nothing that a mail program makes a link of


def compose(mail: AlertMail) -> Letter:
    """mail.search is read."""
    search = mail.search
    with under_language(search.language, is_named=True):
        key, query = link_key(search), QueryDict(search.query, mutable=True)
        is_cut = mail.kind in _UNASKED and not _SEARCH_WORDS.fullmatch(query.get("q", ""))
        if is_cut:
            del query["q"]
        context: dict[str, Any] = {
            "labels": search_labels(query.urlencode()) + ["…"] * is_cut,
            "search_url": whole_search(query.urlencode()),
            "confirm_url": whole("follow-confirm", key=key),
            "manage_url": whole("follow-manage", key=key),
            "stop_url": whole("follow-stop", key=key),
            "days": CONFIRM_WITHIN.days,
            "language": search.language,
        }
        if mail.kind == MailKind.TRIALS:
            trials, number = told_trials(mail)
            context |= {"trials": trials, "number": number, "more": number - len(trials)}
        context["subject"] = subject = _subject(mail, context)
        return Letter(
            subject=subject,
            text=render_to_string(f"emails/{mail.kind}.txt", context),
            html=render_to_string(f"emails/{mail.kind}.html", context),
            stop_url=context["stop_url"],
            language=search.language,
        )


def _subject(mail: AlertMail, context: Mapping[str, Any]) -> str:
    """A search is not named: whoever looks over a shoulder reads the subject first."""
    if mail.kind == MailKind.TRIALS:
        number = context["number"]
        said = ngettext("%(number)d trial of your search changed", "%(number)d trials of your search changed", number)
        return said % {"number": number}
    subjects = {
        MailKind.CONFIRM: _("Please confirm: follow a search for trials"),
        MailKind.KNOWN: _("You follow this search already"),
        MailKind.PAUSED: _("Your search cannot be followed any more"),
    }
    return subjects[MailKind(mail.kind)]
