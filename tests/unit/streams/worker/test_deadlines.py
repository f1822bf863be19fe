import itertools
import signal
import subprocess
import sys

import psutil
import pytest

from streams.ports_and_processes import has_ended
from streams.worker import deadlines
from tests.pace import patience

SUPERVISES = """
import asyncio
import socket
import sys
import time
from streams.worker import supervisor
from streams.settings import Settings

AGENTS, HANGS = sys.argv[1:]

class Stubborn(supervisor.Supervisor):
    async def _started(self):
        ours, theirs = socket.socketpair()
        with theirs:
            process = await asyncio.create_subprocess_exec(sys.executable, "-c", AGENTS, stdin=theirs.fileno())
        print(process.pid, flush=True)
        return process, ours

    def _stop_soon(self):
        super()._stop_soon()
        if HANGS:
            time.sleep(600)

supervisor.AGENTS_KILLED_SECONDS, supervisor.SUPERVISOR_ENDS_SECONDS = 0.5, 1.0
sys.exit(asyncio.run(Stubborn(Settings()).run()))
"""

ENDS = "import time; time.sleep(600)"
HANGS = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"


def test_deadlines_of_a_worker_leave_time_for_each_next_step_and_add_up_to_less_than_is_promised() -> None:
    steps = [
        deadlines.AGENTS_END_SECONDS,
        deadlines.AGENTS_KILLED_SECONDS,
        deadlines.SUPERVISOR_ENDS_SECONDS,
        deadlines.PROMISED_SECONDS,
    ]
    assert all(later - earlier > 0.5 for earlier, later in itertools.pairwise(steps))
    closed = deadlines.AGENTS_KILLED_SECONDS + deadlines.CONNECTIONS_CLOSED_SECONDS
    assert closed < deadlines.SUPERVISOR_ENDS_SECONDS


@pytest.mark.parametrize(
    ("agents", "hangs", "code"),
    [(ENDS, "", 0), (HANGS, "", 1), (ENDS, "the loop", 1), (HANGS, "the loop", 1)],
    ids=["nothing hangs", "the agents hang", "the supervisor hangs", "both hang"],
)
def test_worker_that_is_told_to_stop_ends_with_its_agents_whatever_hangs(agents: str, hangs: str, code: int) -> None:
    command = [sys.executable, "-c", SUPERVISES, agents, hangs]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as worker:
        assert worker.stdout
        child = psutil.Process(int(worker.stdout.readline()))
        if agents == HANGS:
            assert worker.stdout.readline() == b"deaf\n"
        worker.send_signal(signal.SIGTERM)
        try:
            assert any(worker.poll() is not None for _ in patience(20)), "the supervisor goes on"
            assert any(has_ended(child) for _ in patience(20)), "the agents go on"
        finally:
            worker.kill()
    assert worker.returncode == code
