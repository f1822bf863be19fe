"""Deadlines: how a worker ends within the promised ten seconds, whatever hangs.

Each step has its own deadline, counted from the signal, and the next step does not wait for it. First the agents end in
order, else their process ends itself, else the supervisor kills it, else the supervisor ends itself. A hard end loses
nothing: unfinished work is not committed, and is done again.
"""

import threading
from collections.abc import Callable

AGENTS_END_SECONDS = 8.0
"""When the process of the agents ends itself."""

AGENTS_KILLED_SECONDS = 8.7
"""When the supervisor kills it."""

CONNECTIONS_CLOSED_SECONDS = 0.5
"""Time for those who still read health or metrics after the process of the agents has ended."""

SUPERVISOR_ENDS_SECONDS = 9.4
"""When the supervisor ends, whatever it waits for."""

PROMISED_SECONDS = 10.0


def at_the_latest(seconds: float, end: Callable[[], None]) -> None:
    """Call `end` after so many seconds, from a thread, since the event loop may hang."""
    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
