"""/glossary/: the words of our pages by letter, with a search that needs no script. Reads the request, presents."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from trials.vocabulary.glossary import Term, glossary
from trials.vocabulary.writings import folded
from trials.web.word_lists import side_by_side

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class TermView:
    """A word in the reader's language. see holds keys and names of words beside it."""

    term: Term
    name: str
    plain: str
    clinical: str
    see: Sequence[tuple[str, str]]

    @property
    def also(self) -> str:
        return side_by_side(self.term.also)

    @property
    def letter(self) -> str:
        """The Latin letter or digit under which it stands, "" for a name in another script, which has no such order."""
        first = folded(self.name)[:1].upper()
        return first if first.isascii() and first.isalnum() else ""


@require_safe
def glossary_page(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:_LONGEST]
    views = sorted(map(_view, glossary().values()), key=_order)
    if asked:
        views = _found(views, asked)
    letters = [(letter, list(group)) for letter, group in groupby(views, key=lambda view: view.letter)]
    return render(request, "glossary/page.html", {"letters": letters, "asked": asked, "number": len(views)})


def _order(view: TermView) -> tuple[bool, str]:
    """Those with a letter first."""
    return not view.letter, folded(view.name)


def _view(term: Term) -> TermView:
    see = [(key, gettext(glossary()[key].name)) for key in term.see]
    return TermView(term, gettext(term.name), gettext(term.plain), gettext(term.clinical), see)


def _found(views: Sequence[TermView], asked: str) -> list[TermView]:
    """Words that are called so; where there are none, words whose explanation speaks of it."""
    wanted = folded(asked)
    called = [view for view in views if wanted in folded(" ".join((view.name, *view.term.also)))]
    return called or [view for view in views if wanted in folded(f"{view.plain} {view.clinical}")]
