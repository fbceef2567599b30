"""A plan frozen: everything its numbers are made from as plain values, and the numbers made from these alone."""

from studbook.core.errors import StudbookError
from studbook.planning.models import Plan
from studbook.planning.paper.beside_read import people_inputs, reproduction_inputs
from studbook.planning.paper.book_read import book_inputs
from studbook.planning.paper.figures import figures_in
from studbook.planning.paper.former import former_inputs
from studbook.planning.paper.packing import FORMAT, as_read, digest, pack, unpack
from studbook.planning.paper.plain import PlainDict
from studbook.planning.paper.plan_read import plan_inputs
from studbook.planning.plans.reading import lines_of
from studbook.planning.report import software_version

__all__ = ["digest", "figures_from", "inputs_of", "pack", "unpack"]

LATER_FORMAT = "This version was frozen by a later program (format {found}), which this one cannot read. Update the program."


def inputs_of(plan: Plan) -> PlainDict:
    """Return everything that the plan's numbers, rows and figures are made from, as plain values of JSON.

    A fixed number of queries. Raises NoFiguresError with a sentence where the book, or the book under the plan's
    overlays, is no pedigree.
    """
    inputs = {
        "format": FORMAT,
        "software": software_version(),
        "revision": plan.programme.revision,
        "day": plan.programme.as_of.isoformat(),
        "plan": plan_inputs(plan),
        "lines": lines_of(plan).as_dict(),
        "book": book_inputs(plan),
        "former": former_inputs(plan),
        "reproduction": reproduction_inputs(plan.programme),
        "people": people_inputs(plan.programme),
    }
    return as_read(inputs)


def figures_from(inputs: PlainDict) -> PlainDict:
    """Return the figures of frozen inputs. Pure: the same inputs give the same figures to the last bit, without a database."""
    if inputs["format"] != FORMAT:
        raise StudbookError(LATER_FORMAT.format(found=inputs["format"]))
    return as_read(figures_in(inputs))
