"""Stored texts read again: facts follow the reader, whole batches or none, and nothing else is touched."""

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DataError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from trials.eligibility import READER_VERSION, Fact
from trials.eligibility.evaluation import Answer
from trials.ingest import reading_pool, reread
from trials.ingest.facts import write_facts
from trials.ingest.reading_pool import Reading, ReadingProcessDied, StoredText, read_texts
from trials.ingest.reread import RereadReport, Step, UnknownTrials, select_trials
from trials.models import EligibilityFact, RecordVersion, Trial
from trials.tests.builders import load, raw_record
from trials.tests.ingest.dying import die
from trials.tests.ingest.rows import stored, writes
from trials.tests.site.machine import until
from trials.tests.tasks.standing_in_the_way import somebody_waits

CRITERIA = "Inclusion Criteria:\n\n* Child-Pugh A\n* ECOG 0 or 1\n\nExclusion Criteria:\n\n* Hepatitis B"
NEWER = "Inclusion Criteria:\n\n* Chronic hepatitis B infection is required"
IDS = [f"NCT{number:08d}" for number in range(1, 8)]


def _load(*ids: str, criteria: str = CRITERIA) -> None:
    load(*(raw_record(nct_id, criteria=criteria) for nct_id in ids))


def _as_an_older_reader_left_it(*ids: str, name: str = "hbv") -> None:
    """The fact stands as if nothing had been said, and the trial as read by a version that is no more."""
    rows = EligibilityFact.objects.filter(trial_id__in=ids, name=name)
    rows.update(status="not_stated", value=None, evidence=[], computed_values=["not_stated"])
    Trial.objects.filter(pk__in=ids).update(reader_version=READER_VERSION + 1)


def _reread(*ids: str, stale: bool = False, **options: int) -> tuple[RereadReport, list[Step]]:
    report = RereadReport()
    steps = list(reread.reread(select_trials(ids, stale=stale), **options))  # type: ignore[arg-type]
    for step in steps:
        report.add(step)
    return report, steps


def _answers(name: str = "hbv") -> dict[str, str | None]:
    return dict(EligibilityFact.objects.filter(name=name).values_list("trial_id", "value"))


def _versions() -> set[int]:
    return set(Trial.objects.values_list("reader_version", flat=True))


@pytest.mark.django_db
def test_facts_become_what_the_reader_reads_now() -> None:
    _load(*IDS)
    before = stored()
    keys = dict(EligibilityFact.objects.values_list("pk", "trial_id"))
    _as_an_older_reader_left_it(*IDS[:3])
    report, [step] = _reread()
    assert report.as_json() == {"read": 7, "changed_trials": 3, "changed_facts": 3, "changed_limits": 0, "failed": 0}
    assert [(one.nct_id, one.fact.name) for one in step.differences] == [(nct_id, "hbv") for nct_id in IDS[:3]]
    first = step.differences[0]
    assert (first.before, first.after) == (Answer("not_stated"), Answer("stated", "excluded"))
    assert "Hepatitis B" in first.fact.evidence[0].quote
    assert stored() == before
    assert dict(EligibilityFact.objects.values_list("pk", "trial_id")) == keys
    assert _reread()[0].as_json() == {
        "read": 7,
        "changed_trials": 0,
        "changed_facts": 0,
        "changed_limits": 0,
        "failed": 0,
    }


@pytest.mark.django_db
def test_a_dry_run_finds_the_same_and_writes_nothing() -> None:
    _load(*IDS)
    _as_an_older_reader_left_it(*IDS[:3])
    before = stored()
    with CaptureQueriesContext(connection) as queries:
        dry, dry_steps = _reread(dry_run=True)
    assert writes(queries) == []
    assert stored() == before
    wet, wet_steps = _reread()
    assert (dry, dry_steps) == (wet, wet_steps)
    assert stored() != before


@pytest.mark.django_db
def test_what_stays_the_same_is_not_written() -> None:
    _load(*IDS)
    with CaptureQueriesContext(connection) as queries:
        report, _ = _reread()
    assert report.read == len(IDS)
    assert writes(queries) == []


