"""Counts the notices that reach Slack per second, against the raw `chat.postMessage` call.

Slack's limits are lifted. The raw calls are made one after the other and by as many threads as the
worker has; the desk claims, posts and marks each notice.
"""

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter, sleep

from slack_sdk import WebClient

from benchmarks.figure import Figure
from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox import sandbox_settings
from bot.service.wiring import Pace, Service
from slack_sandbox import Enforce, Sandbox
from tests.crash.workload import Workload, crowd

PART = "notices"
CASES, TURNS, QUICK_TURNS = 20, 10, 2
THREADS = 8
PACE = Pace(sweep_seconds=1, posts_per_second=None, poll_seconds=0.02)


def measure(quick: bool) -> Iterator[Figure]:
    """Yield the milliseconds of one notice, and of one raw call."""
    with (
        Sandbox(MANIFEST, crowd(CASES), enforce_rates=Enforce.NONE) as slack,
        tempfile.TemporaryDirectory(prefix="portdesk-bench-") as folder,
    ):
        service = Service(sandbox_settings(slack, Path(folder)), pace=PACE)
        service.start()
        try:
            yield from _figures(Workload(service, slack), slack, QUICK_TURNS if quick else TURNS)
        finally:
            service.stop()


def _figures(work: Workload, slack: Sandbox, turns: int) -> Iterator[Figure]:
    people = [f"U0MORE{n:04}" for n in range(CASES)]
    cases = work.open_cases(people)
    before = len(slack.record)
    begin = perf_counter()
    work.change(cases, turns)
    while work.undelivered():
        sleep(0.02)
    ours = (perf_counter() - begin) * 1000 / (len(slack.record) - before)
    raw = _raw(work.service.client, people, turns)
    what = f"a notice written, claimed, posted, marked ({1000 / ours:.0f} a second)"
    yield Figure(PART, what, ours, "ms", f"raw call ({1000 / raw:.0f} a second)", raw)


def _raw(client: WebClient, people: list[str], turns: int) -> float:
    """Return the milliseconds of one call, made by as many threads as the worker has."""
    calls = [person for _ in range(turns) for person in people]
    begin = perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda person: client.chat_postMessage(channel=person, text="-"), calls))
    return (perf_counter() - begin) * 1000 / len(calls)
