"""The log-in of staff from the password to the last recovery code. Codes are worked out as an app does it."""

import io
import re
import time
from base64 import b32decode
from html import unescape
from urllib.parse import unquote

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from hcctrials.settings import PASSWORD_HASHERS
from trials.tests.admin.signing_in import code_of, signed_in, with_device

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
LOGIN, CODE, ENROL, INDEX = "/admin/login/", "/admin/code/", "/admin/enrol/", "/admin/"


@pytest.fixture
def ana() -> User:
    return User.objects.create_superuser("ana", password=PASSWORD)


def give_password(client: Client, name: str = "ana", password: str = PASSWORD, next_page: str = "") -> str:
    """Where the answer leads; "" where it is a page."""
    data = {"username": name, "password": password, "next": next_page or INDEX}
    return client.post(LOGIN, data).headers.get("Location", "")


def secret_on(page: str) -> bytes:
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert found
    return b32decode(found[1].replace(" ", ""))


def test_a_password_alone_opens_nothing(ana: User, client: Client) -> None:
    with_device(ana)
    assert give_password(client) == INDEX
    for url in (
        INDEX,
        "/admin/trials/trial/",
        "/admin/recovery-codes/",
        "/admin/password_change/",
        "/admin/auth/user/",
    ):
        answer = client.get(url)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(LOGIN)
    assert client.get(LOGIN).headers["Location"] == CODE


def test_the_first_log_in_enrols_and_the_next_asks_for_a_code(ana: User, client: Client) -> None:
    give_password(client)
    assert client.get(f"{LOGIN}?next=/admin/trials/").headers["Location"] == f"{ENROL}?next=%2Fadmin%2Ftrials%2F"
    page = client.get(ENROL)
    assert "no-store" in page.headers["Cache-Control"]
    html = page.content.decode()
    key = secret_on(html)
    assert secret_on(client.get(ENROL).content.decode()) == key  # going back changes nothing
    assert client.get(INDEX).status_code == 302
    assert client.post(ENROL, {"code": "000000"}).status_code == 200
    assert not TOTPDevice.objects.get().confirmed
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    code = f"{totp(key):06}"
    done = client.post(ENROL, {"code": code}).content.decode()
    codes = re.findall(r"<code>([a-z0-9-]+)</code>", done)
    assert len(set(codes)) == 10
    assert client.get(INDEX).status_code == 200
    assert not StaticToken.objects.filter(token__in=codes).exists()  # kept as what cannot be turned back

    other = Client()
    give_password(other)
    assert other.get(LOGIN).headers["Location"] == CODE
    assert other.get(ENROL).headers["Location"] == CODE  # nobody enrols a second one with a password
    assert other.post(CODE, {"code": code}).status_code == 200, "a code holds once"
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert other.post(CODE, {"code": f"{totp(key, drift=1):06}", "next": "//evil.example"}).headers["Location"] == INDEX
    assert other.get(INDEX).status_code == 200


def test_a_secret_that_a_thief_of_the_password_saw_is_not_the_one_that_is_confirmed(ana: User, client: Client) -> None:
    thief = Client()
    give_password(thief)
    seen = secret_on(thief.get(ENROL).content.decode())
    give_password(client)
    key = secret_on(client.get(ENROL).content.decode())
    assert key != seen
    client.post(ENROL, {"code": f"{totp(seen):06}"})
    assert not TOTPDevice.objects.get().confirmed
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    client.post(ENROL, {"code": f"{totp(key):06}"})
    assert TOTPDevice.objects.get().confirmed
    assert [device.bin_key for device in TOTPDevice.objects.all()] == [key]
    assert thief.get(ENROL).headers["Location"] == CODE


def test_the_picture_is_the_secret_and_is_made_here(ana: User, client: Client) -> None:
    give_password(client)
    html = unescape(client.get(ENROL).content.decode())
    picture = re.search(r'<img src="(data:image/svg\+xml[^"]+)"', html)
    assert picture
    assert "<svg" in unquote(picture[1])
    assert "http" not in unquote(picture[1]).replace("http://www.w3.org/2000/svg", "")


def test_recovery_codes_hold_once_each(ana: User) -> None:
    client = signed_in(ana)
    html = client.post("/admin/recovery-codes/").content.decode()
    first, second, *_ = re.findall(r"<code>([a-z0-9-]+)</code>", html)
    for shown in (first, f" {second.upper()} "):
        other = Client()
        give_password(other)
        assert other.post(CODE, {"code": shown}).status_code == 302
        assert other.get(INDEX).status_code == 200
    again = Client()
    give_password(again)
    assert again.post(CODE, {"code": first}).status_code == 200
    assert "8 recovery codes are left." in client.get("/admin/recovery-codes/").content.decode()


@override_settings(OTP_TOTP_THROTTLE_FACTOR=3600)  # seconds, else one: this machine may be slower
def test_wrong_codes_slow_the_device_down(ana: User, client: Client) -> None:
    device = with_device(ana)
    give_password(client)
    for _ in range(3):
        client.post(CODE, {"code": "000000"})
    right = client.post(CODE, {"code": code_of(device)})
    assert right.status_code == 200, "even the right code has to wait now"
    assert "Wait a moment" in right.content.decode()


def test_the_session_is_another_one_after_each_step(ana: User, client: Client) -> None:
    device = with_device(ana)
    give_password(client)
    before = client.cookies["sessionid"].value
    client.post(CODE, {"code": code_of(device)})
    after = client.cookies["sessionid"]
    assert after.value != before
    assert after["httponly"]
    assert after["samesite"] == "Lax"
    assert after["max-age"] == 8 * 60 * 60
    stale = Client()
    stale.cookies["sessionid"] = before
    assert stale.get(INDEX).status_code == 302


