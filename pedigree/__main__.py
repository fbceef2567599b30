"""Run the engine from the command line: `python -m pedigree --help`."""

import sys

from pedigree.cli.commands import main

if __name__ == "__main__":
    sys.exit(main())
