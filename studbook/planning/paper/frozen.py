"""A plan frozen: everything its numbers are made from as plain values, and the numbers made from these alone."""

from dataclasses import dataclass
from typing import Any

from studbook.core.errors import StudbookError
from studbook.planning.models import Plan
from studbook.planning.paper.book_read import book_inputs
from studbook.planning.paper.figures import figures_in
from studbook.planning.paper.former import former_inputs
from studbook.planning.paper.packing import digest, pack, unpack
from studbook.planning.paper.plan_read import plan_inputs
from studbook.planning.report import software_version

__all__ = ["Frozen", "digest", "figures_from", "freeze", "inputs_of", "pack", "unpack"]

FORMAT = 1
LATER_FORMAT = "This version was frozen by a later program (format {found}), which this one cannot read. Update the program."

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a version keeps of a plan, ready to be stored."""

    inputs: bytes
    figures: bytes
    digest: str
    revision: int
    software: str


def inputs_of(plan: Plan) -> Plain:
    """Return everything that the plan's numbers, rows and figures are made from, as plain values of JSON.

    A fixed number of queries. Raises NoFiguresError with a sentence where the book, or the book under the plan's
    overlays, is no pedigree.
    """
    inputs = {
        "format": FORMAT,
        "software": software_version(),
        "plan": plan_inputs(plan),
        "book": book_inputs(plan),
        "former": former_inputs(plan),
    }
    # As they come back from the bytes: no tuple, no key that is not text.
    return unpack(pack(inputs))


def figures_from(inputs: Plain) -> Plain:
    """Return the figures of frozen inputs. Pure: the same inputs give the same figures to the last bit, without a database."""
    if inputs["format"] != FORMAT:
        raise StudbookError(LATER_FORMAT.format(found=inputs["format"]))
    return unpack(pack(figures_in(inputs)))


def freeze(plan: Plan) -> Frozen:
    """Return what a version keeps of the plan as it stands. See `inputs_of`."""
    inputs = inputs_of(plan)
    figures = figures_from(inputs)
    return Frozen(
        pack(inputs),
        pack(figures),
        digest(inputs, figures),
        inputs["book"]["programme"]["revision"],
        inputs["software"],
    )
