"""Static files of the release before are served beside the new ones, where they lie in one folder (docs/runbook.md)."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from whitenoise.middleware import WhiteNoiseMiddleware


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "source"
    folder.mkdir()
    with override_settings(
        STATIC_ROOT=str(tmp_path / "static"),
        STATICFILES_DIRS=[str(folder)],
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
        STORAGES={"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}},
    ):
        yield folder


def released(source: Path, style: str) -> str:
    """The address of the style in a page of this release."""
    (source / "site.css").write_text(style)
    call_command("collectstatic", interactive=False, verbosity=0)
    staticfiles_storage._wrapped = None  # type: ignore[attr-defined]  # a new process reads its own manifest
    staticfiles_storage._setup()  # type: ignore[attr-defined]
    return str(staticfiles_storage.url("site.css"))


def served(address: str) -> tuple[int, bytes]:
    """By a process that starts now."""
    middleware = WhiteNoiseMiddleware(lambda _request: HttpResponse(status=404))
    with contextlib.closing(middleware(RequestFactory().get(address))) as answer:
        return answer.status_code, b"".join(answer)


@pytest.mark.django_db  # the end of an answer looks after connections
def test_pages_of_both_releases_find_their_style(source: Path) -> None:
    before, after = (released(source, f"body {{ color: {colour} }}") for colour in ("red", "blue"))
    assert before != after
    assert served(before) == (200, b"body { color: red }")
    assert served(after) == (200, b"body { color: blue }")
    assert served("/static/site.000000000000.css") == (404, b"")
