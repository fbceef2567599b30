"""Part A: numbers, marks, and two records that may be one animal."""

from tests.rules.case import INSIDE, OUTSIDE, PLAIN, REJECT, SAVED, WARN, Case
from tests.rules.deeds import arrival, birth, event_fact, marked
from tests.rules.world import World, cat, event, pair

CHIP = "250269000000001"
MARKED = PLAIN.with_mark(studbook_number="1", kind="transponder", value=CHIP)
LITTER = World(pair(cat("3", "F", "2015-05-01", dam="2", house_name="Amba")))
NUMBERED = World(pair(cat("3", events=[event("birth", "2010-05-01", local_id="L1")])))

IDENTITY = (
    Case("A1", INSIDE, arrival("3"), SAVED),
    Case("A1", OUTSIDE, arrival("2"), REJECT, says=("2",)),
    Case("A2", INSIDE, arrival("T3"), SAVED),
    Case("A2", OUTSIDE, arrival("03"), REJECT, says=("03",), at={"import": WARN}),
    Case("A2", OUTSIDE, arrival("3/4"), REJECT, says=("3/4",)),
    Case("A2", OUTSIDE, arrival("३"), REJECT, says=("३",), at={"import": WARN}),
    Case("A4", INSIDE, birth("4", "2015-05-04", sex="M"), SAVED, LITTER),
    Case("A4", INSIDE, birth("4", "2015-05-01"), SAVED, LITTER),
    Case("A4", OUTSIDE, birth("4", "2015-05-04"), WARN, LITTER, says=("3", "4", "3 days")),
    Case("A4", OUTSIDE, birth("4", "2015-05-01", house_name="Amba"), WARN, LITTER, says=("3", "4", "Amba")),
    Case("A5", INSIDE, marked("2", "250269000000002"), SAVED, MARKED),
    Case("A5", OUTSIDE, marked("2", CHIP), REJECT, MARKED, says=(CHIP, "1")),
    Case("A5", OUTSIDE, marked("2", CHIP, kind="tag"), REJECT, MARKED, says=(CHIP, "1", "2")),
    Case("A6", INSIDE, arrival("4", place="ZOOB", local_id="L1"), SAVED, NUMBERED),
    Case("A6", OUTSIDE, arrival("4", local_id="L1"), WARN, NUMBERED, says=("3", "4", "L1", "Place ZOOA")),
    Case("A6", OUTSIDE, event_fact("1", 0, local_id="L1"), WARN, NUMBERED, says=("1", "3", "L1")),
)
