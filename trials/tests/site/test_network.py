"""Tests reach this machine and nothing else."""

import socket
import urllib.request

import pytest
from pytest_socket import SocketConnectBlockedError

# pytest-socket warns as well as it raises, and warnings are errors here.
pytestmark = pytest.mark.filterwarnings("ignore:A test tried to use socket:UserWarning")
ELSEWHERE = "192.0.2.1"  # RFC 5737: an address for documentation, nobody's


def test_the_network_is_off() -> None:
    with pytest.raises(SocketConnectBlockedError), socket.socket() as outgoing:
        outgoing.connect((ELSEWHERE, 80))


def test_libraries_are_stopped_too() -> None:
    with pytest.raises(SocketConnectBlockedError):
        urllib.request.urlopen(f"http://{ELSEWHERE}/", timeout=1)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
