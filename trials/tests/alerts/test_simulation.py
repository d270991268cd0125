"""No lost and no doubled alert over many refreshes with faults. `make simulate-alerts` runs a thousand."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from trials.tests.alerts.mail_server import MailServer
from trials.tests.alerts.senders import Sender
from trials.tests.alerts.simulation import Simulation

REFRESHES = int(os.environ.get("SIMULATED_REFRESHES", "30"))
SEED = int(os.environ.get("SIMULATION_SEED", "20261121"))


@pytest.fixture
def sender(mail_server: MailServer, tmp_path: Path) -> Iterator[Sender]:
    """Ended with the test, where the story has begun one."""
    sender = Sender(tmp_path)
    yield sender
    sender.stop()


@pytest.mark.django_db(transaction=True)
def test_no_alert_is_lost_or_doubled(mail_server: MailServer, sender: Sender) -> None:
    simulated = Simulation(mail_server, sender, SEED)
    simulated.run(REFRESHES)
    problems = simulated.problems()
    print(f"{REFRESHES} refreshes, seed {SEED}: {dict(sorted(simulated.counts.items()))}")
    assert problems == []
    assert simulated.counts["told"]
    assert simulated.counts["cut"]


@pytest.mark.django_db(transaction=True)
def test_the_simulation_notices_what_is_lost_and_what_is_doubled(mail_server: MailServer, sender: Sender) -> None:
    simulated = Simulation(mail_server, sender, 7)
    simulated.run(8)
    assert simulated.problems() == []
    address, reader = next((name, one) for name, one in simulated.readers.items() if one.told)
    told = next(iter(reader.told))
    reader.told[told] += 1
    assert any("lost" in problem for problem in simulated.problems())
    reader.told = Counter()
    assert any(f"{address} {reader.query}: too much" in problem for problem in simulated.problems())
