"""The geometry of drawn pedigrees: each animal once, and no line behind a box that is not its own."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studbook.animals.drawing import Box, Drawing, Line, drawing_of
from studbook.animals.generations import GENERATIONS, Generations, generations_of
from studbook.animals.models import Animal, ParentKind
from studbook.animals.queries import Parent
from studbook.core.errors import StudbookError
from tests.factories import AnimalFactory, FounderFactory, ParentCandidateFactory

STEPS = 24
SEXES = ("M", "F", "U")


def pedigree(parents: dict[int, tuple[int | str, int | str]]) -> Generations:
    """Return the pedigree of animal 0 from parents by key; a word in place of a key is the kind of parent."""
    keys = {0, *parents, *(each for pair in parents.values() for each in pair if isinstance(each, int))}
    animals = {key: Animal(pk=key, studbook_number=str(key), sex=SEXES[key % 3]) for key in sorted(keys)}
    shown = {
        key: dict(
            zip(("sire", "dam"), (parent(animals, each) for each in parents.get(key, ())), strict=False)
        )
        for key in animals
    }
    return Generations(animals, dict.fromkeys(animals, 0), shown)


def parent(animals: dict[int, Animal], told: int | str) -> Parent:
    return Parent("known", animals[told]) if isinstance(told, int) else Parent(told, None)


@st.composite
def inbred_pedigrees(draw: st.DrawFn) -> Generations:
    """Few animals and many parents among them, so that ancestors are shared over several generations."""
    size = draw(st.integers(2, 16))
    parents: dict[int, tuple[int | str, int | str]] = {}
    waiting = [0]
    while waiting:
        key = waiting.pop()
        if key in parents or key >= size - 1:
            continue
        above = st.one_of(st.integers(key + 1, size - 1), st.sampled_from(["wild", "unknown", "several"]))
        sire, dam = draw(above), draw(above)
        parents[key] = (sire, dam if dam != sire or isinstance(dam, str) else "unknown")
        waiting += [each for each in parents[key] if isinstance(each, int)]
    return pedigree(parents)


def all_boxes(drawing: Drawing) -> tuple[Box, ...]:
    return drawing.boxes + drawing.marks


def overlap(one: Box, other: Box) -> bool:
    apart = one.right <= other.left or other.right <= one.left
    return not (apart or one.top + one.height <= other.top or other.top + other.height <= one.top)


def runs_behind(line: Line, box: Box) -> bool:
    return any(box.left < x < box.right and box.top < y < box.top + box.height for x, y in points_of(line))


def points_of(line: Line) -> list[tuple[float, float]]:
    """Return points along the line as it is drawn: level parts, and Bézier curves with level ends."""
    points = []
    for (x0, y0), (x1, y1) in zip(line.points, line.points[1:], strict=False):
        half = (x0 + x1) / 2
        for step in range(STEPS + 1):
            t = step / STEPS
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
            points.append((a * x0 + b * half + c * half + d * x1, (a + b) * y0 + (c + d) * y1))
    return points


@given(inbred_pedigrees())
@settings(max_examples=50, deadline=None)
def test_drawing_of__draws_each_animal_once_and_apart(generations: Generations) -> None:
    drawing = drawing_of(generations)
    assert sorted(box.animal.pk for box in drawing.boxes if box.animal) == sorted(generations.animals)
    assert not [pair for pair in combinations(all_boxes(drawing), 2) if overlap(*pair)]


@given(inbred_pedigrees())
@settings(max_examples=50, deadline=None)
def test_drawing_of__runs_no_line_behind_a_box(generations: Generations) -> None:
    drawing = drawing_of(generations)
    hidden = [(line, box) for line in drawing.lines for box in all_boxes(drawing) if runs_behind(line, box)]
    assert hidden == []


@given(inbred_pedigrees())
@settings(max_examples=50, deadline=None)
def test_drawing_of__has_a_line_for_every_parent_and_holds_all_of_them(generations: Generations) -> None:
    drawing = drawing_of(generations)
    drawn = {
        (line.offspring.animal.pk, line.parent.animal.pk)
        for line in drawing.lines
        if line.offspring.animal and line.parent.animal
    }
    known = {
        (key, each.animal.pk)
        for key, pair in generations.parents.items()
        for each in pair.values()
        if each.animal
    }
    assert drawn == known
    assert len(drawing.lines) == len(known) + len(drawing.marks)
    for x, y in (point for line in drawing.lines for point in points_of(line)):
        assert 0 <= x <= drawing.width
        assert 0 <= y <= drawing.height


@given(inbred_pedigrees())
@settings(max_examples=20, deadline=None)
def test_drawing_of__is_the_same_every_time(generations: Generations) -> None:
    assert drawing_of(generations) == drawing_of(generations)


def test_drawing_of__puts_an_ancestor_to_the_right_of_all_its_offspring() -> None:
    backcross = drawing_of(pedigree({0: (1, 2), 2: (1, 3)}))
    left = {box.animal.pk: box.left for box in backcross.boxes if box.animal}
    assert left[0] < left[2] < left[1] == left[3]


def test_drawing_of__puts_sires_above_dams_in_a_pedigree_without_inbreeding() -> None:
    tree = drawing_of(
        pedigree({0: (1, 2), 1: (3, 4), 2: (5, 6), 3: (7, 8), 4: (9, 10), 5: (11, 12), 6: (13, 14)})
    )
    top = {box.animal.pk: box.top for box in tree.boxes if box.animal}
    for sire in (1, 3, 5, 7, 9, 11, 13):
        assert top[sire] < top[sire + 1]


@pytest.mark.parametrize(
    ("parents", "words"),
    [
        (("wild", "wild"), {"both wild"}),
        (("unknown", "unknown"), {"both unknown"}),
        (("wild", "unknown"), {"sire wild", "dam unknown"}),
        ((1, "unknown"), {"dam unknown"}),
    ],
)
def test_drawing_of__marks_parents_that_are_not_animals(parents: Any, words: set[str]) -> None:
    assert {mark.words for mark in drawing_of(pedigree({0: parents})).marks} == words


def test_drawing_of__refuses_an_animal_that_is_its_own_ancestor() -> None:
    with pytest.raises(StudbookError, match=r"0 -> 1 -> 2 -> 0 makes an animal its own ancestor"):
        drawing_of(pedigree({0: (1, "wild"), 1: ("wild", 2), 2: (0, "wild")}))


def test_box__shortens_a_long_name() -> None:
    box = Box(0, 0, 148, 40, Animal(house_name="Anastasia Nikolaevna the Second"))
    assert box.short_name == "Anastasia Nikolaev…"


def family(depth: int, programme: Any) -> Animal:
    """Return an animal whose pedigree is known for `depth` generations, without inbreeding."""
    if depth == 0:
        founder: Animal = FounderFactory(programme=programme)
        return founder
    sire, dam = family(depth - 1, programme), family(depth - 1, programme)
    animal: Animal = AnimalFactory(programme=programme, sire=sire, dam=dam)
    return animal


@pytest.mark.django_db
@pytest.mark.parametrize(("depth", "animals"), [(1, 3), (2, 7), (3, 15), (4, 15)])
def test_generations_of__holds_four_generations_and_no_more(
    programme: Any, django_assert_num_queries: Any, depth: int, animals: int
) -> None:
    youngest = family(depth, programme)
    with django_assert_num_queries(min(depth, GENERATIONS - 1) + 1):
        generations = generations_of(youngest)
    assert len(generations.animals) == animals


@pytest.mark.django_db
def test_generations_of__keeps_wild_unknown_and_several_apart(programme: Any) -> None:
    sire = FounderFactory(programme=programme, sex="M")
    young = AnimalFactory(programme=programme, sire=sire, dam_kind=ParentKind.SEVERAL)
    chosen = ParentCandidateFactory(animal=young, role="dam", parent__sex="F", probability="0.75")
    generations = generations_of(young)
    assert generations.parents[young.pk]["dam"].candidates == (chosen,)
    assert generations.parents[sire.pk]["sire"].kind == ParentKind.WILD
    assert {mark.words for mark in drawing_of(generations).marks} == {"dam one of 1", "both wild"}
