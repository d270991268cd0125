"""What every reader of the simulation should be told, worked out naively: plain Python over plain values, no store."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random

Told = tuple[str, ...]  # trial, run, what, and of a change what it is now
STATUSES = ("RECRUITING", "COMPLETED", "NOT_YET_RECRUITING")
CITIES = {"Lyon": "France", "Berlin": "Germany", "Osaka": "Japan"}
CODES = {"France": "FR", "Germany": "DE", "Japan": "JP"}
QUERIES = ("", "status=RECRUITING", "country=FR", "child_pugh=B", "country=JP&status=RECRUITING")


@dataclass(frozen=True)
class Plan:
    """A trial as it stands in the registry."""

    status: str = "RECRUITING"
    child_pugh: str = "A"
    sites: Mapping[str, str] = field(default_factory=dict)  # city: its status
    remark: int = 0  # nobody is told

    def changed(self, random: Random) -> "Plan":
        what = random.choice(("status", "child_pugh", "sites", "sites", "remark"))
        if what == "status":
            return replace(self, status=random.choice(STATUSES))
        if what == "child_pugh":
            return replace(self, child_pugh="B" if self.child_pugh == "A" else "A")
        if what == "remark":
            return replace(self, remark=self.remark + 1)
        city, sites = random.choice(list(CITIES)), dict(self.sites)
        if city in sites and random.random() < 0.5:
            del sites[city]
        else:
            sites[city] = random.choice(STATUSES[:2])
        return replace(self, sites=sites)


Registry = dict[str, Plan]


@dataclass
class Reader:
    """What was told so far, in the oracle's opinion; looked is the newest run that was looked at for the reader."""

    query: str
    looked: int
    told: Counter[Told] = field(default_factory=Counter)

    def see(self, history: Mapping[int, Registry], until: int) -> None:
        """history is the registry after each run that ended well. Several runs may be looked at together."""
        before, after = history[self.looked], history[until]
        for nct_id, now in after.items():
            found_before = nct_id in before and finds(self.query, before[nct_id])
            found_now = finds(self.query, now)
            if found_before != found_now:
                self.told[nct_id, str(until), "found" if found_now else "left"] += 1
            if found_before or found_now:
                self.told.update(self._changes(history, until, nct_id))
        self.looked = until

    def _changes(self, history: Mapping[int, Registry], until: int, nct_id: str) -> Iterator[Told]:
        was = history[self.looked].get(nct_id)
        for run in sorted(run for run in history if self.looked < run <= until):
            now = history[run].get(nct_id)
            if was and now:
                yield from ((nct_id, str(run), *what) for what in differences(was, now, self.query))
            was = now


def finds(query: str, plan: Plan) -> bool:
    wanted = dict(part.split("=") for part in query.split("&") if part)
    countries = {CODES[CITIES[city]] for city in plan.sites}
    return (
        wanted.get("status", plan.status) == plan.status
        and (wanted.get("child_pugh") is None or plan.child_pugh == "B")
        and ("country" not in wanted or wanted["country"] in countries)
    )


def differences(was: Plan, now: Plan, query: str) -> list[Told]:
    found: list[Told] = []
    if was.status != now.status:
        found.append(("overall_status", now.status))
    if was.child_pugh != now.child_pugh:
        found += [("eligibility_criteria", ""), ("facts", "")]
    for city, country in CITIES.items():
        is_told = "country" not in query or f"country={CODES[country]}" in query
        if was.sites.get(city) != now.sites.get(city) and is_told:
            found.append(("sites", f"{city} {now.sites.get(city, 'gone')}"))
    return found
