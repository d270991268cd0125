"""Makes the search index of a web process before it takes requests, then reads the trials of a match and towns.

It is a comfort: where it fails, the process takes requests all the same, and whoever asks first (most often the
balancer, for /readyz) makes the index.
"""

import logging
import time
from threading import Event, Thread

from django.db import Error, connection

from trials.matching.kept import KEPT
from trials.search.gazetteer import gazetteer
from trials.search.index.live import LIVE
from trials.search.version import marks_of, moment, version_of
from trials.search.words.question import ask
from trials.web.metrics import INDEX_SECONDS

_log = logging.getLogger(__name__)


def start(tried: Event) -> Thread:
    """In a thread of its own. tried is set as soon as the index stands, or cannot be made now."""
    thread = Thread(target=_prepare, args=[tried], name="index", daemon=True)
    thread.start()
    return thread


def _prepare(tried: Event) -> None:
    try:
        ask("liver cancer")  # reads the synonyms
        began = time.perf_counter()
        LIVE.prepare()
        INDEX_SECONDS.set(time.perf_counter() - began)
        tried.set()
        with moment() as state:
            KEPT.of(version_of(state).token, lambda: marks_of(state))
        gazetteer()
    except Error as error:
        _log.warning("The search index could not be made yet, the first search makes it: %s", error)
    finally:
        tried.set()
        connection.close()
