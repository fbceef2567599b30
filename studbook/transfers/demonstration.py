"""Transfers for the demonstration, in several states, so that the pages have something to show."""

from studbook.programmes.models import Programme


def add_transfers(programme: Programme) -> None:
    """Add the transfers to the demonstration's programme."""
