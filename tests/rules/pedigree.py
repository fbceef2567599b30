"""Part B: who may be whose parent, and when."""

from dataclasses import replace

from tests.rules.case import INSIDE, INTERVAL, OUTSIDE, PAGE_DOORS, PLAIN, REJECT, SAVED, WARN, Case
from tests.rules.deeds import arrival, birth, event_fact, facts, observed, parents
from tests.rules.world import BORN, Borne, Seen, World, between, born_and, cat, day, event, pair

YOUNG = "2015-05-01"
DIED = "2015-01-01"
FAMILY = World(pair(cat("3", "F", YOUNG)))
RELATED = World(pair(cat("3", "F", YOUNG, sire="1", dam="2"), cat("4", "U", YOUNG)))
WIDE = "between 2000-01-01 and 2014-12-31"
DEEP = replace(
    World(
        pair(
            cat("3", "M", WIDE, sire="4"),
            cat("4", "M", WIDE, sire="5"),
            cat("5", "M", WIDE),
            cat("6", "M", "1999"),
        )
    ),
    species={},
)
AGES = World(pair(sire=cat("1", "M", "2005-05-01")))
OLD = World((cat("1", "M", "2005-05-01"), cat("2", "F", "2000-05-01")))
DEAD_DAM = World(pair(dam=cat("2", "F", events=born_and(event("death", YOUNG)))))
DEAD_SIRE = World(pair(sire=cat("1", "M", events=born_and(event("death", DIED)))))
PARTED = World(pair(sire=cat("1", "M", events=born_and(event("transfer", DIED, "ZOOB")))))
MOTHER = World(pair(cat("3", "F", YOUNG, dam="2")))
TREATED = replace(PLAIN, seen=(Seen("2", "contraception", "implant", "2014-01-01", "2014-12-31"),))
BORNE = replace(RELATED, borne=(Borne("3", day(YOUNG, -97)),))
UNSEXED = World(pair(cat("3", "F", YOUNG, sire="5"), cat("4", "F", YOUNG), cat("5", "U")))


def older(born: str) -> World:
    """Return a book with a male 4, of a species of which nothing is known."""
    return replace(FAMILY.with_cats(cat("4", "M", born)), species={})


