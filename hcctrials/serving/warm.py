"""Makes the search index of a web process and reads synonyms, trials of a match and towns once it has begun.

No visitor waits. It is a comfort: where it fails, the first search makes the index.
"""

import logging
import time
from threading import Thread

from django.db import Error, connection

from trials.matching.kept import KEPT
from trials.search.gazetteer import gazetteer
from trials.search.index.live import LIVE
from trials.search.version import marks_of, moment, version_of
from trials.search.words.question import ask
from trials.web.metrics import INDEX_SECONDS

_log = logging.getLogger(__name__)


def start() -> Thread:
    """In a thread of its own; the process answers meanwhile."""
    thread = Thread(target=_prepare, name="index", daemon=True)
    thread.start()
    return thread


def _prepare() -> None:
    try:
        ask("liver cancer")  # reads the synonyms
        began = time.perf_counter()
        LIVE.prepare()
        INDEX_SECONDS.set(time.perf_counter() - began)
        with moment() as state:
            KEPT.of(version_of(state).token, lambda: marks_of(state))
        gazetteer()
    except Error as error:
        _log.warning("The search index could not be made yet, the first search makes it: %s", error)
    finally:
        connection.close()
