"""What a plan says of an animal: written, changed, taken out, and what cannot be."""

from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.findings import RuleError
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.planning.actions import change_pair, recommend_pair, withdraw_recommendation
from studbook.planning.errors import AlreadyRecommendedError
from studbook.planning.models import Plan, Recommendation
from studbook.planning.plans.reading import standing_rows
from studbook.planning.plans.saying import SaidAlreadyError, change_row, fill_in, remove_row, say_of_animal
from studbook.programmes.models import Programme
from tests.factories import (
    AssumptionFactory,
    InstitutionFactory,
    OverlayFactory,
    ParticipationFactory,
    TransferAnimalFactory,
    TransferFactory,
)
from tests.planning.conftest import SmallBook
from tests.planning.plans.conftest import REASON, bury, row

pytestmark = pytest.mark.django_db


def refused(said: Any, **more: Any) -> str:
    with pytest.raises(StudbookError) as refusal:
        said(**more)
    return refusal.value.sentence


def test_recommend_pair__gives_both_a_row_that_holds(
    draft: Plan, khala_baruto: Recommendation, book: SmallBook
) -> None:
    assert khala_baruto.plan == draft
    assert (khala_baruto.method, khala_baruto.priority, khala_baruto.litters) == ("insemination", 2, 1)
    assert {each.animal: each.disposition for each in standing_rows(draft)} == {
        book.sire: "hold",
        book.dam: "hold",
    }


def test_recommend_pair__leaves_one_that_is_sent_elsewhere(draft: Plan, book: SmallBook, ada: User) -> None:
    elsewhere = ParticipationFactory(programme=book.programme).institution
    sent = say_of_animal(draft, book.dam, by=ada, disposition="send", destination=elsewhere)
    with pytest.raises(StudbookError, match=f"sends 22 Khala to {elsewhere} already") as refusal:
        recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada, moves="dam")
    assert refusal.value.field == "moves"
    sent.refresh_from_db()
    assert sent.destination == elsewhere


def test_recommend_pair__sends_the_one_that_moves(draft: Plan, book: SmallBook, ada: User) -> None:
    recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada, moves="dam")
    assert (row(draft, book.dam).disposition, row(draft, book.dam).destination) == ("send", book.zoo)
    assert row(draft, book.sire).destination is None


def test_recommend_pair__refuses_one_that_the_plan_does_not_let_breed(
    draft: Plan, book: SmallBook, ada: User
) -> None:
    say_of_animal(draft, book.dam, by=ada, breeding="do not breed", reason="Excluded - Age.")
    sentence = refused(
        recommend_pair, programme=book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada
    )
    assert sentence.startswith("22 Khala is DO NOT BREED in Plan 2026-2027 (Excluded - Age).")
    assert not Recommendation.objects.exists()


def test_recommend_pair__may_stand_in_the_plan_in_force_and_in_the_next(
    published: Plan, book: SmallBook, ada: User
) -> None:
    with pytest.raises(AlreadyRecommendedError):
        recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada)


def test_change_pair__refuses_a_thin_reason_for_close_kin(
    draft: Plan, khala_baruto: Recommendation, ada: User
) -> None:
    Programme.objects.update(offspring_inbreeding_limit=0.05)
    how = {"method": "natural", "priority": 2, "if_possible": False, "litters": 1}
    with pytest.raises(RuleError, match="Write in a sentence") as refusal:
        change_pair(khala_baruto, by=ada, opened_version=1, reason="Rare lines.", **how)
    assert [each.code for each in refusal.value.findings] == ["D4"]
    change_pair(khala_baruto, by=ada, opened_version=1, reason=REASON * 2, **how)


def test_withdraw_recommendation__keeps_rows_that_still_say_something(
    draft: Plan, khala_baruto: Recommendation, book: SmallBook, ada: User
) -> None:
    change_row(row(draft, book.sire), by=ada, opened_version=1, disposition="hold", notes="Watch his weight.")
    withdraw_recommendation(khala_baruto, by=ada, reason="Cysts.", opened_version=1)
    assert [each.animal for each in standing_rows(draft)] == [book.sire]


def test_change_pair__changes_how_it_breeds(khala_baruto: Recommendation, ada: User) -> None:
    said = {"method": "banked", "priority": 1, "if_possible": True, "litters": 2, "notes": "In May."}
    changed = change_pair(khala_baruto, by=ada, opened_version=1, reason="Rare.", **said)
    assert {name: getattr(changed, name) for name in said} == said
    with pytest.raises(StaleRecordError):
        change_pair(khala_baruto, by=ada, opened_version=1, reason="Rare.", **said)
    assert "needs a reason" in refused(
        change_pair, recommendation=khala_baruto, by=ada, opened_version=2, reason=" ", **said
    )


