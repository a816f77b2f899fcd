"""`python -m tests.oracle DIR`: holds recorded payloads against judges that nobody here wrote.

Prints each finding and the counts; ends with 1 if there is a finding, or a planted fault that no
judge names. Without Node and its packages Slack's types are not asked, and it says so.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from bot.slack.catalogue.catalogue import catalogue
from bot.wording.templates import Templates
from tests.oracle import limits, models, rules, typescript
from tests.oracle.payloads import Finding, Payload, counted, load
from tests.oracle.planted import ROWS, TSC, Planted, Spoilt, plant, too_much
from tests.recording import FOLDER


def main(folder: Path) -> int:
    """Judge the payloads of a run, and copies of them that were spoilt."""
    payloads = load(folder)
    if not payloads:
        print(f"{folder} has no payloads: {FOLDER}={folder} python3 app.py test")
        return 1
    planted = _planted(payloads)
    spoilt = [s for s in planted if isinstance(s, Spoilt)]
    # The spoilt ones lie among the others, so that tsc starts once.
    found = judged([*payloads, *(s.payload for s in spoilt)])
    mine = {id(payload) for payload in payloads}
    findings = [finding for finding in found if id(finding.payload) in mine]
    missed, homeless, unseen = _missed(spoilt, found), _homeless(planted), _unseen(payloads)
    for line in [*findings, *missed, *homeless, *unseen]:
        print(line)
    named = f"{len(spoilt) - len(missed)} of {len(spoilt) + len(homeless)} planted faults found"
    print(f"{counted(payloads)}, {len(findings)} findings; {named}")
    return 1 if findings or missed or homeless or unseen else 0


def _planted(payloads: Sequence[Payload]) -> list[Spoilt | Planted]:
    """Plant every fault whose judge can be asked here."""
    rows = [row for row in ROWS if row.judge != TSC or not typescript.why_not()]
    return list(plant(payloads, [*rows, *too_much()]))


def judged(payloads: Sequence[Payload]) -> list[Finding]:
    """Return what all judges have against payloads."""
    judges = (limits.judge, rules.judge, models.judge)
    found = [finding for payload in payloads for judge in judges for finding in judge(payload)]
    if why_not := typescript.why_not():
        print(f"Slack's types were not asked: {why_not}.")
        return found
    return found + typescript.judge(payloads)


def _missed(spoilt: Sequence[Spoilt], found: Sequence[Finding]) -> list[str]:
    return [
        f"{s.planted.judge} does not name a planted fault: {s.planted}"
        for s in spoilt
        if not s.is_named_by(found)
    ]


def _homeless(planted: Sequence[Spoilt | Planted]) -> list[str]:
    """Name the faults for which no payload was recorded; of limits only what there is is tried."""
    alone = [p for p in planted if isinstance(p, Planted) and p in ROWS]
    return [f"nothing was recorded in which to plant: {p}" for p in alone]


def _unseen(payloads: Sequence[Payload]) -> list[str]:
    """Name the windows of the catalogue that no test opened: nobody has judged them."""
    seen = {view[1].get("callback_id") for payload in payloads if (view := payload.view)}
    windows = (e.payload for e in catalogue(Templates()) if e.argument == "view")
    unseen = {str(window["callback_id"]) for window in windows} - seen
    return [f"no test opened the window {name}" for name in sorted(unseen)]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
