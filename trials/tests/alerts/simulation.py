"""Refreshes with faults everywhere, and readers who follow searches meanwhile; beside them the oracle.

Faults: runs that fail, that are partial, that take long while somebody looks; looks that die at any query; a mail
server that refuses, stalls and breaks off; senders that are killed with -9. Everything comes from one random seed.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from django.core.mail import get_connection
from django.db import connection

from trials.alerts.following import stop
from trials.alerts.gathering import gather_all
from trials.alerts.handing import hand_over
from trials.alerts.looking import look
from trials.ingest.load import load_document
from trials.ingest.sources import document_from_data
from trials.models import AlertEvent, AlertMail, Following, MailState, Rhythm, RunStatus, SavedSearch
from trials.tasks.alerts import EYES, compose
from trials.tests.alerts.following_searches import close_run, follow, open_run
from trials.tests.alerts.mail_server import MailServer
from trials.tests.alerts.oracle import CITIES, QUERIES, Plan, Reader, Registry, Told
from trials.tests.alerts.senders import Sender
from trials.tests.builders import site
from trials.tests.ingest.refreshes import study

_FAULTS = ("busy", "policy", "content", "cut", "cut", "torn", "closing")
_MOST_READERS, _TRIALS = 12, 15


class _Killed(Exception):
    """A look that died."""


@dataclass
class Simulation:
    """Afterwards `problems` says what differs between the oracle and what arrived."""

    server: MailServer
    sender: Sender
    seed: int
    now: datetime = datetime(2026, 11, 21, 6, tzinfo=UTC)
    registry: Registry = field(default_factory=dict)
    history: dict[int, Registry] = field(default_factory=lambda: {0: {}})
    readers: dict[str, Reader] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def run(self, refreshes: int) -> None:
        self.random, self._server_chance = Random(self.seed), Random(self.seed + 1)
        self.server.faults = self._fault
        for _ in range(refreshes):
            self._come_and_go()
            self._refresh()
            self._look()
            self._let_the_oracle_look()
            self.now += timedelta(hours=self.random.choice((1, 6, 24)))
            if self.random.random() < 0.15:
                gather_all(Rhythm.WEEKLY, self.now)
            gather_all(Rhythm.AT_ONCE, self.now)
            self._send()
        self._calm_down()

    def problems(self) -> list[str]:
        arrived = self._arrived()
        found = []
        for address, reader in self.readers.items():
            search = SavedSearch.objects.get(address=address)
            lost, doubled = reader.told - arrived[address], arrived[address] - reader.told
            if search.state != Following.CONFIRMED:  # its mails came back for days
                lost = Counter()
                self.counts["ended"] += 1
            found += [f"{address} {reader.query}: lost {lost}"] if lost else []
            found += [f"{address} {reader.query}: too much {doubled}"] if doubled else []
            self.counts["told"] += arrived[address].total()
        copies = len(self.server.taken) - len({taken.id for taken in self.server.taken})
        self.counts.update(mails=len(self.server.taken) - copies, copies=copies, kills=self.sender.kills)
        if copies > self.counts["cut"] + self.sender.kills:
            found.append(f"{copies} copies, more than receipts that were lost")
        return found

    def _arrived(self) -> dict[str, Counter[Told]]:
        """What arrived, each mail once by its Message-ID; that its words name the trials is checked here too."""
        arrived: dict[str, Counter[Told]] = {address: Counter() for address in self.readers}
        for taken in {taken.id: taken for taken in self.server.taken}.values():
            mail = AlertMail.objects.filter(pk=taken.id.strip("<").partition("-")[0]).first()
            if mail is None or taken.recipient not in arrived:
                continue  # its reader has stopped since
            events = [_told(event) for event in mail.events.select_related("change")]
            assert all(told[0] in taken.text() for told in events)
            arrived[taken.recipient].update(events)
        return arrived

    def _come_and_go(self) -> None:
        if len(self.readers) < _MOST_READERS and self.random.random() < 0.5:
            address = f"reader{self.counts['readers']}@example.org"
            self.counts["readers"] += 1
            query = self.random.choice(QUERIES)
            follow(address, query, self.random.choice((Rhythm.AT_ONCE, Rhythm.AT_ONCE, Rhythm.WEEKLY)), now=self.now)
            self.readers[address] = Reader(query, max(self.history))
        elif self.readers and self.random.random() < 0.04:
            address = self.random.choice(list(self.readers))
            stop(SavedSearch.objects.get(address=address))
            del self.readers[address]

    def _refresh(self) -> None:
        how = self.random.choice(("good", "good", "good", "partial", "failed", "nothing"))
        self.counts[how] += 1
        run = open_run()
        if how == "failed":
            close_run(run, RunStatus.FAILED)
            return
        for nct_id in self.random.sample(range(1, _TRIALS + 1), 0 if how == "nothing" else self.random.randint(1, 4)):
            self._bring(nct_id, run.pk)
            if self.random.random() < 0.1:
                assert look(EYES, self.now) == 0  # a run that is loading is nobody's news
        close_run(run, RunStatus.PARTIAL if how == "partial" else RunStatus.SUCCEEDED)
        self.history[run.pk] = dict(self.registry)

    def _bring(self, number: int, run_id: int) -> None:
        nct_id = f"NCT{number:08d}"
        plan = self.registry.get(nct_id, Plan()).changed(self.random)
        self.registry[nct_id] = plan
        load_document(document_from_data(_record(number, plan), "a simulation"), run_id=run_id)

    def _look(self) -> None:
        """Mostly to its end; else it dies at some query. Sometimes nobody looks, and the next look has more to do."""
        chance = self.random.random()
        if chance < 0.1:
            return
        if chance < 0.4:
            left = [self.random.randint(1, 60)]

            def dies(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
                left[0] -= 1
                if left[0] == 0:
                    raise _Killed
                return execute(sql, params, many, context)

            try:
                with connection.execute_wrapper(dies):
                    look(EYES, self.now)
            except _Killed:
                self.counts["looks that died"] += 1
            return
        look(EYES, self.now)

    def _let_the_oracle_look(self) -> None:
        """The store says only up to which run a reader was looked at; what was to be told follows from the history."""
        for address, reader in self.readers.items():
            looked = SavedSearch.objects.values_list("looked_run", flat=True).get(address=address)
            assert looked is not None
            if looked > reader.looked:
                reader.see(self.history, looked)

    def _send(self) -> None:
        chance = self.random.random()
        if chance < 0.06:
            self.sender.send(self.now, kill_after=self.random.random() * 0.15)
        elif chance < 0.12:
            self.sender.send(self.now)
        else:
            hand_over(get_connection, compose(), lambda: self.now)

    def _fault(self, _recipient: str) -> str:
        """By a chance of its own, so that the rest of the story does not depend on how often a mail is tried."""
        chance = self._server_chance
        fault = chance.choice(_FAULTS) if chance.random() < 0.25 else ""
        if not fault and chance.random() < 0.005:
            fault = "slow"
        self.counts[fault or "no fault"] += 1
        return fault

    def _calm_down(self) -> None:
        """No faults any more: what waits is handed over."""
        self.server.faults = lambda _recipient: ""
        look(EYES, self.now)
        self._let_the_oracle_look()
        confirmed = SavedSearch.objects.filter(state=Following.CONFIRMED)
        assert set(confirmed.values_list("looked_run", flat=True)) <= {max(self.history)}
        for rhythm in Rhythm:
            gather_all(rhythm, self.now)
        for _ in range(20):
            self.now += timedelta(hours=7)
            hand_over(get_connection, compose(), lambda: self.now)
        assert not AlertMail.objects.filter(state=MailState.WAITING).exists()


def _record(number: int, plan: Plan) -> dict[str, Any]:
    classes = "A" if plan.child_pugh == "A" else "A or B"
    sites = [site(city, CITIES[city], facility=city, status=status) for city, status in plan.sites.items()]
    return study(
        number,
        status=plan.status,
        criteria=f"Inclusion Criteria:\n\n* Child-Pugh {classes}",
        sites=sites or None,
        summary=f"Remark {plan.remark}",
    )


def _told(event: AlertEvent) -> Told:
    name, run = event.trial_id, str(event.run_id)
    if event.kind == "facts":
        return name, run, "facts", ""
    if event.change is None:
        return name, run, event.kind
    new, old, field_name = event.change.new, event.change.old, event.change.field
    if field_name == "sites":
        stands, is_there = (new, True) if new else (old or {}, False)
        return name, run, field_name, f"{stands['city']} {stands['status'] if is_there else 'gone'}"
    return name, run, field_name, str(new) if field_name == "overall_status" else ""
