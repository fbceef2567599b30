"""What rooms add to the demonstration, without the one that loads it knowing them."""

from collections.abc import Callable

from studbook.programmes.models import Programme

Addition = Callable[[Programme], object]

_additions: list[Addition] = []


def add_to_demonstration(addition: Addition) -> None:
    """Let a room add something to the demonstration's programme; called once, from an application's `ready`."""
    _additions.append(addition)


def complete_demonstration(programme: Programme) -> None:
    """Let every room add its part."""
    for addition in _additions:
        addition(programme)
