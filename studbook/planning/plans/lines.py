"""What a plan says, as plain values: rows are made of them, a frozen version holds them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

from studbook.planning.models import Recommendation

HOLD, SEND_TO, RECEIVE_FROM = "HOLD", "SEND TO", "RECEIVE FROM"
BREED_WITH, IF_POSSIBLE, DO_NOT_BREED, SEE_NOTES = "BREED WITH", "IF POSSIBLE", "DO NOT BREED", "SEE NOTES"
SEND = "send"
NATURAL, BANKED = Recommendation.Method.NATURAL.value, Recommendation.Method.BANKED.value
NO_BREEDING = "do not breed"
LIVING = "living"
STATUS_WORDS = {"dead": "dead", "released": "released", "lost": "lost to follow-up", "void": "void"}
METHODS = dict(Recommendation.Method.choices)
SEX_WORDS = {"M": "male", "F": "female", "U": "of unknown sex"}

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Place:
    """An institution, as a plan names it."""

    key: int
    mnemonic: str
    name: str
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What the plan says of one animal, and what the book said of it then.

    `row` is the key of its PlanAnimal and `animal` of the animal. `holder` is where it is, or was last; `came_from` where it
    was when the plan had it sent, and is None before. `excluded` is why the plan's overlays leave it out, empty where they do not;
    `death` when it died, in the words of the book.
    """

    row: int
    animal: int
    number: str
    name: str
    sex: str
    age: float | None
    status: str
    local_id: str
    holder: int | None
    disposition: str = "hold"
    destination: int | None = None
    came_from: int | None = None
    breeding: str = ""
    priority: int = 2
    reason: str = ""
    notes: str = ""
    excluded: str = ""
    death: str = ""

    @property
    def words(self) -> str:
        return f"{self.number} {self.name}".strip()

    @property
    def is_living(self) -> bool:
        return self.status == LIVING

    @property
    def is_sent(self) -> bool:
        return self.disposition == SEND

    @property
    def place_to_be(self) -> int | None:
        """Where the animal is once the plan is carried out."""
        return self.destination if self.is_sent else self.holder


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair of the plan, by the studbook numbers of the two."""

    pair: int
    sire: str
    dam: str
    method: str = NATURAL
    priority: int = 2
    if_possible: bool = False
    litters: int = 1
    reason: str = ""
    notes: str = ""
    above_caps: str = ""
    caps_reason: str = ""

    def other(self, number: str) -> str:
        return self.dam if number == self.sire else self.sire

    @property
    def method_words(self) -> str:
        return METHODS.get(self.method, self.method)

    @property
    def must_meet(self) -> bool:
        """Tell whether the two must live at one place."""
        return self.method == NATURAL


@dataclass(frozen=True, slots=True)
class PlanLines:
    """All that a plan says of animals and pairs, with the institutions named."""

    animals: tuple[Line, ...] = ()
    pairs: tuple[PairLine, ...] = ()
    places: tuple[Place, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain lists and dictionaries, as a frozen version keeps them."""
        return {
            "animals": [asdict(each) for each in self.animals],
            "pairs": [asdict(each) for each in self.pairs],
            "places": [asdict(each) for each in self.places],
        }

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> "PlanLines":
        """Return what `as_dict` was made of; what a later program added is left out."""
        return cls(
            tuple(_made(Line, each) for each in told.get("animals", ())),
            tuple(_made(PairLine, each) for each in told.get("pairs", ())),
            tuple(_made(Place, each) for each in told.get("places", ())),
        )

    def by_number(self) -> dict[str, Line]:
        return {each.number: each for each in self.animals}

    def pairs_of(self, number: str) -> tuple[PairLine, ...]:
        return tuple(each for each in self.pairs if number in (each.sire, each.dam))


def breeding_word(breeding: str, only_if_possible: Sequence[bool]) -> str:
    """Return what a plan says of an animal's breeding: its own word, else that of its pairs; empty where it has neither.

    `only_if_possible` tells of each pair of the animal whether it is to breed only if possible.
    """
    if breeding:
        return DO_NOT_BREED if breeding == NO_BREEDING else SEE_NOTES
    if not only_if_possible:
        return ""
    return IF_POSSIBLE if all(only_if_possible) else BREED_WITH


def apart(lines: PlanLines) -> tuple[PairLine, ...]:
    """Return the pairs that must live at one place, and would not once the plan is carried out."""
    animals = lines.by_number()
    return tuple(each for each in lines.pairs if each.must_meet and not _meet(animals, each))


def _meet(animals: Mapping[str, Line], pair: PairLine) -> bool:
    sire, dam = animals.get(pair.sire), animals.get(pair.dam)
    if sire is None or dam is None:
        return False
    return sire.place_to_be is not None and sire.place_to_be == dam.place_to_be


def _made(kind: type[Made], told: Mapping[str, Any]) -> Made:
    known = {each.name for each in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in told.items() if name in known})


def dead_donors(lines: PlanLines) -> frozenset[str]:
    """Return the numbers of the sires of banked pairs that do not live."""
    animals = lines.by_number()
    sires = (animals.get(pair.sire) for pair in lines.pairs if pair.method == BANKED)
    return frozenset(line.number for line in sires if line is not None and not line.is_living)
