"""The pedigree of Lacy (1989), on which the worked examples T1 to T4 are built."""

from pedigree import FEMALE, MALE, UNKNOWN, WILD, Pedigree, Record

SEXES = {"A": MALE, "B": FEMALE, "C": MALE, "D": MALE, "E": FEMALE, "F": FEMALE, "G": FEMALE}
PARENTS = {
    "A": (WILD, WILD),
    "B": (WILD, WILD),
    "C": ("A", "B"),
    "D": ("A", "B"),
    "E": (WILD, WILD),
    "F": ("D", "E"),
    "G": ("D", "E"),
}
RECORDS = [Record(animal, *parents, SEXES[animal]) for animal, parents in PARENTS.items()]
LIVING = ("C", "D", "F", "G")


def t1() -> Pedigree:
    return Pedigree.from_records(RECORDS)


def t3() -> Pedigree:
    return Pedigree.from_records([*RECORDS, Record("H", (("C", 0.5), ("F", 0.5)), "G")])


def t4() -> Pedigree:
    return Pedigree.from_records([*RECORDS, Record("J", UNKNOWN, "G")])
