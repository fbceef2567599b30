"""The engine's own command line: `python -m pedigree COMMAND FILE.csv`."""
