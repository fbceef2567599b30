"""What a frozen version holds, read again."""

from typing import Any

from studbook.planning.models import PlanVersion
from studbook.planning.paper.packing import unpack
from studbook.planning.plans.lines import PlanLines
from studbook.population.cache import Kept

MOST_KEPT = 8
LINES = "lines"

_kept: Kept[tuple[int, str], PlanLines] = Kept(MOST_KEPT)


def lines_in(version: PlanVersion) -> PlanLines:
    """Return what a version says, from what it froze; kept, since a version never changes."""
    return _kept.get(
        (version.pk, version.digest), lambda: PlanLines.from_dict(inputs_in(version).get(LINES, {}))
    )


def inputs_in(version: PlanVersion) -> dict[str, Any]:
    """Return what a version was made from; nothing where its bytes are no frozen inputs."""
    return _unpacked(version.inputs)


def figures_in(version: PlanVersion) -> dict[str, Any]:
    """Return the figures that a version holds; none where its bytes are no frozen figures."""
    return _unpacked(version.figures)


def _unpacked(data: bytes | memoryview) -> dict[str, Any]:
    try:
        return unpack(data)
    except (OSError, EOFError, ValueError):
        return {}
