"""Where everything of a drawn pedigree goes: boxes in columns by generation, lines that no box stands in the way of.

The animal stands at the left, its forebears to the right. Each animal is drawn once, so a shared ancestor has
several lines, and stands to the right of all its offspring.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import networkx as nx

from studbook.animals.generations import Generations
from studbook.animals.layering import Layering, layering_of
from studbook.animals.models import Animal, ParentKind
from studbook.animals.queries import Parent
from studbook.core.errors import StudbookError

BOX_WIDTH, BOX_HEIGHT = 148, 40
MARK_WIDTH, MARK_HEIGHT = 92, 24
COLUMN, ROW = 200, 50  # from one box to the next; ROW leaves room for a line to pass between two boxes
MARGIN = 4
NAME_LETTERS = 19

Point = tuple[float, float]
Node = tuple[int, str]  # an animal's key and "", or the key of the offspring and what is told of its parents


@dataclass(frozen=True, slots=True)
class Box:
    """What stands at one place: an animal, or the mark for parents that are not animals of the book."""

    left: float
    top: float
    width: float
    height: float
    animal: Animal | None = None
    words: str = ""

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def center(self) -> float:
        return self.left + self.width / 2

    @property
    def rounding(self) -> float:
        return self.height / 2

    @property
    def text_left(self) -> float:
        return self.left + 18

    @property
    def first_line(self) -> float:
        """Where the number stands: in the middle of a box without a name."""
        return self.middle - 3 if self.short_name else self.middle + 5

    @property
    def second_line(self) -> float:
        return self.middle + 13

    @property
    def lozenge(self) -> str:
        """The corners of the shape of an animal of unknown sex."""
        slope, bottom = self.height / 2, self.top + self.height
        across = [(self.left + slope, self.top), (self.right - slope, self.top), (self.right, self.middle)]
        back = [(self.right - slope, bottom), (self.left + slope, bottom), (self.left, self.middle)]
        return " ".join(f"{x:g},{y:g}" for x, y in across + back)

    @property
    def short_name(self) -> str:
        name = self.animal.house_name if self.animal else ""
        return name if len(name) <= NAME_LETTERS else f"{name[: NAME_LETTERS - 1]}…"


@dataclass(frozen=True, slots=True)
class Line:
    """From offspring to parent. `points` come in pairs: level across a column, curved between two columns."""

    offspring: Box
    parent: Box
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The line in the words of SVG."""
        x, y = self.points[0]
        words = [f"M{x:g} {y:g}"]
        for (x0, y0), (x1, y1) in zip(self.points, self.points[1:], strict=False):
            half = (x0 + x1) / 2
            words.append(f"H{x1:g}" if y0 == y1 else f"C{half:g} {y0:g} {half:g} {y1:g} {x1:g} {y1:g}")
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A pedigree ready to be drawn; sizes are in the units of the SVG."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    marks: tuple[Box, ...]
    lines: tuple[Line, ...]


def drawing_of(generations: Generations) -> Drawing:
    """Lay the pedigree out; refuse one in which an animal is its own ancestor."""
    graph = _graph(generations)
    layering: Layering[Node] = layering_of(graph)
    columns = layering.columns
    boxes = {node: _box(node, columns[node], row, generations) for node, row in layering.rows.items()}
    lines = tuple(
        _line(boxes[start], boxes[end], layering.routes[start, end], columns[start])
        for start, end in graph.edges
    )
    return Drawing(
        width=max(box.right for box in boxes.values()) + MARGIN,
        height=max(_bottoms(boxes.values(), lines)) + MARGIN,
        boxes=tuple(box for box in boxes.values() if box.animal),
        marks=tuple(box for box in boxes.values() if not box.animal),
        lines=lines,
    )


def _bottoms(boxes: Iterable[Box], lines: Iterable[Line]) -> Iterator[float]:
    yield from (box.top + box.height for box in boxes)
    yield from (y for line in lines for _, y in line.points)


def _graph(generations: Generations) -> "nx.DiGraph[Node]":
    graph: nx.DiGraph[Node] = nx.DiGraph()
    # The layout starts from the order of the nodes: each sire above the dam, as pedigrees are read.
    waiting: deque[Node] = deque([(next(iter(generations.animals)), "")])
    while waiting:
        start = waiting.popleft()
        ends = [] if start[1] else _ends(start[0], generations.parents[start[0]])
        waiting.extend(end for end in ends if end not in graph and end not in waiting)
        graph.add_node(start)
        graph.add_edges_from((start, end) for end in ends)
    _refuse_loop(graph, generations)
    return graph


def _ends(key: int, parents: dict[str, Parent]) -> list[Node]:
    words = {role: _words(parent) for role, parent in parents.items() if not parent.animal}
    if len(words) == 2 and words["sire"] == words["dam"]:
        return [(key, f"both {words['sire']}")]
    return [
        (parent.animal.pk, "") if parent.animal else (key, f"{role} {words[role]}")
        for role, parent in parents.items()
    ]


def _words(parent: Parent) -> str:
    if parent.kind == ParentKind.SEVERAL:
        return f"one of {len(parent.candidates)}"
    return "wild" if parent.kind == ParentKind.WILD else "unknown"


def _refuse_loop(graph: "nx.DiGraph[Node]", generations: Generations) -> None:
    if nx.is_directed_acyclic_graph(graph):
        return
    loop = [generations.animals[start[0]].studbook_number for start, _ in nx.find_cycle(graph)]
    raise StudbookError(
        f"The pedigree cannot be drawn: {' -> '.join([*loop, loop[0]])} makes an animal its own ancestor. "
        "Correct the parents of one of them."
    )


def _height_of(row: float) -> float:
    return MARGIN + BOX_HEIGHT / 2 + row * ROW


def _box(node: Node, column: int, row: float, generations: Generations) -> Box:
    key, words = node
    width, height = (MARK_WIDTH, MARK_HEIGHT) if words else (BOX_WIDTH, BOX_HEIGHT)
    animal = None if words else generations.animals[key]
    return Box(MARGIN + column * COLUMN, _height_of(row) - height / 2, width, height, animal, words)


def _line(start: Box, end: Box, route: list[float], column: int) -> Line:
    points: list[Point] = [(start.right, start.middle)]
    for step, row in enumerate(route, start=1):
        left = MARGIN + (column + step) * COLUMN
        points += [(left, _height_of(row)), (left + BOX_WIDTH, _height_of(row))]
    return Line(start, end, (*points, (end.left, end.middle)))
