"""The command line: ``claimwire COMMAND``.

This module imports nothing slow, so that Ctrl-C ends a command silently even while it loads.
"""

import os
import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line until its end or Ctrl-C."""
    # For numpy, whose products here are small: more threads would wait for each other, and read a fifth fewer words.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from streams.command_table import run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
