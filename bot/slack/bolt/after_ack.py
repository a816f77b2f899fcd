"""Work that follows the acknowledgement: Slack waits for the answer, not for a window.

A listener runs in the thread of its request, and so does what it leaves behind: the door sends
the answer first, then takes the rest.
"""

import threading
from collections.abc import Callable

Work = Callable[[], None]
_left = threading.local()


def defer(work: Work) -> None:
    """Leave something to be done by this thread once the answer is on its way."""
    _left.work = work


def pop() -> Work | None:
    """Return what this thread's listener left, once."""
    work: Work | None = _left.__dict__.pop("work", None)
    return work


def finish(*_request: object) -> None:
    """Do what this thread's listener left."""
    if work := pop():
        work()