def test_eight_hours_after_the_code_it_counts_no_more(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(ana)
    now = time.time()
    monkeypatch.setattr("hcctrials.staff.verification.time.time", lambda: now + 8 * 3600 - 60)
    assert client.get(INDEX).status_code == 200
    monkeypatch.setattr("hcctrials.staff.verification.time.time", lambda: now + 8 * 3600 + 1)
    assert client.get(INDEX).status_code == 302


def test_out_again_without_a_code(ana: User, client: Client) -> None:
    give_password(client)
    assert client.get("/admin/leave/").status_code == 405
    assert client.post("/admin/leave/").headers["Location"] == LOGIN
    assert client.get(LOGIN).status_code == 200


def test_who_is_not_staff_gets_nowhere(client: Client) -> None:
    User.objects.create_user("reader", password=PASSWORD)
    assert give_password(client, "reader") == ""
    client.force_login(User.objects.get())
    assert client.get(CODE).headers["Location"] == INDEX
    assert client.get(ENROL).headers["Location"] == INDEX
    assert not TOTPDevice.objects.exists()


# --- The lock ---------------------------------------------------------------------------------------------------------


def fail(client: Client, name: str, times: int) -> list[int]:
    return [client.post(LOGIN, {"username": name, "password": "wrong"}).status_code for _ in range(times)]


def test_an_account_closes_after_ten_failures_from_anywhere(ana: User) -> None:
    answers = [fail(Client(REMOTE_ADDR=f"203.0.113.{n}"), "ana", 1)[0] for n in range(10)]
    assert answers == [200] * 9 + [429]
    fresh = Client(REMOTE_ADDR="198.51.100.1")
    refused = fresh.post(LOGIN, {"username": "ana", "password": PASSWORD})
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "3600"
    assert give_password(Client(REMOTE_ADDR="198.51.100.1"), "someone else", "wrong") == ""


def test_a_client_closes_after_twenty_failures_whatever_the_names(ana: User) -> None:
    client = Client(REMOTE_ADDR="203.0.113.9")
    answers = [fail(client, f"name{n}", 1)[0] for n in range(20)]
    assert answers == [200] * 19 + [429]
    assert client.post(LOGIN, {"username": "ana", "password": PASSWORD}).status_code == 429
    assert give_password(Client(REMOTE_ADDR="203.0.113.10")) == INDEX


def test_nobody_learns_which_names_there_are(ana: User) -> None:
    def answers(name: str) -> list[str]:
        pages = [
            Client().post(LOGIN, {"username": name, "password": "wrong"}).content.decode().replace(name, "NAME")
            for _ in range(12)
        ]
        return [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page) for page in pages]

    with override_settings(HCCTRIALS_CLIENT_FAILURES=1000):
        assert answers("ana") == answers("nobody")


def test_the_lock_opens_after_an_hour_or_by_command(ana: User) -> None:
    fail(Client(REMOTE_ADDR="203.0.113.9"), "ana", 10)
    assert give_password(Client()) == ""
    AccessAttempt.objects.update(attempt_time=AccessAttempt.objects.get().attempt_time.replace(year=2020))
    assert give_password(Client()) == INDEX
    fail(Client(REMOTE_ADDR="203.0.113.9"), "ana", 10)
    call_command("reset_second_factor", "ana", stdout=io.StringIO())
    assert give_password(Client()) == INDEX


def test_what_is_kept_of_failures_is_no_address_and_no_password(ana: User) -> None:
    fail(Client(REMOTE_ADDR="203.0.113.9"), "ana", 2)
    kept = str(AccessAttempt.objects.values().get())
    assert "203.0.113" not in kept
    assert "wrong" not in kept


# --- Passwords and commands -------------------------------------------------------------------------------------------


@override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS)
def test_passwords_are_kept_by_argon2(client: Client) -> None:
    ana = User.objects.create_superuser("ana", password=PASSWORD)
    assert identify_hasher(ana.password).algorithm == "argon2"
    assert give_password(client) == INDEX


def add(name: str, password: str, monkeypatch: pytest.MonkeyPatch, **options: object) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    said = io.StringIO()
    call_command("add_staff", name, stdout=said, **options)
    return said.getvalue()


def test_the_first_member_of_staff_is_made_by_command(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    assert "bea may log in" in add("bea", PASSWORD, monkeypatch, group=["curator"])
    bea = User.objects.get()
    assert (bea.is_staff, bea.is_superuser, bea.groups.get().name) == (True, False, "curator")
    assert give_password(client, "bea") == INDEX


@pytest.mark.parametrize(
    ("name", "password", "options", "said"),
    [
        ("bea", "short", {"superuser": True}, "too short"),
        ("bea", "password1234", {"superuser": True}, "too common"),
        ("bea", PASSWORD, {}, "without rights"),
        ("bea", PASSWORD, {"group": ["kings"]}, "No such group: kings"),
        ("b a", PASSWORD, {"superuser": True}, "valid username"),
        ("ana", PASSWORD, {"superuser": True}, "is there already"),
    ],
)
def test_the_command_refuses(
    name: str, password: str, options: dict[str, object], said: str, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError, match=said):
        add(name, password, monkeypatch, **options)
    assert User.objects.count() == 1


def test_a_lost_phone_is_forgotten_and_its_sessions_end(ana: User) -> None:
    client = signed_in(ana)
    call_command("reset_second_factor", "ana", stdout=io.StringIO())
    assert client.get(INDEX).status_code == 302
    assert client.get(LOGIN).headers["Location"] == ENROL
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody")
