import pytest
from hypothesis import given

from pedigree import (
    FEMALE,
    MALE,
    UNKNOWN,
    WILD,
    AssumedParent,
    AssumedSex,
    Assumption,
    Difference,
    ExcludedAnimal,
    HypotheticalAnimal,
    IdenticalTwins,
    Overlaid,
    Overlay,
    OverlayError,
    Pedigree,
    Record,
    RelatedFounders,
    inbreeding,
    kinship_matrix,
    with_overlays,
)
from tests.pedigree.strategies import pedigrees

BOOK = (
    Record("1", WILD, WILD, MALE),
    Record("2", WILD, WILD, FEMALE),
    Record("3", "1", "2", MALE),
    Record("4", "1", "2", MALE),
    Record("5", UNKNOWN, "2", FEMALE),
)
WHY = "Microsatellites of 2019"


def laid(*overlays: tuple[Assumption, ...]) -> Overlaid:
    named = zip(("Tests", "Letters", "Guess"), overlays, strict=False)
    return with_overlays(BOOK, [Overlay(name, assumptions) for name, assumptions in named])


def record(overlaid: Overlaid, animal: str) -> Record:
    return next(each for each in overlaid.records if each.id == animal)


@given(pedigrees())
def test_with_overlays__without_an_overlay_returns_the_records(records: list[Record]) -> None:
    overlaid = with_overlays(records, [])
    assert list(overlaid.records) == records
    assert not overlaid.differences
    assert not overlaid.founder_kinship
    assert not overlaid.excluded | overlaid.hypothetical


@pytest.mark.parametrize("parent", ["1", WILD, (("3", 0.25), ("4", 0.75))])
def test_with_overlays__assumes_a_parent(parent) -> None:
    overlaid = laid((AssumedParent("5", "sire", parent, WHY),))
    assert record(overlaid, "5") == Record("5", parent, "2", FEMALE)
    assert overlaid.differences == (Difference("Tests", "5", "sire", UNKNOWN, parent, WHY),)


def test_with_overlays__leaves_the_records_as_they_are() -> None:
    before = list(BOOK)
    overlaid = laid((AssumedParent("5", "dam", UNKNOWN, WHY), AssumedSex("5", MALE, WHY)))
    assert list(BOOK) == before
    assert record(overlaid, "5") == Record("5", UNKNOWN, UNKNOWN, MALE)
    assert [record(overlaid, each.id) for each in BOOK[:4]] == list(BOOK[:4])


def test_with_overlays__gives_a_hypothetical_animal_parents_and_offspring() -> None:
    # The order within an overlay says nothing.
    overlaid = laid(
        (AssumedParent("5", "sire", "H", WHY), HypotheticalAnimal("H", "Seen in 1990", WILD, "2", MALE))
    )
    pedigree = Pedigree.from_records(overlaid.records)
    assert inbreeding(pedigree)[pedigree.row("5")] == 0.25
    assert overlaid.hypothetical == {"H"}
    assert overlaid.differences[1:] == (
        Difference("Tests", "H", "sire", None, WILD, "Seen in 1990"),
        Difference("Tests", "H", "dam", None, "2", "Seen in 1990"),
        Difference("Tests", "H", "sex", None, MALE, "Seen in 1990"),
    )


def test_with_overlays__relates_founders() -> None:
    overlaid = laid((RelatedFounders("1", "2", 0.125, WHY), RelatedFounders("2", "2", 0.625, WHY)))
    pedigree = Pedigree.from_records(overlaid.records, founder_kinship=overlaid.founder_kinship)
    assert kinship_matrix(pedigree)[:2, :2].tolist() == [[0.5, 0.125], [0.125, 0.625]]
    assert [(each.recorded, each.assumed, each.other) for each in overlaid.differences] == [
        (0.0, 0.125, "2"),
        (0.5, 0.625, "2"),
    ]


def test_with_overlays__makes_identical_twins() -> None:
    overlaid = laid((IdenticalTwins("3", "4", WHY),))
    assert Pedigree.from_records(overlaid.records).genome.tolist() == [0, 1, 2, 2, 4]
    assert overlaid.differences == (Difference("Tests", "3", "identical twin", False, True, WHY, "4"),)


@pytest.mark.parametrize("recorded", [{"a": "b"}, {"b": "a"}, {"a": "b", "b": "a"}, {"a": "b", "c": "d"}])
def test_with_overlays__joins_twins_to_twins(recorded: dict[str, str]) -> None:
    book = [Record(each, twin_of=recorded.get(each)) for each in "abcd"]
    overlay = Overlay("Tests", (IdenticalTwins("a", "c", WHY), IdenticalTwins("d", "b", WHY)))
    overlaid = with_overlays(book, [overlay])
    assert Pedigree.from_records(overlaid.records).genome.tolist() == [0, 0, 0, 0]
    again = with_overlays(book, [Overlay("Tests", (IdenticalTwins("b", "a", WHY),))])
    assert not again.differences
    assert Pedigree.from_records(again.records).genome.tolist()[:2] == [0, 0]


