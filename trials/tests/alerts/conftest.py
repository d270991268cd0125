"""A mail server for each test, and settings that lead to it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from trials.tests.alerts.mail_server import MailServer
from trials.tests.site.machine import free_port


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 8
    settings.HCCTRIALS_SITE_URL = "https://trials.example.org"
    settings.HCCTRIALS_MAIL_FROM = "alerts@trials.example.org"
    settings.HCCTRIALS_MAIL_BOUNCES = "bounces@trials.example.org"
    with MailServer(settings.EMAIL_PORT) as server:
        yield server
