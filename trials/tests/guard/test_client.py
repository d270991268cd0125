"""Who asks: only what our own proxies saw is believed."""

from ipaddress import ip_address

import pytest
from django.test import RequestFactory, override_settings

from hcctrials.guard.client import NOBODY, client_address, client_pseudonym

PEER, CLIENT, LIE = "10.0.0.2", "203.0.113.9", "198.51.100.1"


def seen(proxies: int, passed: str | None, peer: str = PEER) -> str:
    request = RequestFactory().get("/", REMOTE_ADDR=peer)
    if passed is not None:
        request.META["HTTP_X_FORWARDED_FOR"] = passed
    with override_settings(HCCTRIALS_TRUSTED_PROXIES=proxies):
        return str(client_address(request))


@pytest.mark.parametrize(
    ("proxies", "passed", "expected"),
    [
        (0, None, PEER),
        (0, CLIENT, PEER),  # without a proxy the header is the client's own word
        (1, CLIENT, CLIENT),
        (1, f"{LIE}, {CLIENT}", CLIENT),
        (1, f"{LIE},{LIE} ,  {CLIENT}", CLIENT),
        (2, f"{LIE}, {CLIENT}, {PEER}", CLIENT),
        (2, CLIENT, PEER),  # past the outer proxy
        (1, None, PEER),
        (1, "", PEER),
        (1, "unknown", PEER),
        (1, f"{CLIENT}, <script>", PEER),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "::ffff:203.0.113.9", CLIENT),
    ],
)
def test_only_our_proxies_are_believed(proxies: int, passed: str | None, expected: str) -> None:
    assert seen(proxies, passed) == expected


def test_a_socket_without_an_address_is_nobody() -> None:
    assert seen(0, None, peer="") == str(NOBODY)


def test_a_pseudonym_is_the_clients_own_and_tells_nothing() -> None:
    def of(address: str) -> str:
        return client_pseudonym(RequestFactory().get("/", REMOTE_ADDR=address))

    assert of(CLIENT) == of(CLIENT) != of(LIE)
    assert of("2001:db8:1:2::1") == of("2001:db8:1:2:ffff::9") != of("2001:db8:1:3::1")
    assert of("::ffff:203.0.113.9") == of(CLIENT)
    assert ip_address(of(CLIENT)).is_private
    with override_settings(SECRET_KEY="another" * 10):
        other = of(CLIENT)
    assert other != of(CLIENT)
