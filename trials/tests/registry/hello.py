"""Reads the TLS versions that a client offers from its first message (RFC 8446, 4.1.2). No TLS of its own."""

import socket
import threading
from collections.abc import Callable

_SUPPORTED_VERSIONS = 43
_GREASE = 0x0A


def tls_versions_offered(greet: Callable[[str], None]) -> set[tuple[int, int]]:
    """greet is given an https address and has to connect to it once; it is hung up on."""
    received = bytearray()

    def listen(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            while len(received) < 5 or len(received) < 5 + int.from_bytes(received[3:5]):
                received.extend(connection.recv(65_536))

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=listen, args=(server,), daemon=True)
        thread.start()
        greet(f"https://127.0.0.1:{server.getsockname()[1]}")
        thread.join(5)
    return _versions(bytes(received[9:]))  # after the headers of the record and of the handshake


def _versions(hello: bytes) -> set[tuple[int, int]]:
    at = 34  # the old version field and 32 random bytes
    at += 1 + hello[at]  # session
    at += 2 + int.from_bytes(hello[at : at + 2])  # ciphers
    at += 1 + hello[at]  # compression
    end = at + 2 + int.from_bytes(hello[at : at + 2])
    at += 2
    while at < end:
        kind, size = int.from_bytes(hello[at : at + 2]), int.from_bytes(hello[at + 2 : at + 4])
        if kind == _SUPPORTED_VERSIONS:
            pairs = hello[at + 5 : at + 4 + size]
            return {(pairs[i], pairs[i + 1]) for i in range(0, len(pairs), 2) if pairs[i] & 0x0F != _GREASE}
        at += 4 + size
    return {(hello[0], hello[1])}  # before TLS 1.3 the field said it all
