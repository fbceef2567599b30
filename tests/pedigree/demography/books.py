"""Random lives, from orderly to impossible, and the same figures counted day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st

from pedigree.demography.lives import LifeRecord
from pedigree.structure import FEMALE, MALE, UNKNOWN, UNKNOWN_SEX, WILD

DAYS = 2600
YEAR = 1461
"""A class in quarters of a day."""

lightly = settings(max_examples=30)
"""Books take long to draw, and each holds many cases at once."""

day = st.integers(1, DAYS)
maybe = st.none() | day


@st.composite
def stays(draw: st.DrawFn) -> tuple[tuple[int, int | None], ...]:
    number = draw(st.integers(0, 3))
    starts = draw(st.lists(day, min_size=number, max_size=number))
    return tuple((start, draw(st.none() | st.integers(start, DAYS + 400))) for start in starts)


@st.composite
def parent(draw: st.DrawFn, older: list[str]) -> object:
    kind = draw(st.sampled_from(("known", "known", "several", "wild", "unknown")))
    if kind == "known" and older:
        return draw(st.sampled_from(older))
    if kind == "several" and older:
        return ((draw(st.sampled_from(older)), 0.75), (UNKNOWN, 0.25))
    return WILD if kind == "wild" else UNKNOWN


@st.composite
def records(draw: st.DrawFn, most: int = 7) -> list[LifeRecord]:
    """Return animals of whom many are orderly: born in the population and there until death, if any."""
    found: list[LifeRecord] = []
    for place in range(draw(st.integers(1, most))):
        older = [record.id for record in found]
        birth, death = draw(maybe), draw(maybe)
        if birth is not None and death is not None and draw(st.integers(0, 3)):
            birth, death = min(birth, death), max(birth, death)
        orderly = birth is not None and draw(st.booleans())
        found.append(
            LifeRecord(
                f"a{place}",
                sex=draw(st.sampled_from((MALE, FEMALE, UNKNOWN_SEX))),
                birth=birth,
                death=death,
                stays=((birth, None),) if orderly else draw(stays()),
                sire=draw(parent(older)),
                dam=draw(parent(older)),
                origin=draw(st.sampled_from(("captive", "wild"))),
            )
        )
    return found


class Naive:
    """What a patient person counts with a calendar, animal by animal and day by day."""

    def __init__(self, lives: list[LifeRecord]) -> None:
        self.lives = {record.id: record for record in lives if self.possible(record)}
        self.births = {record.id: record.birth for record in self.lives.values()}

    def possible(self, life: LifeRecord) -> bool:
        if life.birth is not None and life.death is not None and life.death < life.birth:
            return False
        for start, end in life.stays:
            if end is not None and (end < start or (life.birth is not None and end < life.birth)):
                return False
            if life.death is not None and start > life.death:
                return False
        return True

    def inside(self, life: LifeRecord, on: int) -> bool:
        if (life.birth is not None and on < life.birth) or (life.death is not None and on >= life.death):
            return False
        return any(start <= on and (end is None or on < end) for start, end in life.stays)

    def born_in(self, life: LifeRecord) -> bool:
        birth = life.birth
        return birth is not None and any(s <= birth and (e is None or birth <= e) for s, e in life.stays)

    def died_in(self, life: LifeRecord) -> bool:
        death = life.death
        return death is not None and any(s <= death and (e is None or death <= e) for s, e in life.stays)

    def weight(self, life: LifeRecord, sex: int | None) -> Fraction:
        if sex is None or life.sex == sex:
            return Fraction(1)
        return Fraction(1, 2) if life.sex == UNKNOWN_SEX else Fraction(0)

    def quarters(
        self, life: LifeRecord, sex: int | None, first: int, last: int
    ) -> Iterator[tuple[int, Fraction]]:
        """Yield the class of every quarter of a day lived, with the animal's weight."""
        for on in range(first, last + 1):
            if life.birth is not None and self.inside(life, on):
                for quarter in range(4):
                    yield (4 * (on - life.birth) + quarter) // YEAR, self.weight(life, sex) / YEAR

    def table(self, sex: int | None, first: int, last: int) -> dict[str, dict[int, Fraction]]:
        """Return exposure, animals at risk and deaths by age."""
        counts: dict[str, dict[int, Fraction]] = {
            name: defaultdict(Fraction) for name in ("risk", "at_risk", "deaths")
        }
        for life in self.lives.values():
            for age, part in self.quarters(life, sex, first, last):
                counts["risk"][age] += part
                counts["at_risk"][age] += part
            if life.birth is not None and self.died_in(life) and first <= life.death <= last:
                passed = 4 * (life.death - life.birth)
                age = passed // YEAR
                counts["deaths"][age] += self.weight(life, sex)
                until = min((age + 1) * YEAR, 4 * (last + 1 - life.birth))
                counts["at_risk"][age] += self.weight(life, sex) * (until - passed) / YEAR
        return counts

    def young(
        self, role: str, first: int, last: int, lived: dict[int, Fraction]
    ) -> dict[int, Fraction] | None:
        """Return births by the age of the sire or dam, those of unknown age spread; None when no age is known."""
        births: dict[int, Fraction] = defaultdict(Fraction)
        total = Fraction(0)
        for life in self.lives.values():
            if not self.born_in(life) or not first <= life.birth <= last:
                continue
            given = getattr(life, role)
            for who, chance in given if isinstance(given, tuple) else ((given, 1.0),):
                if who == WILD:
                    continue
                total += Fraction(chance)
                birth = self.births.get(who)
                age = None if birth is None else 4 * (life.birth - birth) // YEAR
                if age is not None and lived.get(age, 0) > 0:
                    births[age] += Fraction(chance)
        known = sum(births.values())
        if total and not known:
            return None
        return {age: number * total / known for age, number in births.items()}
