"""Who asks: the address of the client as far as it can be trusted, and a pseudonym of it. Never kept, never logged.

An X-Forwarded-For line is written by everybody on the way, the client first. Only what our own proxies appended is
believed: with two proxies in front the second entry from the right, and without proxies nothing of it.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

Address = IPv4Address | IPv6Address
NOBODY = IPv4Address(0)  # a socket file or a test has no address
_IPV6_CLIENT = 64  # one household or machine has a whole /64


def client_address(request: HttpRequest) -> Address:
    """The address that the outermost proxy of ours saw."""
    proxies: int = settings.HCCTRIALS_TRUSTED_PROXIES
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    if not proxies:
        return peer or NOBODY
    passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    # Fewer entries than proxies: the request came past them, or one of them adds nothing. Then the peer is who asks.
    seen = _parsed(passed[-proxies]) if len(passed) >= proxies else None
    return seen or peer or NOBODY


def client_pseudonym(request: HttpRequest) -> str:
    """The same for the same client, and of no use without our secret key. In the form of an IPv6 address (fd00::/8),
    because what counts failed log-ins has a column for addresses."""
    address = client_address(request)
    network = ip_network((address, _IPV6_CLIENT), strict=False) if address.version == 6 else address
    digest = salted_hmac("hcctrials.guard.client", str(network), algorithm="sha256").digest()
    return str(IPv6Address(b"\xfd" + digest[:15]))


def _parsed(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        return address.ipv4_mapped or IPv6Address(int(address))  # without a zone such as %eth0
    return address
