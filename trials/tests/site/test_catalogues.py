"""Every text of the interface stands in every catalogue; a language that is offered has all of them, in good form."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import to_locale

LOCALE = Path(settings.LOCALE_PATHS[0])
CATALOGUES = {path.parent.parent.name: path for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))}
OFFERED = [to_locale(code) for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
MARKS = {
    **dict.fromkeys(("gettext", "_", "gettext_lazy", "gettext_noop")),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")


@cache
def source() -> Catalog:
    """The texts as `make messages` finds them."""
    with (LOCALE / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = Catalog()
    for path, line, said, comments, context in extract_from_dir(
        str(settings.BASE_DIR), methods, options, keywords=MARKS, strip_comment_tags=True
    ):
        found.add(said, locations=[(path, line)], auto_comments=comments, context=context)
    return found


@cache
def catalogue(language: str) -> Catalog:
    with CATALOGUES[language].open("rb") as file:
        return read_po(file, locale=language)


def texts(catalog: Catalog) -> dict[tuple[str | None, object], Message]:
    return {(message.context, message.id): message for message in catalog if message.id}


def several(text: object) -> list[str]:
    """One text, or those for one and for more."""
    return [str(one) for one in text] if isinstance(text, list | tuple) else [str(text)]


def forms(message: Message) -> Iterator[tuple[str, str]]:
    """Each translated form beside the English that it stands for."""
    ids, said = several(message.id), several(message.string)
    for number, form in enumerate(said):
        is_only_form = len(said) == 1
        yield ids[-1] if number or is_only_form else ids[0], form


def test_there_are_catalogues_for_what_is_offered_and_what_is_prepared() -> None:
    assert set(OFFERED) <= set(CATALOGUES)
    assert {"fr", "zh_Hans", "ko", "ja", "es", "vi"} <= set(CATALOGUES)
    assert len(texts(source())) > 1000


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_catalogue_has_the_texts_of_the_source_and_no_others(language: str) -> None:
    ours, theirs = set(texts(source())), set(texts(catalogue(language)))
    assert not ours ^ theirs, "make messages"


@pytest.mark.parametrize("language", OFFERED)
def test_an_offered_language_is_whole(language: str) -> None:
    empty = [said for _, said in forms_of(language) if not said.strip()]
    assert not empty
    assert not [message.id for message in catalogue(language) if message.fuzzy and message.id]


@pytest.mark.parametrize("language", CATALOGUES)
def test_placeholders_and_markup_are_kept(language: str) -> None:
    """A form for one may leave out the number."""
    wrong = []
    for message in texts(catalogue(language)).values():
        is_plural = isinstance(message.id, tuple)
        for number, (english, said) in enumerate(forms(message)):
            if not said:
                continue
            ours, theirs = sorted(PLACEHOLDER.findall(english)), sorted(PLACEHOLDER.findall(said))
            may_leave_out = is_plural and number == 0 and len(several(message.string)) > 1
            if ours != theirs and not (may_leave_out and set(theirs) <= set(ours)):
                wrong.append(said)
            if sorted(TAG.findall(english)) != sorted(TAG.findall(said)):
                wrong.append(said)
    assert not wrong


@pytest.mark.parametrize("language", CATALOGUES)
def test_plural_forms_are_as_many_as_the_language_has(language: str) -> None:
    catalog = catalogue(language)
    plurals = [message for message in catalog if isinstance(message.id, tuple)]
    assert plurals
    assert all(len(several(message.string)) == catalog.num_plurals for message in plurals)


@pytest.mark.parametrize("language", OFFERED)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    path = CATALOGUES[language]
    assert path.with_suffix(".mo").stat().st_mtime >= path.stat().st_mtime, "make setup"


def forms_of(language: str) -> Iterator[tuple[str, str]]:
    for message in texts(catalogue(language)).values():
        yield from forms(message)
