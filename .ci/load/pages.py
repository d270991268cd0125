"""The pages that are asked for: searches, trials and matches in the shares in which people might. Needs the store."""

import random
from urllib.parse import urlencode

from benchmark.queries import walk

from load.site import Page
from trials.models import Trial

_SEARCHES, _TRIALS, _PATIENTS = 300, 600, 40
_MIX = {"search": 6, "trial": 3, "match": 1}  # of ten pages
_PAGES = 2000


def pages_of_the_store() -> list[Page]:
    """The same for the same store: searches that have results, trials, and patients."""
    chance = random.Random(7)  # noqa: S311  # pages that can be asked again, not a secret
    # Later pages may be gone when a refresh has changed what a search finds
    first = [path for path in walk(_SEARCHES, seed=7) if "page=" not in path]
    searches: list[Page] = [("search", path, None) for path in first]
    numbers = Trial.objects.order_by("nct_id").values_list("nct_id", flat=True)
    some = chance.sample(list(numbers), min(len(numbers), _TRIALS))
    trials: list[Page] = [("trial", f"/trials/{number}/", None) for number in some]
    matches: list[Page] = [("match", "/match/", urlencode(_patient(chance))) for _ in range(_PATIENTS)]
    kinds = {"search": searches, "trial": trials, "match": matches}
    drawn = [kind for kind, weight in _MIX.items() for _ in range(weight)]
    return [chance.choice(kinds[chance.choice(drawn)]) for _ in range(_PAGES)]


def _patient(chance: random.Random) -> dict[str, str]:
    return {
        "age": str(chance.randint(30, 85)),
        "sex": chance.choice(("female", "male")),
        "child_pugh": chance.choice(("A", "B", "7", "")),
        "ecog": chance.choice(("0", "1", "2", "")),
        "vessels": chance.choice(("none", "yes", "vp4", "")),
        "place": chance.choice(("Lyon", "Tokyo", "45.8,4.8", "")),
    }
