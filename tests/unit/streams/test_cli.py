import os
import subprocess
import sys

import pytest

SAYS = """
import os, sys
from streams import cli
sys.argv = ["claimwire", "--help"]
try:
    cli.main()
finally:
    print("threads:", os.environ["OPENBLAS_NUM_THREADS"])
"""


@pytest.mark.parametrize(("given", "found"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "3"}, "3")])
def test_commands_and_their_processes_multiply_on_one_thread_unless_told_otherwise(
    given: dict[str, str], found: str
) -> None:
    env = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"} | given
    said = subprocess.run([sys.executable, "-c", SAYS], env=env, capture_output=True, text=True, check=True)
    assert said.stdout.endswith(f"threads: {found}\n")
