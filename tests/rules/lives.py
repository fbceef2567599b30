"""Part C: what happens in a life, where, and whose the animal is."""

from dataclasses import replace

from django.utils import timezone

from tests.rules.case import (
    FILE_DOOR,
    INSIDE,
    INTERVAL,
    OUTSIDE,
    PAGE_DOORS,
    PLAIN,
    REJECT,
    SAVED,
    WARN,
    Case,
)
from tests.rules.deeds import birth, event_fact, facts, happened, observed, only_rows, parents, proposed
from tests.rules.world import World, between, born_and, cat, day, event, pair

LAST = "2025-10-31"
DIED = "2015-01-01"
# The cases are made before midnight and may run after it: what is outside stays so for a day more.
TODAY = timezone.localdate().isoformat()
COMING = replace(PLAIN, species={}, current_to=TODAY)
DEAD = World(pair(dam=cat("2", "F", events=born_and(event("death", DIED)))))
LOST = World(pair(dam=cat("2", "F", events=born_and(event("lost", DIED)))))
MOVED = World(
    pair(
        sire=cat(
            "1", "M", events=born_and(event("transfer", DIED, "ZOOB", **{"from": "ZOOA", "terms": "loan"}))
        )
    )
)
YEAR = World(pair(dam=cat("2", "F", "2010")))
TWICE = World(pair(dam=cat("2", events=born_and(event("other", "2015-01-01"), event("other", "2015-01-03")))))
FAMILY = World(pair(cat("3", "F", "2015-05-01"), cat("4", "U")))
CAUGHT = World(pair(cat("3", "F", "", events=[event("capture", "2012-01-01")], birth_type="wild")))

LIVES = (
    Case("C1", INSIDE, only_rows(lambda world: world.with_cats(cat("3", born="2010", events=[]))), SAVED),
    Case(
        "C1",
        OUTSIDE,
        only_rows(lambda world: world.with_cats(cat("3", born="", events=[]))),
        REJECT,
        says=("3",),
    ),
    Case("C2", INSIDE, happened("death", "2", DIED), SAVED),
    Case("C2", OUTSIDE, happened("death", "2", "2016-01-01"), REJECT, DEAD, says=("2",)),
    Case("C2", OUTSIDE, happened("lost", "2", "2016-01-01"), REJECT, DEAD, says=("2",), doors=FILE_DOOR),
    Case("C3", INSIDE, birth("3", day(TODAY, 1)), SAVED, COMING),
    Case("C3", OUTSIDE, birth("3", day(TODAY, 3)), REJECT, COMING, says=(day(TODAY, 3),)),
    Case("C3", OUTSIDE, birth("3", "1799-12-31"), REJECT, COMING, says=("1799-12-31",)),
    Case("C3", INTERVAL, birth("3", between(TODAY, 1, 60)), SAVED, COMING),
    Case("C3", INTERVAL, birth("3", between(TODAY, 3, 60)), REJECT, COMING, says=(day(TODAY, 3),)),
    Case("C4", INSIDE, happened("lost", "2", "2010-05-01"), SAVED),
    Case(
        "C4",
        OUTSIDE,
        happened("lost", "2", "2010-04-30"),
        REJECT,
        says=("2", "2010-05-01", "2010-04-30"),
        also=("C2",),
    ),
    Case("C4", INTERVAL, happened("lost", "2", "2010-07-01"), WARN, YEAR, says=("2", "2010", "2010-07-01")),
    Case(
        "C4", INTERVAL, happened("lost", "2", "2009"), REJECT, YEAR, says=("2", "2009", "2010"), also=("C2",)
    ),
    Case("C5", INSIDE, happened("death", "2", DIED, "ZOOA"), SAVED),
    Case("C5", OUTSIDE, happened("death", "2", DIED, "ZOOB"), WARN, says=("2", "Place ZOOA", "Place ZOOB")),
    Case("C6", INSIDE, event_fact("1", 1, **{"from": ""}), SAVED, MOVED),
    Case("C6", OUTSIDE, event_fact("1", 1, **{"from": "ZOOC"}), REJECT, MOVED, says=("1", "ZOOA", "ZOOC")),
    Case("C6", OUTSIDE, proposed("1", "ZOOB"), REJECT, MOVED, says=("1", "ZOOB"), doors=PAGE_DOORS),
    Case("C9", INSIDE, event_fact("1", 1, terms="exchange"), SAVED, MOVED),
    Case("C9", OUTSIDE, event_fact("1", 1, terms="loan return"), REJECT, MOVED, says=("1", "ZOOA", "ZOOB")),
    Case("C9", OUTSIDE, proposed("2", "ZOOB", "loan return"), REJECT, says=("2", "ZOOA", "ZOOB")),
    Case("C10", INSIDE, proposed("2"), SAVED),
    Case("C10", OUTSIDE, proposed("2"), REJECT, LOST, says=("2", "lost")),
    Case(
        "C10", INSIDE, observed("contraception", "2", DIED, method="implant"), SAVED, LOST, doors=PAGE_DOORS
    ),
    Case(
        "C10",
        OUTSIDE,
        observed("contraception", "2", day(DIED, 1), method="implant"),
        REJECT,
        LOST,
        says=("2", DIED, day(DIED, 1)),
        doors=PAGE_DOORS,
    ),
    Case("C11", INSIDE, event_fact("2", 2, date="2015-01-02"), SAVED, TWICE),
    Case(
        "C11", OUTSIDE, event_fact("2", 2, date="2015-01-01"), WARN, TWICE, says=("2", "other", "2015-01-01")
    ),
    Case("C12", INSIDE, parents("3", sire="1"), SAVED, FAMILY),
    Case("C12", OUTSIDE, parents("3", sire="4"), WARN, FAMILY, says=("3", "4", "unknown")),
    Case("C13", INSIDE, facts("3", birth_type="unknown"), SAVED, CAUGHT),
    Case(
        "C13", OUTSIDE, facts("3", birth_type="captive"), REJECT, CAUGHT, says=("3", "capture", "2012-01-01")
    ),
    Case("C14", INSIDE, facts("2", birth=day(LAST, -8035)), SAVED),
    Case("C14", OUTSIDE, facts("2", birth=day(LAST, -8036)), WARN, says=("2", "22.0 years", "20.0 years")),
    Case("C14", INTERVAL, facts("2", birth=between(LAST, -8060, -8035)), SAVED),
    Case("C14", INTERVAL, facts("2", birth=between(LAST, -8060, -8036)), WARN),
    Case("C16", INSIDE, facts("2", sex="U"), SAVED),
    Case("C16", OUTSIDE, facts("2", sex="X"), REJECT, says=("X",)),
    Case("C16", OUTSIDE, facts("2", rearing="wolf"), REJECT, says=("wolf",)),
    Case("C16", INSIDE, facts("2", house_name="دینا 🐆"), SAVED),
    Case("C16", OUTSIDE, facts("2", house_name="Mira\u202eanuL"), REJECT, says=("house name", "\\u202e")),
    Case("C16", OUTSIDE, facts("2", house_name="Mi\tra"), REJECT, says=("house name",)),
)
