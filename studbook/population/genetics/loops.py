"""Inbreeding drawn: the common ancestors of two parents, with the lines that lead to them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import networkx as nx

from studbook.animals.drawing import BOX_HEIGHT, BOX_WIDTH, COLUMN, MARGIN, ROW, Box, Line
from studbook.animals.layering import Layering, layering_of
from studbook.animals.models import Animal
from studbook.core.templatetags.studbook import percent
from studbook.population.explanation import AncestorRow, Chain, PairExplanation

MOST_DRAWN = 36  # animals in one drawing
CROWDED = 20  # boxes from which a drawing takes more than a glance
THINNEST, THICKEST = 1.0, 7.0
SUBJECT = ""  # no animal has an empty number, so whoever is explained cannot be mistaken for a forebear

Step = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Strand:
    """A line of descent, as wide as the share of F that runs over it."""

    line: Line
    width: float


@dataclass(frozen=True, slots=True)
class Loops:
    """An F taken apart. `drawn` of the paths are in the drawing, and `part` of F runs over those."""

    subject: Animal
    inbreeding: float
    ancestors: list[AncestorRow]
    boxes: tuple[Box, ...] = ()
    strands: tuple[Strand, ...] = ()
    width: float = 0
    height: float = 0
    drawn: int = 0
    part: float = 0

    @property
    def path_count(self) -> int:
        return sum(each.path_count for each in self.ancestors)

    @property
    def listed_count(self) -> int:
        return sum(len(each.chains) for each in self.ancestors)

    @property
    def crowded(self) -> bool:
        return len(self.boxes) > CROWDED


def drawn_loops(subject: Animal, inbreeding: float, ancestors: list[AncestorRow]) -> Loops:
    """Return the loops of an animal, or of a young not yet born; no query. `inbreeding` is the sum of the shares."""
    loops, chains = Loops(subject, inbreeding, ancestors), _drawable(ancestors)
    if not chains:
        return loops
    part = sum(chain.share for chain in chains) / inbreeding
    return _drawn(replace(loops, drawn=len(chains), part=part), chains)


def loops_of_young(pair: PairExplanation) -> Loops:
    """Return the loops of a pair's would-be young; no query. Only for a pair that was not refused."""
    young = Animal(studbook_number="their young", sex=Animal.Sex.UNKNOWN)
    return drawn_loops(young, sum(each.share for each in pair.ancestors), pair.ancestors)


def _drawable(ancestors: Sequence[AncestorRow]) -> list[Chain]:
    """Return the largest paths, as many as a drawing can hold and still be read."""
    chains = sorted((chain for each in ancestors for chain in each.chains), key=lambda chain: -chain.share)
    seen: set[str] = set()
    chosen: list[Chain] = []
    for chain in chains:
        with_it = seen.union(each.studbook_number for each in chain.animals)
        if chosen and len(with_it) > MOST_DRAWN:
            break
        seen = with_it
        chosen.append(chain)
    return chosen


def _steps(chain: Chain) -> Iterator[Step]:
    for side in (chain.sire_side, chain.dam_side):
        numbers = [each.studbook_number for each in side]
        yield from zip((SUBJECT, *numbers), numbers, strict=False)


def _drawn(loops: Loops, chains: Sequence[Chain]) -> Loops:
    flow: defaultdict[Step, float] = defaultdict(float)
    for chain in chains:
        for step in _steps(chain):
            flow[step] += chain.share
    graph: nx.DiGraph[str] = nx.DiGraph(list(flow))
    layering: Layering[str] = layering_of(graph)
    boxes = _boxes(loops, chains, layering)
    strands = tuple(
        Strand(
            _line(boxes[start], boxes[end], layering.routes[start, end], layering.columns[start]),
            round(THINNEST + (THICKEST - THINNEST) * flow[start, end] / loops.inbreeding, 2),
        )
        for start, end in graph.edges
    )
    places = [y for strand in strands for _, y in strand.line.points] + [
        box.top + BOX_HEIGHT for box in boxes.values()
    ]
    return replace(
        loops,
        boxes=tuple(boxes.values()),
        strands=strands,
        width=max(box.right for box in boxes.values()) + MARGIN,
        height=max(places) + MARGIN,
    )


def _boxes(loops: Loops, chains: Sequence[Chain], layering: Layering[str]) -> dict[str, Box]:
    animals = {each.studbook_number: each for chain in chains for each in chain.animals}
    animals[SUBJECT] = loops.subject
    words = _words(loops.ancestors)
    return {
        name: _box(animals[name], layering.columns[name], row, words.get(name, ""))
        for name, row in layering.rows.items()
    }


def _words(ancestors: Sequence[AncestorRow]) -> dict[str, str]:
    """Return what each common ancestor adds, by number; of two kin founders, the one of the dam's side leads to the other."""
    words = {
        each.kin.studbook_number: f"kin of {each.animal.studbook_number}" for each in ancestors if each.kin
    }
    shares: defaultdict[str, float] = defaultdict(float)
    for each in ancestors:
        shares[each.animal.studbook_number] += each.part
    return words | {name: f"{percent(share)} of F" for name, share in shares.items()}


def _box(animal: Animal, column: int, row: float, words: str) -> Box:
    return Box(MARGIN + column * COLUMN, _level(row) - BOX_HEIGHT / 2, BOX_WIDTH, BOX_HEIGHT, animal, words)


def _level(row: float) -> float:
    return MARGIN + BOX_HEIGHT / 2 + row * ROW


def _line(start: Box, end: Box, route: Sequence[float], column: int) -> Line:
    points = [(start.right, start.middle)]
    for step, row in enumerate(route, start=1):
        left = MARGIN + (column + step) * COLUMN
        points += [(left, _level(row)), (left + BOX_WIDTH, _level(row))]
    return Line(start, end, (*points, (end.left, end.middle)))
