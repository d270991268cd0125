"""A refusal stays one, whatever came with the request: odd forms must not make a fault of it."""

import pytest
from django.test import Client

BROKEN = "multipart/form-data"  # without the boundary that has to stand behind it

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict_client() -> Client:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "a" * 32
    return client


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [("/nothing-here/", "testserver", 404), ("/child-pugh/", "[", 400), ("/child-pugh/", "testserver", 400)],
)
def test_a_form_that_cannot_be_read_makes_no_fault_of_a_refusal(
    strict_client: Client, path: str, host: str, status: int
) -> None:
    answer = strict_client.generic("POST", path, b"x", BROKEN, headers={"Host": host})
    assert answer.status_code == status
    assert answer.templates
