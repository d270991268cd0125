"""What the client allows itself: pace, waits, budget, size, TLS, headers, proxies. No test waits by the clock."""

import ssl
import tomllib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import tenacity.nap
from django.conf import settings

from trials.registry import pacing
from trials.registry.client import PRODUCT, RegistryClient
from trials.registry.connection import DeadlineAdapter
from trials.registry.errors import RegistryGarbage, RegistryUnavailable
from trials.registry.limits import Limits
from trials.tests import registry_faults as faults
from trials.tests.registry.asking import CONDITION, CONTACT, FakeTime, client
from trials.tests.registry.hello import tls_versions_offered
from trials.tests.registry_server import RegistryServer


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds between attempts, which nobody waits for."""
    fake = FakeTime()
    monkeypatch.setattr(tenacity.nap, "time", fake)
    return fake.slept


def test_one_request_a_second(registry: RegistryServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request counts: versions, pages, attempts and redirects."""
    fake = FakeTime()
    monkeypatch.setattr(pacing, "time", fake)
    registry.rename("NCT00000001", "NCT00000099")
    registry.fail(faults.status(503), path="/version")
    with RegistryClient(
        registry.url, contact=CONTACT, limits=Limits(first_wait_seconds=0.001, longest_wait_seconds=0.01)
    ) as asking:
        list(asking.pages(CONDITION, page_size=3))
        asking.study("NCT00000001")
        assert asking.requests_made == 7
    assert fake.slept == [pytest.approx(1.0)] * 6


def test_time_that_passed_is_not_waited_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeTime()
    monkeypatch.setattr(pacing, "time", fake)
    pace = pacing.Pace(2)
    pace.wait()
    fake.now += 0.2
    pace.wait()
    fake.now += 60
    pace.wait()
    assert fake.slept == [pytest.approx(0.3)]


def test_waits_grow_and_differ_by_chance(registry: RegistryServer, waits: list[float]) -> None:
    registry.fail(faults.status(503), times=None)
    with client(registry.url, attempts=5, first_wait_seconds=1, longest_wait_seconds=5, call_seconds=100) as asking:
        for _ in range(2):
            with pytest.raises(RegistryUnavailable, match="Tried 5 times"):
                asking.version()
    assert len(waits) == 8
    for wait, least in zip(waits, [1, 2, 4, 5] * 2, strict=True):
        assert least <= wait <= min(least + 1, 5)
    assert waits[:3] != waits[4:7]


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [
        ("3", 3, 3.1),
        (" 7 ", 7, 7.1),
        ("0", 0.1, 0.2),
        ("60", 60, 60.1),
        ("61", 60, 60.1),
        ("9" * 400, 60, 60.1),
        (timedelta(seconds=40), 20, 40.1),
        (timedelta(days=1), 60, 60.1),
        (timedelta(days=-1), 0.1, 0.2),
        ("soon", 0.1, 0.2),
        ("-5", 0.1, 0.2),
        ("1e3", 0.1, 0.2),
        ("٣", 0.1, 0.2),
        ("Fri, 99 Foo 2026 99:99:99 GMT", 0.1, 0.2),
        ("", 0.1, 0.2),
    ],
)
def test_f_03_retry_after_within_reason(
    registry: RegistryServer, waits: list[float], header: str | timedelta, least: float, most: float
) -> None:
    text = header if isinstance(header, str) else format_datetime(datetime.now(UTC) + header, usegmt=True)
    named = {"Retry_After": text.encode().decode("latin-1")} if text else {}
    registry.fail(faults.status(429, **named))
    with client(
        registry.url, first_wait_seconds=0.1, longest_wait_seconds=60, call_seconds=300, budget_seconds=300
    ) as asking:
        asking.version()
    [wait] = waits
    assert least <= wait <= most


def test_f_03_a_wait_that_does_not_fit_the_call_is_not_begun(registry: RegistryServer, waits: list[float]) -> None:
    registry.fail(faults.status(503, Retry_After="30"), times=None)
    with client(registry.url, longest_wait_seconds=60, call_seconds=20) as asking:
        with pytest.raises(RegistryUnavailable, match=r"503.*Tried once"):
            asking.version()
        assert (asking.requests_made, waits) == (1, [])


def test_f_40_one_call_does_not_eat_the_time_of_all(registry: RegistryServer) -> None:
    registry.fail(faults.stall(), times=None)
    with client(registry.url, read_seconds=0.3, call_seconds=2, attempts=1000) as asking:
        with pytest.raises(RegistryUnavailable, match=r"fell silent|no complete answer|used up"):
            asking.version()
        assert asking.requests_made < 10
        registry.heal()
        assert asking.version()


