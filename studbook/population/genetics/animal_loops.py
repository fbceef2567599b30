"""Where an animal's own inbreeding comes from: its parents' common ancestors, drawn with the lines that lead to them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import networkx as nx

from pedigree.paths import InbreedingPaths, Path, own_inbreeding_paths
from studbook.animals.drawing import BOX_HEIGHT, BOX_WIDTH, COLUMN, MARGIN, ROW, Box, Line
from studbook.animals.layering import Layering, layering_of
from studbook.animals.models import Animal
from studbook.core.templatetags.studbook import percent
from studbook.population.analysis import Analysis
from studbook.population.explanation import AncestorRow, ancestor_rows
from studbook.programmes.models import Programme

MOST_DRAWN = 36  # animals in one drawing
THINNEST, THICKEST = 1.0, 7.0

Step = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Strand:
    """A line of descent, as wide as the share of F that runs over it."""

    line: Line
    width: float


@dataclass(frozen=True, slots=True)
class Loops:
    """An animal's F taken apart. `drawn` of the paths are in the drawing, and `part` of F runs over those."""

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


def loops_of(programme: Programme, analysis: Analysis, number: str) -> Loops:
    """Return the loops of an animal; one query."""
    explained = own_inbreeding_paths(analysis.pedigree, number, analysis.inbreeding)
    animals = _animals(programme, explained, number)
    rows = ancestor_rows(animals, explained)
    paths = _drawable(explained)
    if not paths:
        return Loops(explained.f_offspring, rows)
    part = sum(path.share for path in paths) / explained.f_offspring
    return _drawn(number, paths, animals, Loops(explained.f_offspring, rows, drawn=len(paths), part=part))


def _animals(programme: Programme, explained: InbreedingPaths, number: str) -> dict[str, Animal]:
    numbers = {number, *(each.animal for each in explained.ancestors)}
    for each in explained.ancestors:
        for path in each.paths:
            numbers.update(path.sire_side, path.dam_side)
    found = {each.studbook_number: each for each in programme.animals.filter(studbook_number__in=numbers)}
    # An animal that only an overlay assumes stands in a path without a page of its own.
    return {each: found.get(each) or Animal(studbook_number=each) for each in numbers}


def _drawable(explained: InbreedingPaths) -> list[Path]:
    """Return the largest paths, as many as a drawing can hold and still be read."""
    paths = sorted(
        (path for each in explained.ancestors for path in each.paths), key=lambda path: -path.share
    )
    seen: set[str] = set()
    chosen: list[Path] = []
    for path in paths:
        with_it = seen.union(path.sire_side, path.dam_side)
        if chosen and len(with_it) > MOST_DRAWN:
            break
        seen = with_it
        chosen.append(path)
    return chosen


def _steps(number: str, path: Path) -> Iterator[Step]:
    for side in (path.sire_side, path.dam_side):
        yield from zip((number, *side), side, strict=False)


def _drawn(number: str, paths: Sequence[Path], animals: dict[str, Animal], loops: Loops) -> Loops:
    flow: defaultdict[Step, float] = defaultdict(float)
    for path in paths:
        for step in _steps(number, path):
            flow[step] += path.share
    graph: nx.DiGraph[str] = nx.DiGraph(list(flow))
    layering: Layering[str] = layering_of(graph)
    shares = {each.animal.studbook_number: percent(each.part) + " of F" for each in loops.ancestors}
    boxes = {
        name: _box(animals[name], layering.columns[name], row, shares.get(name, ""))
        for name, row in layering.rows.items()
    }
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
