"""Who is no candidate for release: who is not to breed, and of whose ancestry too little is known."""

from datetime import date
from typing import Any

from studbook.core.dates import DateInterval
from studbook.population.basis import Basis
from studbook.population.releases import ReleaseAnswer, ReleaseQuestion, answer_of
from studbook.programmes.models import Programme
from tests.factories import ObservationFactory
from tests.population.conftest import Family


def answer(family: Family, question: ReleaseQuestion) -> ReleaseAnswer:
    family.programme.refresh_from_db()
    return answer_of(Basis(family.programme), question)


def numbers(rows: Any) -> list[str]:
    return [each.animal.studbook_number for each in rows]


def reasons(family: Family, question: ReleaseQuestion) -> dict[str, str]:
    return {each.animal.studbook_number: each.reason for each in answer(family, question).left_out}


def observed(family: Family, number: int, kind: str, what: str, **told: Any) -> None:
    told = {"date": DateInterval.parse("2020-05-03"), "quantity": None, "unit": ""} | told
    ObservationFactory(animal=family[number], kind=kind, what=what, **told)


def test_left_out__says_who_is_not_to_breed(family: Family) -> None:
    Programme.objects.filter(pk=family.programme.pk).update(current_to=date(2025, 6, 1))
    before = answer(family, ReleaseQuestion(2, 2))
    assert len(before.candidates) == 6
    observed(family, 5, "contraception", "neutered")
    observed(family, 6, "reproduction", "infertile")
    observed(family, 7, "reproduction", "not for breeding", note="Lens defect.")
    observed(family, 8, "reproduction", "post-reproductive", date=DateInterval.parse("2025-06-02"))
    observed(family, 9, "contraception", "implant")
    assert reasons(family, ReleaseQuestion(1, 1)) == {
        "5": "It is neutered since 2020-05-03.",
        "6": "It is found infertile since 2020-05-03.",
        "7": "It is not for breeding since 2020-05-03: Lens defect.",
    }
    # The book was not changed by the entries, so the choice kept of before must not be shown.
    assert "2 males" in answer(family, ReleaseQuestion(2, 2)).refusal
    assert numbers(answer(family, ReleaseQuestion(1, 1)).chosen)[0] == "9"


def sire_not_recorded(family: Family, number: int) -> None:
    family[number].sire, family[number].sire_kind = None, "unknown"
    family[number].save()
    Programme.objects.filter(pk=family.programme.pk).update(revision=family.programme.revision + 1)


def test_left_out__says_the_known_ancestry(family: Family) -> None:
    # The kinship and F of 10 seem low only because its sire counts as unrelated to all.
    sire_not_recorded(family, 10)
    limited = {"kinship_limit": 0.5, "inbreeding_limit": 0.0}
    assert reasons(family, ReleaseQuestion(1, 1, **limited)) == {}
    assert reasons(family, ReleaseQuestion(1, 1, **limited, known_least=0.75)) == {
        "10": "50.0 % of its genes are of known origin, less than 75 %."
    }
    assert reasons(family, ReleaseQuestion(1, 1, known_least=0.5)) == {}
    assert reasons(family, ReleaseQuestion(1, 1, known_least=1.0)).keys() == {"10"}


def test_partly_known__are_those_of_the_group_with_unknown_genes(family: Family) -> None:
    assert answer(family, ReleaseQuestion(2, 2)).partly_known == ()
    sire_not_recorded(family, 10)
    assert numbers(answer(family, ReleaseQuestion(0, 3)).partly_known) == ["10"]
    assert answer(family, ReleaseQuestion(0, 2, known_least=0.75)).partly_known == ()
