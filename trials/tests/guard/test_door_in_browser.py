"""The log-in of staff in a real browser, and staff pages: the site's policy refuses nothing, no other host is asked."""

from collections.abc import Iterator

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from trials.tests.admin.signing_in import code_of
from trials.tests.builders import load, raw_record
from trials.tests.whole_site.watching import Watched, too_wide

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
PASSWORD = "correct horse battery staple"
STAFF_PAGES = (
    "/admin/",
    "/admin/trials/trial/",
    "/admin/trials/trial/NCT01234567/change/",
    "/admin/trials/refreshrun/",
    "/admin/trials/quarantinedrecord/",
    "/admin/trials/factinforce/",
    "/admin/auth/user/",
    "/admin/auth/user/add/",
    "/admin/auth/user/1/change/",
    "/admin/auth/group/add/",
    "/admin/auditlog/logentry/LOGGED/change/",
    "/admin/otp_static/staticdevice/",
    "/admin/django_celery_beat/periodictask/",
    "/admin/django_celery_beat/crontabschedule/",
    "/admin/django_celery_beat/intervalschedule/add/",
    "/admin/auditlog/logentry/",
    "/admin/admin/logentry/",
    "/admin/otp_totp/totpdevice/",
    "/admin/django_celery_beat/periodictask/add/",
    "/admin/django_celery_beat/crontabschedule/add/",
    "/admin/password_change/",
    "/admin/recovery-codes/",
)


@pytest.fixture
def watched(browser: Browser, live_server: LiveServer) -> Iterator[Watched]:
    context = browser.new_context(base_url=live_server.url)
    yield Watched(context.new_page(), live_server.url)
    context.close()


def test_from_the_password_to_every_page(watched: Watched) -> None:
    ana = User.objects.create_superuser("ana", password=PASSWORD)
    load(raw_record("NCT01234567"))
    page = watched.page
    found: list[str] = []

    def look(name: str) -> None:
        found.extend(f"{name}: {trouble}" for trouble in watched.take() + too_wide(page, 640, 320))
        page.set_viewport_size({"width": 1280, "height": 900})

    page.goto("/admin/trials/trial/")
    page.locator("#id_username").fill("ana")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("[type=submit]").click()
    page.locator("img.qr").wait_for()
    page.wait_for_function("document.querySelector('img.qr').naturalWidth > 100")
    look("enrol")
    page.locator("#id_code").fill(code_of(ana.totpdevice_set.get()))  # type: ignore[attr-defined]
    page.locator("[type=submit]").first.click()
    page.locator(".codes").wait_for()
    first = page.locator(".codes code").first.inner_text()
    look("recovery codes")
    page.locator("a.button").click()
    page.wait_for_url("**/admin/trials/trial/")
    page.context.clear_cookies()
    page.goto("/admin/")
    page.locator("#id_username").fill("ana")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("[type=submit]").click()
    page.locator("#id_code").wait_for()
    look("code")
    page.locator("#id_code").fill(first)
    page.locator("[type=submit]").first.click()
    page.wait_for_url("**/admin/")
    for path in STAFF_PAGES:
        logged = LogEntry.objects.latest("pk").pk
        answer = page.goto(path.replace("/1/", f"/{ana.pk}/").replace("LOGGED", str(logged)))
        assert answer is not None
        assert answer.status == 200, path
        found.extend(f"{path}: {trouble}" for trouble in watched.take())
    assert not found, "\n".join(found)
