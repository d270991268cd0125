"""The port of `make run`: read, checked and held before anything else starts.

The socket is bound here and handed to gunicorn, so that a restart of gunicorn never loses the port. It only ever
listens on this machine's own address.
"""

import errno
import os
import socket
import time

from hcctrials.embedded.errors import EmbeddedError

HOST = "127.0.0.1"


def wanted_port() -> int:
    value = os.environ.get("PORT") or "8000"
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise EmbeddedError(f"PORT is {value!r}: set it to a number from 1 to 65535, for example PORT=8001.")
    return int(value)


def listen(port: int, patience: float = 0.0) -> socket.socket:
    """`patience`: seconds in which processes of ours that were just ended may still have to let go of the port."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return _listen(port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                raise _explained(error, port) from error
        time.sleep(0.1)


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def _explained(error: OSError, port: int) -> EmbeddedError:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8000
        return EmbeddedError(
            f"Port {port} is taken by another program. Stop that one, or set another: PORT={other} make run"
        )
    if error.errno == errno.EACCES:
        return EmbeddedError(f"Port {port} needs rights that this account lacks: set one above 1023, PORT=8001.")
    return EmbeddedError(f"Port {port} cannot be used: {error.strerror}.")
