"""``python -m assistant`` and the console script ``vraagbaak``."""

from __future__ import annotations

import sys

from assistant.cli import add_commands
from index import cli as index_cli
from ingest.console import DutchParser, run_reported


def main() -> int:
    """Run the command line and return the exit code."""
    parser = DutchParser(
        prog="vraagbaak",
        description="Beantwoordt vragen over brieven van de VNG, elke zin met zijn vindplaats.",
    )
    commands = add_commands(parser)
    index_cli.add_commands(commands.add_parser("index", help="maak of bekijk de index"))
    options = parser.parse_args()
    return run_reported(lambda: int(options.run(options)))


if __name__ == "__main__":
    sys.exit(main())
