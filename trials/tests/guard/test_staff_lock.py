"""What failures at the log-in are counted under. Found by trials/tests/fuzz."""

import pytest
from axes.models import AccessAttempt
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("length", [255, 256, 5000])
def test_a_name_of_any_length_is_refused_and_counted(client: Client, length: int) -> None:
    answer = client.post("/admin/login/", {"username": "x" * length, "password": "p"})
    assert answer.status_code == 200
    [attempt] = AccessAttempt.objects.all()
    assert attempt.username == "x" * 255
