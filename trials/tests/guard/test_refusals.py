"""What strangers can cause at will is one line of the log, and none of their words."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from hcctrials.logs import JsonLines

pytestmark = pytest.mark.django_db
MANY = {f"a{number}": "zqfield" for number in range(600)}


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the site writes, at the handler that its settings name."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("django")
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


@pytest.mark.parametrize("host", ["zqhost.example", "zqhost<script>", "zqhost:port", "["])
def test_a_wrong_host_is_one_line_without_its_words(host: str, client: Client, lines: io.StringIO) -> None:
    assert client.get("/about/", headers={"Host": host}).status_code == 400
    [line] = lines.getvalue().splitlines()
    assert "names no host of DJANGO_ALLOWED_HOSTS" in line
    assert "zqhost" not in line
    assert "Traceback" not in line


def test_too_large_a_form_is_one_line_too(client: Client, lines: io.StringIO) -> None:
    assert client.post("/child-pugh/", MANY).status_code == 400
    [line] = lines.getvalue().splitlines()
    assert "exceeded settings.DATA_UPLOAD_MAX_NUMBER_FIELDS" in line
    assert "zqfield" not in line
    assert "Traceback" not in line
