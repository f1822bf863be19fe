"""What a process waits for that does not end, as lines for its log."""

import asyncio
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any

MOST = 20
"""The most places that are named."""


def places(loop: asyncio.AbstractEventLoop) -> list[str]:
    """Where the main thread stands, and then where each task of the loop waits, such as "consumer.py:770 wait_empty".

    It can be called from another thread: it only looks, so it may miss a task that comes or goes meanwhile.
    """
    running = sys._current_frames().get(threading.main_thread().ident or 0)
    found = [_place(running)] if running else []
    waiting = sorted({place for task in asyncio.all_tasks(loop) if (place := _innermost(task.get_coro()))})
    return [*found, *waiting][:MOST]


def _innermost(coroutine: Any) -> str:
    """Where a suspended coroutine waits: in the coroutine that it awaits, and so on."""
    frame = None
    while coroutine is not None:
        frame = getattr(coroutine, "cr_frame", None) or getattr(coroutine, "gi_frame", None) or frame
        coroutine = getattr(coroutine, "cr_await", None) or getattr(coroutine, "gi_yieldfrom", None)
    return _place(frame) if frame else ""


def _place(frame: FrameType) -> str:
    return f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno} {frame.f_code.co_name}"