PEDIGREE = (
    Case("B1", INSIDE, parents("5", sire="6"), SAVED, DEEP),
    Case("B1", OUTSIDE, parents("5", sire="3"), REJECT, DEEP, says=("3", "4", "5", "->"), also=("B5",)),
    Case("B2", INSIDE, parents("3", sire="1"), SAVED, FAMILY),
    Case("B2", OUTSIDE, parents("3", sire="2"), REJECT, FAMILY, says=("2", "female", "sire")),
    Case("B2", OUTSIDE, parents("3", dam="1"), REJECT, FAMILY, says=("1", "male", "dam")),
    Case(
        "B2",
        INSIDE,
        observed("reproduction", "2", "2015-03-01", status="pregnant"),
        SAVED,
        doors=PAGE_DOORS,
    ),
    Case(
        "B2",
        OUTSIDE,
        observed("reproduction", "1", "2015-03-01", status="pregnant"),
        REJECT,
        says=("1", "male", "pregnant"),
        doors=PAGE_DOORS,
    ),
    Case("B3", INSIDE, parents("4", sire="1"), SAVED, UNSEXED),
    Case("B3", OUTSIDE, parents("4", dam="5"), REJECT, UNSEXED, says=("5", "3", "4"), also=("C12",)),
    Case("B4", INSIDE, facts("4", sex="M"), SAVED, RELATED),
    Case(
        "B4", OUTSIDE, facts("1", sex="F"), REJECT, RELATED, says=("1", "3", "sire", "female"), also=("B2",)
    ),
    Case("B5", INSIDE, parents("3", sire="4"), SAVED, older("2015-04-30")),
    Case("B5", OUTSIDE, parents("3", sire="4"), REJECT, older(YOUNG), says=("3", "4", YOUNG)),
    Case("B5", INTERVAL, parents("3", sire="4"), WARN, older("2015"), says=("3", "4", "2015", YOUNG)),
    Case("B5", INTERVAL, parents("3", sire="4"), REJECT, older(between(YOUNG, 0, 200)), says=("3", "4")),
    Case("B5", INTERVAL, parents("3", sire="4"), SAVED, older(between(YOUNG, -9, -1))),
    Case("B6", INSIDE, birth("3", day(BORN, 990)), SAVED, AGES),
    Case("B6", OUTSIDE, birth("3", day(BORN, 989)), WARN, AGES, says=("2", "3", "2.5 years")),
    Case("B6", OUTSIDE, birth("3", day(BORN, 539)), REJECT, AGES, says=("2", "3", "1.2 years")),
    Case("B6", INTERVAL, birth("3", between(BORN, 960, 990)), SAVED, AGES),
    Case("B6", INTERVAL, birth("3", between(BORN, 960, 989)), WARN, AGES),
    Case("B6", INTERVAL, birth("3", between(BORN, 500, 539)), REJECT, AGES),
    Case("B7", INSIDE, birth("3", day("2000-05-01", 5844)), SAVED, OLD),
    Case("B7", OUTSIDE, birth("3", day("2000-05-01", 5845)), WARN, OLD, says=("2", "3", "15.7 years")),
    Case("B7", INTERVAL, birth("3", between("2000-05-01", 5844, 5900)), SAVED, OLD),
    Case("B7", INTERVAL, birth("3", between("2000-05-01", 5845, 5900)), WARN, OLD),
    Case("B8", INSIDE, birth("3", YOUNG), SAVED, DEAD_DAM),
    Case("B8", OUTSIDE, birth("3", day(YOUNG, 1)), REJECT, DEAD_DAM, says=("2", "3", YOUNG, day(YOUNG, 1))),
    Case("B8", INTERVAL, birth("3", "May 2015"), WARN, DEAD_DAM, says=("2", "3", YOUNG, "2015-05-31")),
    Case("B8", INTERVAL, birth("3", "June 2015"), REJECT, DEAD_DAM, says=("2", "3", YOUNG)),
    Case("B9", INSIDE, birth("3", day(DIED, 105), sire="1"), SAVED, DEAD_SIRE),
    Case(
        "B9", OUTSIDE, birth("3", day(DIED, 106), sire="1"), REJECT, DEAD_SIRE, says=("1", "3", DIED, "105")
    ),
    Case(
        "B9", INTERVAL, birth("3", between(DIED, 100, 120), sire="1"), WARN, DEAD_SIRE, says=("1", "3", DIED)
    ),
    Case("B9", INTERVAL, birth("3", between(DIED, 106, 120), sire="1"), REJECT, DEAD_SIRE),
    Case("B10", INSIDE, birth("3", day(DIED, 105), sire="1"), SAVED, PARTED),
    Case("B10", OUTSIDE, birth("3", day(DIED, 106), sire="1"), WARN, PARTED, says=("1", "2", "ZOOA", "ZOOB")),
    Case("B10", INTERVAL, birth("3", between(DIED, 100, 120), sire="1"), SAVED, PARTED),
    Case("B10", INTERVAL, birth("3", between(DIED, 106, 120), sire="1"), WARN, PARTED),
    Case("B11", INSIDE, birth("4", day(YOUNG, 300)), SAVED, MOTHER),
    Case(
        "B11", OUTSIDE, birth("4", day(YOUNG, 299)), WARN, MOTHER, says=("2", "3", "4", YOUNG, "299", "300")
    ),
    Case("B11", OUTSIDE, birth("4", day(YOUNG, 44)), REJECT, MOTHER, says=("2", "3", "4", YOUNG, "44")),
    Case("B11", INTERVAL, birth("4", between(YOUNG, 280, 300)), SAVED, MOTHER),
    Case("B11", INTERVAL, birth("4", between(YOUNG, 280, 299)), WARN, MOTHER),
    Case("B11", INTERVAL, birth("4", between(YOUNG, 20, 44)), REJECT, MOTHER),
    Case("B12", INSIDE, birth("3", YOUNG, count=3), SAVED),
    Case("B12", OUTSIDE, birth("3", YOUNG, count=4), WARN, says=("2", "4 young", YOUNG)),
    Case("B13", INSIDE, birth("3", day("2014-12-31", 106)), SAVED, TREATED),
    Case("B13", OUTSIDE, birth("3", day("2014-12-31", 105)), WARN, TREATED, says=("2", "3", "implant")),
    Case("B13", INTERVAL, birth("3", between("2014-12-31", 106, 120)), SAVED, TREATED),
    Case("B13", INTERVAL, birth("3", between("2014-12-31", 100, 120)), WARN, TREATED),
    Case("B14", INSIDE, arrival("3", sire="unknown"), SAVED),
    Case("B14", OUTSIDE, arrival("3", sire="wild"), REJECT, says=("3", "sire", "wild", "unknown")),
    Case("B14", OUTSIDE, arrival("3", sire="1", birth_type="wild"), WARN, says=("1", "3")),
    Case("B15", INSIDE, parents("3", sire="1:0.5;4:0.5"), SAVED, FAMILY.with_cats(cat("4", "M"))),
    Case("B15", OUTSIDE, parents("3", sire="1:0.5;4:0.499"), REJECT, FAMILY.with_cats(cat("4", "M"))),
    Case("B15", OUTSIDE, parents("3", sire="1:0.5;1:0.5"), REJECT, FAMILY, says=("1",)),
    Case("B16", INSIDE, parents("3", sire="1"), SAVED, FAMILY),
    Case("B16", OUTSIDE, parents("3", sire="99"), REJECT, FAMILY, says=("99",)),
    Case("B16", OUTSIDE, birth("3", YOUNG, sire="99"), REJECT, says=("99",)),
    Case("B17", INSIDE, facts("2", birth_type="unknown"), SAVED),
    Case("B17", OUTSIDE, facts("2", birth_type="wild"), REJECT, says=("2", "wild", "Place ZOOA")),
    Case("B17", OUTSIDE, event_fact("2", 0, institution="FOREST"), WARN, says=("2", "Place FOREST")),
    Case("B19", INSIDE, facts("3", birth=day(YOUNG, 8)), SAVED, BORNE),
    Case("B19", OUTSIDE, facts("3", birth=day(YOUNG, 9)), WARN, BORNE, says=("3", day(YOUNG, -97), "105")),
    Case("B19", OUTSIDE, facts("3", birth=day(YOUNG, 54)), REJECT, BORNE, says=("3", day(YOUNG, 54))),
    Case("B19", INTERVAL, facts("3", birth=between(YOUNG, 0, 60)), SAVED, BORNE),
    Case("B20", INSIDE, parents("3", dam="2"), SAVED, BORNE),
    Case(
        "B20",
        OUTSIDE,
        parents("3", sire="4", dam="2"),
        WARN,
        BORNE.changed("4", cat("4", "M")),
        says=("3", "4", "1"),
    ),
)
