"""The day on which these tests look at the pages: what is stale depends on it."""

from datetime import date

import pytest

from trials.web.data_age import DataAge

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DataAge, "today", TODAY)
