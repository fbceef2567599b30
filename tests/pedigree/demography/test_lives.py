"""From records to lives: what is refused, what is left out, what is put in order."""

import pickle

import pytest

from pedigree import (
    DuplicateAnimalError,
    LifeRecord,
    Lives,
    ParentProbabilityError,
    SexCodeError,
    UnknownAnimalError,
    UnknownParentError,
    life_table,
)


def stays_of(record: LifeRecord) -> list[tuple[float, float]]:
    stays = Lives.from_records([record]).stays
    return list(zip(stays.start.tolist(), stays.end.tolist(), strict=True))


FOREVER = float("inf")


@pytest.mark.parametrize(
    ("record", "stays"),
    [
        (LifeRecord("1", stays=((5, 9), (9, 12))), [(5, 12)]),
        (LifeRecord("1", stays=((20, None), (5, 9))), [(5, 9), (20, FOREVER)]),
        (LifeRecord("1", stays=((5, 30), (7, 9))), [(5, 30)]),
        (LifeRecord("1", birth=8, death=20, stays=((5, None),)), [(8, 20)]),
        (LifeRecord("1", birth=8, death=8, stays=((8, None),)), [(8, 8)]),
        (LifeRecord("1", death=20, stays=((5, 10), (15, 25))), [(5, 10), (15, 20)]),
        (LifeRecord("1"), []),
    ],
)
def test_from_records__cuts_and_joins_stays(record: LifeRecord, stays: list[tuple[float, float]]) -> None:
    assert stays_of(record) == stays


@pytest.mark.parametrize(
    "record",
    [
        LifeRecord("1", birth=9, death=8, stays=((9, None),)),
        LifeRecord("1", stays=((9, 8),)),
        LifeRecord("1", birth=9, stays=((2, 5), (9, None))),
        LifeRecord("1", death=9, stays=((2, 5), (10, None))),
    ],
)
def test_from_records__leaves_out_days_that_contradict_each_other(record: LifeRecord) -> None:
    lives = Lives.from_records([record])
    assert lives.contradictory == ("1",)
    assert len(lives.stays.row) == 0
    assert len(life_table(lives, last=100)) == 0


def test_lives__tell_who_was_born_and_who_died_in_the_population() -> None:
    lives = Lives.from_records(
        [
            LifeRecord("home", birth=1, death=9, stays=((1, None),)),
            LifeRecord("import", birth=1, death=9, stays=((4, 9),)),
            LifeRecord("export", birth=1, death=9, stays=((1, 8),)),
        ]
    )
    assert lives.born_in.tolist() == [True, False, True]
    assert lives.died_in.tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("records", "error"),
    [
        ([LifeRecord("1"), LifeRecord("1")], DuplicateAnimalError),
        ([LifeRecord("1", sire="2")], UnknownParentError),
        ([LifeRecord("1", sex=5)], SexCodeError),
        ([LifeRecord("1", sire=(("2", 0.5),)), LifeRecord("2")], ParentProbabilityError),
    ],
)
def test_from_records__refuses_what_cannot_be(records: list[LifeRecord], error: type[Exception]) -> None:
    with pytest.raises(error):
        Lives.from_records(records)


def test_row__refuses_an_animal_without_one() -> None:
    lives = Lives.from_records([LifeRecord("1")])
    assert lives.row("1") == 0
    with pytest.raises(UnknownAnimalError, match="Animal 2 is not in the pedigree"):
        lives.row("2")


def test_lives__cannot_be_changed_and_can_be_kept() -> None:
    lives = Lives.from_records([LifeRecord("1", birth=1, stays=((1, None),))])
    with pytest.raises(ValueError, match="read-only"):
        lives.birth[0] = 2
    kept = pickle.loads(pickle.dumps(lives))
    assert (kept.ids, kept.birth.tolist(), kept.row("1")) == (("1",), [1], 0)