@pytest.mark.rule("D8", door="form", case="inside")
def test_say_of_animal__writes_a_row_and_its_trail(draft: Plan, book: SmallBook, ada: User) -> None:
    made = say_of_animal(
        draft,
        book.stranger,
        by=ada,
        disposition="send",
        destination=book.other_zoo,
        reason=" To breed. ",
        priority=1,
    )
    made.refresh_from_db()
    assert (made.disposition, made.destination, made.reason, made.priority) == (
        "send",
        book.other_zoo,
        "To breed.",
        1,
    )
    assert AuditEntry.objects.first().changes.get().record == "planning.plananimal"
    with pytest.raises(SaidAlreadyError):
        say_of_animal(draft, book.stranger, by=ada)


@pytest.mark.rule("D8", door="form", case="outside")
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"disposition": "send"}, "SEND TO needs a destination"),
        ({"destination": "there"}, "HOLD has no destination"),
        ({"disposition": "send", "destination": "here"}, "31 Zoya is held at Zoo A already"),
        ({"disposition": "send", "destination": "elsewhere"}, "does not take part in the programme"),
    ],
)
def test_say_of_animal__refuses_what_cannot_be(
    draft: Plan, book: SmallBook, ada: User, said: dict[str, Any], sentence: str
) -> None:
    places: dict[str, Institution] = {
        "there": book.other_zoo,
        "here": book.zoo,
        "elsewhere": InstitutionFactory(),
    }
    told = {**said, "destination": places.get(said.get("destination", ""))}
    assert sentence in refused(say_of_animal, plan=draft, animal=book.stranger, by=ada, **told)
    assert not standing_rows(draft).exists()


def test_say_of_animal__refuses_the_dead(draft: Plan, book: SmallBook, ada: User) -> None:
    bury(book.stranger)
    assert "31 Zoya is dead, so a plan has nothing to say of it" in refused(
        say_of_animal, plan=draft, animal=book.stranger, by=ada
    )


def test_say_of_animal__refuses_a_second_move(draft: Plan, book: SmallBook, ada: User) -> None:
    transfer = TransferFactory(
        programme=book.programme, sender=book.zoo, receiver=InstitutionFactory(name="Zoo C")
    )
    TransferAnimalFactory(transfer=transfer, animal=book.stranger)
    sentence = refused(
        say_of_animal,
        plan=draft,
        animal=book.stranger,
        by=ada,
        disposition="send",
        destination=book.other_zoo,
    )
    assert "31 Zoya is to go to Zoo C in" in sentence


def test_change_row__refuses_do_not_breed_while_a_pair_stands(
    draft: Plan, khala_baruto: Recommendation, book: SmallBook, ada: User
) -> None:
    with pytest.raises(RuleError, match="22 Khala is DO NOT BREED, and recommended with 21") as refusal:
        change_row(
            row(draft, book.dam), by=ada, opened_version=1, disposition="hold", breeding="do not breed"
        )
    assert refusal.value.findings[0].code == "D8"
    assert row(draft, book.dam).breeding == ""


def test_remove_row__keeps_those_of_a_pair(
    draft: Plan, khala_baruto: Recommendation, book: SmallBook, ada: User
) -> None:
    assert "Withdraw its pairs first" in refused(
        remove_row, row=row(draft, book.dam), by=ada, opened_version=1
    )
    made = say_of_animal(draft, book.stranger, by=ada)
    remove_row(made, by=ada, opened_version=1)
    assert not standing_rows(draft).filter(animal=book.stranger).exists()
    assert "was taken out of" in refused(remove_row, row=made, by=ada, opened_version=2)
    assert say_of_animal(draft, book.stranger, by=ada).pk != made.pk


def test_fill_in__names_everybody_and_says_who_does_not_breed(
    draft: Plan, book: SmallBook, ada: User
) -> None:
    programme = book.programme
    programme.male_last_breeding_years = 5
    programme.save()
    overlay = OverlayFactory(programme=programme)
    draft.overlays.add(overlay)
    AssumptionFactory(overlay=overlay, animal=book.stranger, kind="excluded", reason="A hybrid.")
    draft = Plan.objects.get(pk=draft.pk)
    assert fill_in(draft, by=ada) == 5
    found = {each.animal.studbook_number: (each.breeding, each.reason) for each in standing_rows(draft)}
    assert found["31"] == ("do not breed", "")
    assert found["22"] == ("", "")
    assert found["21"][0] == "do not breed"
    assert "older than the age of last breeding" in found["21"][1]
    assert fill_in(draft, by=ada) == 0
