import signal
import subprocess
import sys

import psutil
import pytest

from streams.ports_and_processes import has_ended
from tests.pace import patience

STARTS_AND_WAITS = """
import signal
import subprocess
import sys
from streams.local_broker.guardian import end_with_us
signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs tests in the background may ignore it
for _ in range(2):
    started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    end_with_us(started.pid)
    print(started.pid, flush=True)
input()
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_what_a_process_has_started_ends_with_it_whatever_ends_that(number: signal.Signals) -> None:
    command = [sys.executable, "-c", STARTS_AND_WAITS]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as starter:
        assert starter.stdout
        started = [psutil.Process(int(starter.stdout.readline())) for _ in range(2)]
        assert not any(map(has_ended, started))
        starter.send_signal(number)
        starter.wait()
        assert any(all(map(has_ended, started)) for _ in patience(20))
