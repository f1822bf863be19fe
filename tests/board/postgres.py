"""A PostgreSQL of the tests' own, from Debian's package."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from streams.local_broker.guardian import end_with_us
from streams.local_broker.server import free_port
from tests.pace import patience

START_SECONDS = 30.0
OWNER = "postgres"


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, of the newest version; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """A server on a free port; gives its URL without a database. It does not run as root, so root becomes another."""
    folder = Path(tempfile.mkdtemp(prefix="claimwire-postgres-"))
    other: dict[str, Any] = {}
    if os.getuid() == 0:
        shutil.chown(folder, OWNER, OWNER)
        other = {"user": OWNER, "group": OWNER, "extra_groups": []}
    data, port = folder / "data", free_port()
    made = [programs / "initdb", "--auth=trust", f"--username={OWNER}", "--encoding=UTF8", "--no-sync", "-D", data]
    subprocess.run(made, check=True, cwd=folder, stdout=subprocess.DEVNULL, **other)
    options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": "off"}
    run = [programs / "postgres", "-D", data, *(part for n, v in options.items() for part in ("-c", f"{n}={v}"))]
    process = subprocess.Popen(run, cwd=folder, stderr=subprocess.DEVNULL, **other)
    end_with_us(process.pid)
    try:
        ready = [programs / "pg_isready", "--quiet", "--host=127.0.0.1", f"--port={port}"]
        for _ in patience(START_SECONDS):
            if subprocess.run(ready, check=False).returncode == 0:
                break
        yield f"postgresql://{OWNER}@127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)  # it ends what it does, and does not wait for clients
        process.wait()
        shutil.rmtree(folder)