@pytest.mark.django_db
def test_every_trial_that_was_read_carries_the_present_version_and_nothing_else_of_it_changes() -> None:
    _load(*IDS)
    Trial.objects.update(reader_version=READER_VERSION + 1, parser_version=99)
    EligibilityFact.objects.update(reader_version=READER_VERSION + 1)
    before = stored()
    with CaptureQueriesContext(connection) as queries:
        report, _ = _reread()
    after = stored()
    assert (report.read, report.answers, report.others) == (len(IDS), {}, {})
    assert len(writes(queries)) == 2  # one for the trials, one for all their facts
    assert _versions() == set(EligibilityFact.objects.values_list("reader_version", flat=True)) == {READER_VERSION}
    for rows in (rows for tables in (before, after) for rows in tables.values()):
        for row in rows:
            row.pop("reader_version", None)
    assert after == before  # parser_version and loaded_at too


@pytest.mark.django_db
def test_other_words_for_the_same_answer_are_written_and_told_apart() -> None:
    _load(IDS[0])
    EligibilityFact.objects.filter(name="ecog").update(evidence=[])
    report, [step] = _reread()
    assert (report.as_json()["changed_facts"], report.others) == (0, {"ecog": 1})
    assert [one.is_other_answer for one in step.differences] == [False]
    assert EligibilityFact.objects.get(name="ecog").evidence


@pytest.mark.django_db
def test_a_fact_that_was_never_read_is_added() -> None:
    _load(IDS[0])
    EligibilityFact.objects.filter(name="hbv").delete()
    _, [step] = _reread()
    [difference] = step.differences
    assert (difference.nct_id, difference.before) == (IDS[0], None)
    assert _answers() == {IDS[0]: "excluded"}