def test_f_40_the_budget_of_the_client_ends(registry: RegistryServer) -> None:
    registry.fail(faults.stall(), times=None)
    with client(registry.url, budget_seconds=0.2, attempts=1000) as asking:
        with pytest.raises(RegistryUnavailable):
            asking.version()
        made = asking.requests_made
        assert made < 10
        registry.heal()
        with pytest.raises(RegistryUnavailable, match="the time that the registry may take is used up"):
            asking.version()
        assert asking.requests_made == made


def test_f_40_what_the_caller_does_between_pages_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeTime()
    monkeypatch.setattr(pacing, "time", fake)
    budget = pacing.Budget(10)
    with budget.spending():
        fake.now += 4
        assert budget.left == 6
    fake.now += 100
    assert budget.left == 6


@pytest.mark.parametrize("is_packed", [False, True])
def test_an_answer_that_is_too_large_is_not_read_on(registry: RegistryServer, is_packed: bool) -> None:
    registry.fail(faults.huge(20_000_000, is_packed=is_packed), times=None)
    with client(registry.url, largest_bytes=1_000_000) as asking:
        with pytest.raises(RegistryGarbage, match="more than 1,000,000 bytes"):
            asking.version()
        assert asking.requests_made == 1


def test_an_answer_of_the_largest_size(registry: RegistryServer) -> None:
    size = len(registry.reply("/version", {}).body)
    with client(registry.url, largest_bytes=size) as asking:
        assert asking.version()
    with client(registry.url, largest_bytes=size - 1) as asking, pytest.raises(RegistryGarbage):
        asking.version()


@pytest.mark.parametrize("name", ["connect_seconds", "attempts", "largest_bytes", "budget_seconds"])
def test_limits_that_make_no_sense(name: str) -> None:
    values: dict[str, Any] = {name: 0}
    with pytest.raises(ValueError, match=name):
        Limits(**values)


@pytest.mark.parametrize("rate", [0.0, -1.0, float("nan")])
def test_a_pace_that_makes_no_sense(rate: float) -> None:
    with pytest.raises(ValueError, match="requests_a_second"):
        RegistryClient("https://registry.example.org", contact=CONTACT, requests_a_second=rate)


def test_f_01_honest_headers(registry: RegistryServer) -> None:
    with client(registry.url) as asking:
        asking.version()
    [request] = registry.requests
    assert request.headers["User-Agent"] == f"{PRODUCT} (+{CONTACT})"
    assert request.headers["Accept"] == "application/json"
    assert request.headers["Accept-Encoding"] == "gzip"
    assert not {"Cookie", "Authorization", "Referer"} & set(request.headers)


def test_the_product_is_this_project() -> None:
    project = tomllib.loads(Path(settings.BASE_DIR, "pyproject.toml").read_text("utf-8"))["project"]
    assert f"{project['name']}/{project['version']}" == PRODUCT


@pytest.mark.parametrize("contact", ["", "  ", "a@example.org\r\nX: y", "jürgen@example.org"])
def test_a_contact_is_needed(contact: str) -> None:
    with pytest.raises(ValueError, match="contact"):
        RegistryClient("https://registry.example.org", contact=contact)


@pytest.mark.parametrize("url", ["", "registry.example.org", "file:///tmp", "https://", "https://user:secret@a.org/x"])
def test_an_address_is_needed(url: str) -> None:
    with pytest.raises(ValueError, match="the registry's address") as caught:
        RegistryClient(url, contact=CONTACT)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(("is_capped", "offered"), [(True, {(3, 3)}), (False, {(3, 3), (3, 4)})])
def test_f_01_tls_can_be_capped_at_1_2(is_capped: bool, offered: set[tuple[int, int]]) -> None:
    """Read from the greeting that the client really sends."""

    def greet(url: str) -> None:
        with client(url, is_tls_capped=is_capped, attempts=1) as asking, pytest.raises(RegistryUnavailable):
            asking.version()

    assert tls_versions_offered(greet) == offered


def test_f_01_the_cap_holds_behind_a_proxy_and_certificates_are_checked() -> None:
    adapter = DeadlineAdapter(is_tls_capped=True)
    for manager in (adapter.poolmanager, adapter.proxy_manager_for("http://127.0.0.1:9")):
        context = manager.connection_pool_kw["ssl_context"]
        assert context.maximum_version is ssl.TLSVersion.TLSv1_2
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname
    adapter.close()


def test_the_environment_chooses_no_proxy_and_no_password(
    registry: RegistryServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b\n", "utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with client(registry.url) as asking:
        asking.version()
    assert "Authorization" not in registry.requests[0].headers


def test_a_proxy_that_is_named_is_used(registry: RegistryServer) -> None:
    proxy = f"http://127.0.0.1:{registry.port}"
    with RegistryClient("http://registry.invalid/api/v2", contact=CONTACT, proxy=proxy) as asking:
        assert asking.version()
    assert registry.requests[0].raw_path == "http://registry.invalid/api/v2/version"
