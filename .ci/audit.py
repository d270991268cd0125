"""Known weaknesses of the packages in requirements.txt, by pip-audit (PyPI's own list, then OSV's).

pip-audit calls a package that it could not look up "skipped" and still ends with success. Here that is said: where no
list could be reached nothing was audited, which is no fault on a machine without a network; findings always are.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements.txt"
SERVICES = ("pypi", "osv")
SECONDS = 240


@dataclass(frozen=True, slots=True)
class Audit:
    """audited is how many packages were looked up, of how many; findings are lines to show."""

    audited: int
    packages: int
    findings: tuple[str, ...]


def read(report: str) -> Audit:
    """What a report of pip-audit (JSON) says."""
    packages = json.loads(report)["dependencies"]
    looked_up = [one for one in packages if "vulns" in one]
    lines = (
        f"{one['name']} {one['version']}: {weak['id']}, mended in {', '.join(weak['fix_versions']) or 'nothing yet'}"
        for one in looked_up
        for weak in one["vulns"]
    )
    return Audit(len(looked_up), len(packages), tuple(lines))


def ask(service: str) -> str:
    """The report; "" where the service did not answer."""
    command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--requirement", str(LOCK), "--disable-pip"]
    command += ["--vulnerability-service", service, "--format", "json", "--progress-spinner", "off", "--timeout", "10"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout if done.stdout.startswith("{") else ""


def main(ask: Callable[[str], str] = ask) -> int:
    """1 where there are findings; 0 else, with a plain word where nothing could be looked up."""
    best = Audit(0, 0, ())
    for service in SERVICES:
        report = ask(service)
        found = read(report) if report else Audit(0, 0, ())
        best = max(best, found, key=lambda audit: audit.audited)
        if found.packages and found.audited == found.packages:
            break
    for line in best.findings:
        print(line)
    if not best.audited:
        print("not audited: no connection to a list of weaknesses (PyPI, OSV)")
    elif best.audited < best.packages:
        print(f"audited {best.audited} of {best.packages} packages; the others are in no list that answered")
    else:
        print(f"audited {best.audited} packages: {len(best.findings)} findings")
    return 1 if best.findings else 0


if __name__ == "__main__":
    sys.exit(main())
