"""The dead man's switch: tells a watcher of the operator's choice that a refresh has succeeded.

When the calls stay away, the watcher raises the alarm, even if this whole machine is gone. Nothing is called unless
HCCTRIALS_PING_URL is set, nothing is told but the call itself, and no redirect is followed. The address is a secret of
its own kind (whoever knows it can silence the alarm): it is never logged. A call that fails fails nothing else.
"""

import logging
from typing import Any

import requests
from django.conf import settings

_log = logging.getLogger(__name__)
_REFRESHES = frozenset({"trials.refresh", "trials.carry_on_refresh"})
_SECONDS = 10


def ping_after(sender: Any = None, result: Any = None, **_others: object) -> None:
    """For Celery, after each task. A refresh of chosen trials alone says nothing about all the others."""
    if getattr(sender, "name", "") not in _REFRESHES or not isinstance(result, dict):
        return
    if result.get("status") == "succeeded" and not (sender.request.kwargs or {}).get("nct_ids"):
        ping(settings.HCCTRIALS_PING_URL)


def ping(url: str) -> bool:
    """Whether the watcher took it; False where none is set."""
    if not url:
        return False
    try:
        answer = requests.get(url, timeout=_SECONDS, allow_redirects=False, stream=True)
        answer.close()
    except requests.RequestException as error:
        _log.warning("The watcher (HCCTRIALS_PING_URL) does not answer: %s", type(error).__name__)
        return False
    if not answer.ok:
        _log.warning("The watcher (HCCTRIALS_PING_URL) answers %s.", answer.status_code)
    return answer.ok
