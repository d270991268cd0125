"""The index is made when a web process begins, and a database that is away stops nothing."""

from unittest.mock import patch

import pytest
from django.db import OperationalError

from hcctrials.serving.warm import start
from trials.search.index.live import LIVE


@pytest.mark.django_db(transaction=True)
def test_the_index_stands_before_the_first_search() -> None:
    LIVE.drop()
    start().join()
    with patch.object(LIVE, "current", side_effect=AssertionError("built again")):
        LIVE.prepare()


def test_a_database_that_is_away_is_noted_and_nothing_more(caplog: pytest.LogCaptureFixture) -> None:
    with patch.object(LIVE, "prepare", side_effect=OperationalError("away")):
        start().join()
    assert "could not be made yet" in caplog.text
