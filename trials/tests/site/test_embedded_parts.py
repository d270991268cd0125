"""Parts of the embedded server that need no server."""

import os
from pathlib import Path

import pytest

from hcctrials.embedded import binaries as programs
from hcctrials.embedded import environment, logfile
from hcctrials.embedded.account import server_account
from hcctrials.embedded.commands import needs_database
from hcctrials.embedded.errors import EmbeddedError
from hcctrials.embedded.layout import layout
from hcctrials.serving.port import wanted_port


@pytest.mark.parametrize("depth", [1, 40])
def test_the_socket_path_is_short_however_long_the_data_folder_is(depth: int) -> None:
    place = layout(Path("/", *["a-rather-long-folder-name"] * depth))
    assert len(str(place.socket_dir / ".s.PGSQL.5432.lock")) < 100


def test_two_data_folders_have_two_sockets() -> None:
    assert layout(Path("/a")).socket_dir != layout(Path("/b")).socket_dir


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["manage.py"], False),
        (["manage.py", "--version"], False),
        (["manage.py", "read_eligibility", "-"], False),
        (["manage.py", "migrate", "--help"], False),
        (["manage.py", "check"], False),
        (["manage.py", "migrate"], True),
        (["manage.py", "load_trials", "x.jsonl"], True),
    ],
)
def test_which_commands_start_the_server(arguments: list[str], needed: bool) -> None:
    assert needs_database(arguments) is needed


@pytest.mark.parametrize(
    ("variables", "local"),
    [
        ({}, True),
        ({"DJANGO_SECRET_KEY": "x"}, False),
        ({"DATABASE_URL": "postgresql:///x"}, False),
        ({"DATABASE_URL": "postgresql:///x", "HCCTRIALS_LOCAL": "1"}, True),
        ({"HCCTRIALS_LOCAL": "0"}, False),
    ],
)
def test_when_local_values_are_filled_in(variables: dict[str, str], local: bool) -> None:
    assert environment.is_local(variables) is local


def test_the_local_secret_is_kept_and_private(tmp_path: Path) -> None:
    first = environment.secret_key(tmp_path / "data")
    assert len(first) >= 50
    assert environment.secret_key(tmp_path / "data") == first
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path / "data") == ["secret_key"]


@pytest.mark.parametrize("value", ["abc", "0", "65536", "-1", "8000.5", "٨٠٠٠x"])
def test_a_port_that_is_none(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", value)
    with pytest.raises(EmbeddedError, match="set it to a number from 1 to 65535"):
        wanted_port()


def test_logs_are_bounded_and_keep_being_written(tmp_path: Path) -> None:
    path = tmp_path / "log" / "x.log"
    descriptor = logfile.open_log(path)
    os.write(descriptor, b"old\n" * 100)
    logfile.bound(path, limit=100)
    os.write(descriptor, b"new\n")
    os.close(descriptor)
    assert path.read_text() == "new\n"
    assert path.with_name("x.log.1").read_text().startswith("old")
    assert logfile.tail(path) == "new"


def test_programs_are_copied_whole_for_an_account_that_cannot_read_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = programs.choose(None, tmp_path)
    monkeypatch.setattr(programs, "COPIES", tmp_path / "copies")
    monkeypatch.setattr(programs, "can", lambda *_: False)
    account = server_account().__class__("nobody", 65534, 65534, drop=True)
    copied = programs.readable_by(found, account)
    assert copied.folder != found.folder
    again = programs.inspect(copied.folder)
    assert again is not None
    assert again.full == found.full


def test_without_any_postgresql_the_message_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "candidate_folders", lambda: iter([tmp_path]))
    with pytest.raises(EmbeddedError, match="set DATABASE_URL"):
        programs.choose(None, tmp_path)
