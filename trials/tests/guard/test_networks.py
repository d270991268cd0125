"""Staff pages can be kept to networks; elsewhere they are not there."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings

from hcctrials.guard.networks import networks

pytestmark = pytest.mark.django_db
OURS = networks(["10.0.0.0/8", "2001:db8::/32"])


@pytest.mark.parametrize(
    ("address", "status"),
    [("10.1.2.3", 200), ("2001:db8::7", 200), ("192.0.2.1", 404), ("2001:db9::7", 404), ("::ffff:10.1.2.3", 200)],
)
def test_only_named_networks_come_in(address: str, status: int) -> None:
    client = Client(REMOTE_ADDR=address)
    with override_settings(HCCTRIALS_ADMIN_NETWORKS=OURS):
        assert client.get("/admin/login/").status_code == status
        assert client.get("/admin/nothing/").status_code in {302, 404}
        assert client.get("/admin/code/").status_code == (404 if status == 404 else 302)
        assert client.get("/about/").status_code == 200


def test_the_public_sees_no_difference_to_a_page_that_is_not_there() -> None:
    with override_settings(HCCTRIALS_ADMIN_NETWORKS=OURS):
        closed = Client(REMOTE_ADDR="192.0.2.1").get("/admin/login/")
    assert "Django" not in closed.content.decode()


@override_settings(HCCTRIALS_TRUSTED_PROXIES=1, HCCTRIALS_ADMIN_NETWORKS=OURS)
def test_a_header_of_the_clients_own_opens_nothing() -> None:
    client = Client(REMOTE_ADDR="10.0.0.2")
    assert client.get("/admin/login/", headers={"x-forwarded-for": "10.1.1.1, 192.0.2.1"}).status_code == 404
    assert client.get("/admin/login/", headers={"x-forwarded-for": "192.0.2.1, 10.1.1.1"}).status_code == 200


def test_without_a_list_it_is_open_and_a_mistyped_one_stops_the_start() -> None:
    assert Client().get("/admin/login/").status_code == 200
    with pytest.raises(ImproperlyConfigured, match="HCCTRIALS_ADMIN_NETWORKS"):
        networks(["10.0.0.1/8"])
