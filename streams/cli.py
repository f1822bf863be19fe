"""The command line: ``claimwire COMMAND``.

This module imports nothing slow, so that Ctrl-C ends a command silently even while it loads.
"""

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line until its end or Ctrl-C."""
    try:
        from streams.command_table import run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