@pytest.mark.django_db
def test_several_jobs_and_any_batch_size_give_the_same_as_one() -> None:
    _load(*IDS)
    found = []
    for jobs, batch_size in ((1, 100), (1, 1), (2, 2), (2, 3)):
        _as_an_older_reader_left_it(*IDS[1:6:2])
        report, steps = _reread(jobs=jobs, batch_size=batch_size)
        assert len(steps) == -(-len(IDS) // batch_size)
        found.append((report, [one for step in steps for one in step.differences], stored()))
    assert found == [found[0]] * len(found)


@pytest.mark.django_db
def test_only_stale_trials_and_only_those_that_are_named() -> None:
    _load(*IDS)
    _as_an_older_reader_left_it(*IDS[2:4])
    assert [trial.nct_id for trial in select_trials(stale=True)] == IDS[2:4]
    assert [trial.nct_id for trial in select_trials([IDS[3].lower(), IDS[0]], stale=True)] == [IDS[3]]
    assert _reread(IDS[2], IDS[0])[0].read == 2
    assert _answers()[IDS[3]] is None
    assert _reread(stale=True)[0].read == 1
    assert _reread(stale=True) == (RereadReport(), [])


@pytest.mark.django_db
def test_an_unknown_trial_is_named_before_anything_is_read() -> None:
    _load(IDS[0])
    with pytest.raises(UnknownTrials, match=r"^not in the store: NCT00000008, NCT9$"):
        select_trials(["NCT9", IDS[0], "NCT00000008"])


def _break_text(nct_id: str) -> None:
    """Raw records are never changed: the trial gets another one, which is no JSON."""
    version = RecordVersion.objects.create(nct_id=nct_id, sha256="0" * 64, raw="{")
    Trial.objects.filter(pk=nct_id).update(record_version=version)


@pytest.mark.django_db
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_record_that_cannot_be_read_keeps_its_facts_and_does_not_stop_the_others(jobs: int) -> None:
    _load(*IDS)
    _as_an_older_reader_left_it(*IDS)
    _break_text(IDS[3])
    report, steps = _reread(jobs=jobs, batch_size=3)
    assert report.as_json() == {"read": 6, "changed_trials": 6, "changed_facts": 6, "changed_limits": 0, "failed": 1}
    [(nct_id, reason)] = [failure for step in steps for failure in step.failures]
    assert (nct_id, reason.partition(":")[0]) == (IDS[3], "JSONDecodeError")
    assert _answers() == {nct_id: None if nct_id == IDS[3] else "excluded" for nct_id in IDS}
    assert [trial.nct_id for trial in select_trials(stale=True)] == [IDS[3]]
    assert sum(step.done for step in steps) == len(IDS)


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [DataError("too odd"), ValueError("a score is 5 to 15")])
def test_facts_that_cannot_be_stored_do_not_stop_those_of_the_same_batch(
    monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    _load(*IDS)
    _as_an_older_reader_left_it(*IDS)

    def write_all_but_one(facts: Mapping[str, Mapping[str, Fact]]) -> None:
        write_facts(facts)
        if IDS[3] in facts:
            raise fault

    monkeypatch.setattr(reread, "write_facts", write_all_but_one)
    report, [step] = _reread()
    assert report.as_json() == {"read": 6, "changed_trials": 6, "changed_facts": 6, "changed_limits": 0, "failed": 1}
    assert [(nct_id, str(fault) in reason) for nct_id, reason in step.failures] == [(IDS[3], True)]
    assert _answers()[IDS[3]] is None


@pytest.mark.django_db
def test_a_database_that_fails_is_not_the_fault_of_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    _load(*IDS)

    def fail(_facts: object) -> None:
        raise OperationalError("the server is going away")

    monkeypatch.setattr(reread, "write_facts", fail)
    with pytest.raises(OperationalError):
        _reread()


@pytest.mark.django_db
@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_a_run_that_is_stopped_leaves_complete_batches_only(
    monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    _load(*IDS)
    _as_an_older_reader_left_it(*IDS)

    def write_and_stop(facts: Mapping[str, Mapping[str, Fact]]) -> None:
        write_facts(facts)
        if IDS[4] in facts:
            raise stop

    monkeypatch.setattr(reread, "write_facts", write_and_stop)
    with pytest.raises(stop):
        _reread(batch_size=2)
    assert _answers() == {nct_id: "excluded" if nct_id in IDS[:4] else None for nct_id in IDS}
    assert [trial.nct_id for trial in select_trials(stale=True)] == IDS[4:]


@pytest.mark.django_db
def test_a_reading_process_that_dies_is_told_and_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    _load(*IDS)
    before = stored()
    monkeypatch.setattr(reading_pool, "read_texts", die)
    with pytest.raises(ReadingProcessDied, match=IDS[0]):
        _reread(jobs=2, batch_size=2)
    assert stored() == before


@pytest.mark.django_db
@pytest.mark.parametrize("dry_run", [False, True])
def test_a_trial_with_a_newer_record_is_left_alone(monkeypatch: pytest.MonkeyPatch, *, dry_run: bool) -> None:
    _load(*IDS[:3])

    def read_while_a_refresh_runs(texts: Sequence[StoredText]) -> list[Reading]:
        readings = read_texts(texts)
        load(raw_record(IDS[1], criteria=NEWER))
        Trial.objects.filter(pk=IDS[2]).delete()
        return readings

    monkeypatch.setattr(reading_pool, "read_texts", read_while_a_refresh_runs)
    report, [step] = _reread(dry_run=dry_run)
    assert step.superseded == IDS[1:3]
    assert (report.read, report.superseded, step.differences) == (1, 2, [])
    assert _answers() == {IDS[0]: "excluded", IDS[1]: "required"}


@pytest.fixture
def three_stale_trials(transactional_db: None) -> None:
    _load(*IDS[:3])
    _as_an_older_reader_left_it(*IDS[:3])


@pytest.mark.usefixtures("three_stale_trials")
def test_a_trial_that_a_loader_holds_is_waited_for_and_left_alone() -> None:
    """The loader has written but not finished when the reading comes to write: the newer text wins."""
    has_written, may_finish = threading.Event(), threading.Event()

    def refresh() -> None:
        try:
            with transaction.atomic():
                load(raw_record(IDS[1], criteria=NEWER))
                has_written.set()
                assert may_finish.wait(60)
        finally:
            connection.close()

    def read_again() -> RereadReport:
        try:
            return _reread()[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        refreshed = pool.submit(refresh)
        assert has_written.wait(60)
        report = pool.submit(read_again)
        until(somebody_waits, "the reading at the loader's trial")
        assert not report.done()
        may_finish.set()
        refreshed.result(60)
        assert (report.result(60).read, report.result().superseded) == (2, 1)
    assert _answers() == {IDS[0]: "excluded", IDS[1]: "required", IDS[2]: "excluded"}
