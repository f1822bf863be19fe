import asyncio
import subprocess
import sys
import threading

from streams.worker.late_end import places
from tests.pace import at_most

LATE = """
import asyncio
import time
from streams import logs
from streams.worker import process

class Faust:
    loop = None
    bound, _cut_short = process.Worker.bound, process.Worker._cut_short

async def never_ends():
    Faust.loop = asyncio.get_running_loop()
    Faust().bound()
    await asyncio.sleep(600)

logs.set_up("WARNING", "text")
process.AGENTS_END_SECONDS = 0.1
asyncio.run(never_ends())
"""


async def waits_within() -> None:
    await waits_for_long()


async def waits_for_long() -> None:
    await asyncio.sleep(600)


async def test_places_are_where_the_main_thread_stands_and_where_each_task_waits_innermost() -> None:
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(waits_within())
    await asyncio.sleep(0)
    found: list[str] = []
    looker = threading.Thread(target=lambda: found.extend(places(loop)))
    looker.start()
    looker.join()  # blocks the loop, as a handler that hangs does
    task.cancel()
    assert found[0].startswith("threading.py:")
    assert any(place.startswith("tasks.py:") and place.endswith(" sleep") for place in found)


def test_process_that_ends_late_says_where_it_waits_and_ends_with_1() -> None:
    command = [sys.executable, "-c", LATE]
    late = subprocess.run(command, capture_output=True, text=True, timeout=at_most(60), check=False)
    assert late.returncode == 1
    assert "cut short, since it did not end in 0.1 s; nothing is lost. It waits at: " in late.stderr
    assert " sleep" in late.stderr
