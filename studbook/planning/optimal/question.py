"""What is asked of the solver, as plain values that are kept with the optimal plan and with each of its answers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Self

PairOfNumbers = tuple[str, str]
TO_DAM, TO_SIRE = "dam", "sire"
MOVES: Final = {TO_DAM: "the male to the female", TO_SIRE: "the female to the male"}
PAIRS: Final = ("required", "forbidden", "barred_regions")
WITHOUT_REGION: Final = "other"
NO_BANK, CHECKING, FOR_USE = "", "checking", "use"
BANK: Final = {
    NO_BANK: "no: living males only",
    CHECKING: "the checking account",
    FOR_USE: "checking and savings; never the national reserve",
}


@dataclass(frozen=True, slots=True)
class Question:
    """How many litters are wanted, and the limits. An empty number sets no limit.

    `named` are litters at most of single animals, by studbook number; ages are in years, the last one included; `price` is
    the gene diversity that a way of 1,000 km must be worth; `overlays` are keys; `bank` is which accounts of the genome bank give sires.
    """

    litters: int
    young: int = 1
    at_most: bool = False
    per_pair: int = 1
    per_male: int | None = 2
    per_female: int | None = 1
    named: tuple[tuple[str, int], ...] = ()
    inbreeding_limit: float | None = None
    male_first: float | None = None
    male_last: int | None = None
    female_first: float | None = None
    female_last: int | None = None
    spaces: bool = True
    adult_pairs: bool = True
    lineage_caps: bool = True
    moves_to: str = TO_DAM
    moves_most: int | None = None
    km_most: float | None = None
    price: float = 0.0
    barred_regions: tuple[PairOfNumbers, ...] = ()
    required: tuple[PairOfNumbers, ...] = ()
    forbidden: tuple[PairOfNumbers, ...] = ()
    keep_chosen: bool = False
    use_chance: bool = False
    overlays: tuple[int, ...] = ()
    bank: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the question as JSON keeps it."""
        return {
            name: [list(each) if isinstance(each, tuple) else each for each in value]
            if isinstance(value, tuple)
            else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Self:
        """Return the question that `to_dict` wrote; a name of another version is left out."""
        known = {each.name for each in fields(cls)} & told.keys()
        values = {name: told[name] for name in known}
        for name in (*PAIRS, "named"):
            values[name] = tuple((each[0], each[1]) for each in values.get(name, ()))
        values["overlays"] = tuple(values.get("overlays", ()))
        return cls(**values)
