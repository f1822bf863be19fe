"""How a worker ends within the ten seconds that are promised, whatever hangs.

Each step has a deadline of its own, counted from the signal, and the next one does not wait for it: the agents end in
order, else their process ends itself, else the supervisor kills it, else the supervisor ends as it is. A hard end loses
nothing: what was not done to its end is not committed, and is done again.
"""

import threading
from collections.abc import Callable

AGENTS_END_SECONDS = 8.0
"""After which the process of the agents ends itself."""

AGENTS_KILLED_SECONDS = 8.7
"""After which the supervisor kills it."""

CONNECTIONS_CLOSED_SECONDS = 0.5
"""For those who still read health or metrics, after the process of the agents has ended."""

SUPERVISOR_ENDS_SECONDS = 9.4
"""After which the supervisor ends, whatever it waits for."""

PROMISED_SECONDS = 10.0


def at_the_latest(seconds: float, end: Callable[[], None]) -> None:
    """End hard after so many seconds, from a thread: what hangs may be the event loop."""
    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
