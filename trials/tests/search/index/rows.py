"""Rows of the index without a store."""

from datetime import UTC, date, datetime, timedelta

from trials.search.index.rows import IndexedRow


def indexed_row(number: int) -> IndexedRow:
    day = date(2026, 1, 1) + timedelta(days=number % 90)
    return IndexedRow(
        number=number,
        nct_id=f"NCT{number:08d}",
        changed_at=datetime(2026, 1, 1, tzinfo=UTC),
        fingerprint=number,
        updated=day,
        start=day,
        enrollment=number % 50,
        newest_change=day,
        changed=day,
        is_still_there=True,
        types=(),
        facts={},
        sites=(),
        columns={"overall_status": "RECRUITING"},
    )
