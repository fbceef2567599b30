"""Stories of animals: from their events to who held them and who owned them."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studbook.animals.timeline import Period, Timeline, TimelineEvent, build_timeline, choose_days
from studbook.core.dates import DateInterval

KINDS = ["birth", "capture", "transfer", "release", "death", "lost", "found", "other"]


def event(kind: str, when: str, place: str | None = None, **more: object) -> TimelineEvent[str]:
    return TimelineEvent(kind, DateInterval.parse(when) if when else None, place, **more)  # type: ignore[arg-type]


def stays(periods: list[Period[str]]) -> list[tuple[str, str, str | None]]:
    return [(each.place, str(each.start), str(each.end) if each.end else None) for each in periods]


BIRTH = event("birth", "2010-05-01", "A")


def codes(timeline: Timeline[str]) -> list[str]:
    return [problem.code for problem in timeline.problems]


def test_build_timeline__birth_opens_a_stay_at_the_place_of_birth() -> None:
    timeline = build_timeline([event("birth", "2010-05-01", "A", local_id="L1")])
    assert timeline.holdings == [Period("A", date(2010, 5, 1), None, "L1")]
    assert stays(timeline.ownerships) == [("A", "2010-05-01", None)]
    assert (timeline.status, timeline.problems) == ("living", [])


def test_build_timeline__two_transfers_make_three_stays() -> None:
    timeline = build_timeline(
        [
            BIRTH,
            event("transfer", "2012-01-01", "B", sender="A", terms="donation"),
            event("transfer", "2014-01-01", "C", sender="B", terms="purchase"),
        ]
    )
    expected = [
        ("A", "2010-05-01", "2012-01-01"),
        ("B", "2012-01-01", "2014-01-01"),
        ("C", "2014-01-01", None),
    ]
    assert stays(timeline.holdings) == expected
    assert stays(timeline.ownerships) == expected


def test_build_timeline__loan_leaves_the_owner_and_its_return_too() -> None:
    timeline = build_timeline(
        [
            BIRTH,
            event("transfer", "2012-01-01", "B", sender="A", terms="loan"),
            event("transfer", "2014-01-01", "A", sender="B", terms="loan return"),
        ]
    )
    assert [each.place for each in timeline.holdings] == ["A", "B", "A"]
    assert stays(timeline.ownerships) == [("A", "2010-05-01", None)]


def test_build_timeline__loan_passed_on_belongs_to_the_first_owner() -> None:
    timeline = build_timeline(
        [
            BIRTH,
            event("transfer", "2012-01-01", "B", terms="loan"),
            event("transfer", "2014-01-01", "C", terms="loan"),
        ]
    )
    assert (timeline.holder, timeline.owner) == ("C", "A")


def test_build_timeline__sparks_flags_move_holder_and_owner_apart() -> None:
    moved = [
        BIRTH,
        event("transfer", "2012-01-01", "B", physical=True, ownership=True),
        event("transfer", "2013-01-01", "C", physical=True, ownership=False),
        event("transfer", "2014-01-01", "D", physical=False, ownership=True),
    ]
    timeline = build_timeline(moved)
    assert [each.place for each in timeline.holdings] == ["A", "B", "C"]
    assert [each.place for each in timeline.ownerships] == ["A", "B", "D"]


def test_build_timeline__release_and_recapture_leave_a_gap() -> None:
    timeline = build_timeline(
        [
            BIRTH,
            event("release", "2012-01-01", "WILD"),
            event("capture", "2013-01-01", "WILD"),
            event("transfer", "2013-01-01", "B"),
        ]
    )
    assert stays(timeline.holdings) == [
        ("A", "2010-05-01", "2012-01-01"),
        ("WILD", "2013-01-01", "2013-01-01"),
        ("B", "2013-01-01", None),
    ]
    assert (timeline.owner, timeline.status) == ("B", "living")


def test_build_timeline__released_animal_that_arrives_is_back() -> None:
    timeline = build_timeline(
        [BIRTH, event("release", "2012-01-01", "WILD"), event("transfer", "2013-01-01", "B")]
    )
    assert (timeline.holder, timeline.owner, timeline.status) == ("B", "B", "living")


def test_build_timeline__released_animal_has_no_holder() -> None:
    timeline = build_timeline([BIRTH, event("release", "2012-01-01", "WILD")])
    assert (timeline.holder, timeline.owner, timeline.status) == (None, None, "released")


def test_build_timeline__lost_and_found_again_belongs_to_its_owner() -> None:
    lost = [BIRTH, event("transfer", "2011-01-01", "B", terms="loan"), event("lost", "2012-01-01", "B")]
    assert build_timeline(lost).status == "lost"
    timeline = build_timeline([*lost, event("found", "2015-01-01", "C")])
    assert stays(timeline.holdings)[1:] == [("B", "2011-01-01", "2012-01-01"), ("C", "2015-01-01", None)]
    assert (timeline.owner, timeline.status) == ("A", "living")


def test_build_timeline__death_closes_both() -> None:
    timeline = build_timeline([BIRTH, event("death", "2012-01-01", "A")])
    assert stays(timeline.holdings) == stays(timeline.ownerships) == [("A", "2010-05-01", "2012-01-01")]
    assert timeline.status == "dead"


def test_build_timeline__stillborn_has_an_empty_stay() -> None:
    timeline = build_timeline([BIRTH, event("death", "2010-05-01", "A")])
    assert stays(timeline.holdings) == [("A", "2010-05-01", "2010-05-01")]


def test_build_timeline__keeps_and_reports_what_comes_after_death() -> None:
    timeline = build_timeline([BIRTH, event("death", "2012-01-01"), event("transfer", "2013-01-01", "B")])
    assert (codes(timeline), timeline.status, timeline.holder) == (["C2"], "dead", None)


def test_build_timeline__keeps_and_reports_a_sender_that_is_not_the_holder() -> None:
    timeline = build_timeline([BIRTH, event("transfer", "2012-01-01", "C", sender="B")])
    assert (codes(timeline), timeline.holder) == (["C6"], "C")
    assert timeline.problems[0].sentence == (
        "The transfer of 2012-01-01 was sent by B, but the animal was at A."
    )


def test_build_timeline__reports_a_move_to_nowhere() -> None:
    timeline = build_timeline([BIRTH, event("transfer", "2012-01-01")])
    assert (codes(timeline), timeline.holder) == (["C5"], None)


def test_build_timeline__without_events_is_empty() -> None:
    assert build_timeline([]) == Timeline()


@pytest.mark.parametrize(
    ("direction", "holder", "status"), [("in", "B", "living"), ("out", None, "lost"), ("none", "A", "living")]
)
def test_build_timeline__unknown_code_acts_by_its_direction(
    direction: str, holder: str | None, status: str
) -> None:
    timeline = build_timeline([BIRTH, event("other", "2012-01-01", "B", direction=direction)])
    assert (timeline.holder, timeline.status) == (holder, status)


def test_build_timeline__estimated_dates_in_one_year_stay_in_order() -> None:
    timeline = build_timeline(
        [event("birth", "1990", "A"), event("transfer", "1990", "B"), event("death", "1990-03-01", "B")]
    )
    assert timeline.days == [date(1990, 1, 30), date(1990, 1, 30), date(1990, 3, 1)]
    assert stays(timeline.holdings) == [("A", "1990-01-30", "1990-01-30"), ("B", "1990-01-30", "1990-03-01")]
    assert timeline.problems == []


def test_build_timeline__reports_dates_that_run_backwards() -> None:
    timeline = build_timeline([event("birth", "1990", "A"), event("transfer", "1989-06-01", "B")])
    assert codes(timeline) == ["C4"]
    assert timeline.days == [date(1990, 1, 1), date(1990, 1, 1)]


@pytest.mark.parametrize(
    ("kind", "status", "found"),
    [
        ("release", "living", ["C3"]),
        ("lost", "living", ["C3"]),
        ("death", "dead", []),
        ("transfer", "living", []),
    ],
)
def test_build_timeline__leaves_a_departure_after_the_book_for_later(
    kind: str, status: str, found: list[str]
) -> None:
    timeline = build_timeline([BIRTH, event(kind, "2017-05-01", "B")], as_of=date(2017, 1, 31))
    assert (timeline.status, codes(timeline)) == (status, found)


def test_build_timeline__takes_a_departure_that_may_lie_before_the_book_as_happened() -> None:
    timeline = build_timeline([BIRTH, event("release", "2017", "B")], as_of=date(2017, 1, 31))
    assert (timeline.status, timeline.problems) == ("released", [])


def test_choose_days__takes_before_as_the_day_before() -> None:
    assert choose_days([DateInterval.parse("before 2001")]) == [date(2000, 12, 31)]


def test_choose_days__lends_an_undated_event_its_neighbours_days() -> None:
    known = DateInterval.parse("2001-01-01")
    assert choose_days([None, known, None]) == [date(2001, 1, 1)] * 3
    assert choose_days([None]) == [None]


def test_build_timeline__reports_an_event_without_any_day() -> None:
    timeline = build_timeline([event("birth", "", "A")])
    assert (codes(timeline), timeline.holdings) == (["C1"], [])


DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2020, 1, 1))
DATES = st.none() | st.builds(lambda a, b: DateInterval(min(a, b), max(a, b)), DAYS, DAYS)
EVENTS = st.builds(
    TimelineEvent,
    st.sampled_from(KINDS),
    DATES,
    st.sampled_from(["A", "B", "C", None]),
    sender=st.sampled_from(["A", "B", None]),
    terms=st.sampled_from(["", "loan", "loan return", "donation"]),
    physical=st.sampled_from([True, False, None]),
    ownership=st.sampled_from([True, False, None]),
    direction=st.sampled_from(["in", "out", "none"]),
)


@given(st.lists(DATES, max_size=8))
def test_choose_days__never_runs_backwards(dates: list[DateInterval | None]) -> None:
    days = [day for day in choose_days(dates) if day]
    assert days == sorted(days)


@given(st.lists(EVENTS, max_size=8))
def test_build_timeline__periods_never_overlap_and_one_at_most_is_open(
    events: list[TimelineEvent[str]],
) -> None:
    timeline = build_timeline(events)
    for periods in (timeline.holdings, timeline.ownerships):
        assert all(each.end is not None for each in periods[:-1])
        assert all(each.end is None or each.start <= each.end for each in periods)
        assert all(a.end is not None and a.end <= b.start for a, b in pairwise(periods))
    if timeline.status != "living":
        assert timeline.holder is timeline.owner is None
