"""Staff pages for the networks that the operator names; for everybody else they are not there. Never queries."""

from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from hcctrials.guard.client import client_address

Network = IPv4Network | IPv6Network


def networks(texts: list[str]) -> list[Network]:
    """Raises ImproperlyConfigured for what is no network: a mistyped list must not open or close the door."""
    try:
        return [ip_network(text) for text in texts]
    except ValueError as fault:
        raise ImproperlyConfigured(f"HCCTRIALS_ADMIN_NETWORKS: {fault}.") from None


class StaffNetworkMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        allowed = settings.HCCTRIALS_ADMIN_NETWORKS
        if not allowed or request.resolver_match is None or "admin" not in request.resolver_match.namespaces:
            return None
        address = client_address(request)
        if not any(address in network for network in allowed):
            raise Http404
        return None
