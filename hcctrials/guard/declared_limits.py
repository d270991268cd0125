"""How often one client may ask, by kind of request, as the environment says or as it stands here."""

from hcctrials.environment import text

_LIMITS = {
    "search": "60/minute",
    "match": "30/minute",
    "export": "6/minute",
    "api": "120/minute",
    "login": "20/minute",  # failed log-ins are counted as well, by the hour
    "page": "300/minute",
}


def declared_limits() -> dict[str, str]:
    return {kind: text(f"HCCTRIALS_LIMIT_{kind.upper()}", limit) for kind, limit in _LIMITS.items()}
