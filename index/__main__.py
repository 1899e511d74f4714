"""``python -m index``: build or describe the index."""

from __future__ import annotations

import sys

from index.cli import add_commands
from ingest.console import DutchParser, run_reported


def main() -> int:
    """Run the command line and return the exit code."""
    parser = DutchParser(prog="python -m index", description="Maak of bekijk de index.")
    add_commands(parser)
    options = parser.parse_args()
    return run_reported(lambda: int(options.run(options)))


if __name__ == "__main__":
    sys.exit(main())