def test_with_overlays__excludes_an_animal_that_stays_an_ancestor() -> None:
    overlaid = laid((ExcludedAnimal("1", "Too old to breed"),))
    assert overlaid.excluded == {"1"}
    assert overlaid.records == BOOK
    assert overlaid.differences == (Difference("Tests", "1", "excluded", False, True, "Too old to breed"),)


def test_with_overlays__tells_no_difference_where_the_record_says_the_same() -> None:
    assert not laid((AssumedParent("3", "sire", "1", WHY), AssumedSex("3", MALE, WHY))).differences


def test_with_overlays__lays_several_on_in_order() -> None:
    overlaid = laid(
        (HypotheticalAnimal("H", WHY, WILD, WILD, MALE),),
        (AssumedParent("5", "sire", "H", "Letter of the keeper"), RelatedFounders("H", "1", 0.25, WHY)),
    )
    pedigree = Pedigree.from_records(overlaid.records, founder_kinship=overlaid.founder_kinship)
    assert kinship_matrix(pedigree)[pedigree.row("5"), pedigree.row("1")] == 0.125
    assert {each.overlay for each in overlaid.differences} == {"Tests", "Letters"}


def test_with_overlays__takes_the_same_said_twice() -> None:
    overlaid = laid(
        (AssumedParent("5", "sire", (("3", 0.5), ("4", 0.5)), WHY),),
        (AssumedParent("5", "sire", (("4", 0.5), ("3", 0.5)), WHY), HypotheticalAnimal("H", WHY)),
        (
            HypotheticalAnimal("H", WHY),
            RelatedFounders("1", "2", 0.125, WHY),
            RelatedFounders("2", "1", 0.125, WHY),
        ),
    )
    assert record(overlaid, "H") == Record("H")
    Pedigree.from_records(overlaid.records, founder_kinship=overlaid.founder_kinship)


@pytest.mark.parametrize(
    ("overlays", "sentence"),
    [
        (
            [(AssumedParent("5", "sire", "3", WHY),), (AssumedParent("5", "sire", WILD, WHY),)],
            (
                "The overlay “Tests” says that the sire of 5 is 3, the overlay “Letters” that it is wild. "
                "Use one of the two overlays, or make them agree."
            ),
        ),
        (
            [
                (
                    AssumedParent("5", "sire", (("3", 0.5), ("4", 0.5)), WHY),
                    AssumedParent("5", "sire", "4", WHY),
                )
            ],
            (
                "The overlay “Tests” says that the sire of 5 is 3 (50%) or 4 (50%) and that it is 4. "
                "Keep one of the two."
            ),
        ),
        (
            [(RelatedFounders("1", "2", 0.125, WHY),), (RelatedFounders("2", "1", 0.25, WHY),)],
            (
                "The overlay “Tests” says that the kinship of 1 and 2 is 0.125, the overlay “Letters” that it is "
                "0.25. Use one of the two overlays, or make them agree."
            ),
        ),
        (
            [(AssumedSex("5", MALE, WHY),), (AssumedSex("5", FEMALE, WHY),)],
            (
                "The overlay “Tests” says that the sex of 5 is male, the overlay “Letters” that it is female. "
                "Use one of the two overlays, or make them agree."
            ),
        ),
        (
            [(HypotheticalAnimal("H", WHY),), (HypotheticalAnimal("H", WHY, WILD),)],
            (
                "The overlay “Tests” says that the sire of H is unknown, the overlay “Letters” that it is wild. "
                "Use one of the two overlays, or make them agree."
            ),
        ),
        (
            [(ExcludedAnimal("9", WHY),)],
            (
                "The overlay “Tests” names animal 9, which is neither recorded nor hypothetical. "
                "Check the id, or add 9 as a hypothetical animal."
            ),
        ),
        (
            [(AssumedParent("5", "sire", (("3", 0.5), ("9", 0.5)), WHY),)],
            (
                "The overlay “Tests” names animal 9, which is neither recorded nor hypothetical. "
                "Check the id, or add 9 as a hypothetical animal."
            ),
        ),
        (
            [(AssumedParent("5", "sire", "H", WHY),), (HypotheticalAnimal("H", WHY),)],
            (
                "The overlay “Tests” names animal H, which is neither recorded nor hypothetical. "
                "Check the id, or add H as a hypothetical animal."
            ),
        ),
        (
            [(HypotheticalAnimal("3", WHY),)],
            (
                "The overlay “Tests” calls a hypothetical animal 3, but an animal of that id is recorded. "
                "Give the hypothetical animal another id."
            ),
        ),
        (
            [(IdenticalTwins("5", "5", WHY),)],
            "The overlay “Tests” says that animal 5 is its own identical twin. Name another animal as the twin.",
        ),
        (
            [(HypotheticalAnimal("", WHY),)],
            "The overlay “Tests” has a hypothetical animal without an id. Give it an id.",
        ),
        (
            [(AssumedSex("5", MALE, " "),)],
            (
                "The overlay “Tests” assumes something about animal 5 without a reason. "
                "Write what the assumption rests on."
            ),
        ),
    ],
)
def test_with_overlays__refuses_with_a_sentence(overlays, sentence: str) -> None:
    with pytest.raises(OverlayError) as caught:
        laid(*overlays)
    assert str(caught.value) == sentence
    assert caught.value.overlay == "Tests"
