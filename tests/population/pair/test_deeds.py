"""What the page of a pair tells of what the two did together."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.population.basis import Basis
from studbook.population.pair.deeds import Deed, deeds_of
from studbook.reproduction.models import Insemination, Mating, Pairing, Pregnancy, Procedure, SampleStep
from tests.factories import (
    GameteWorkFactory,
    InseminationFactory,
    MatingFactory,
    PairingFactory,
    PregnancyFactory,
    ProcedureFactory,
    SampleFactory,
    SampleStepFactory,
    animal_at,
)
from tests.population.conftest import Family

URL = "/programmes/leopards/pairs/9/10/"
NOTHING = "No pair, mating, insemination, pregnancy or litter of the two is on record."
STRUCK = {"struck_at": timezone.now(), "struck_why": "Of another pair."}


def day(text: str) -> DateInterval:
    return DateInterval.parse(text)


def two(family: Family) -> dict[str, Any]:
    """Return the columns of a record of 9 and 10 at the zoo."""
    return {
        "programme": family.programme,
        "sire": family[9],
        "dam": family[10],
        "institution": family.zoo,
    }


def inseminated(family: Family, on: str, **columns: Any) -> Insemination:
    place = {"programme": family.programme, "institution": family.zoo}
    procedure = ProcedureFactory(kind="insemination", animal=family[10], date=day(on), **place)
    made: Insemination = InseminationFactory(procedure=procedure, **{"donor": family[9], **columns})
    return made


def collected(family: Family, on: str) -> Procedure:
    place = {"programme": family.programme, "institution": family.zoo}
    made: Procedure = ProcedureFactory(kind="collection", animal=family[9], date=day(on), **place)
    return made


def born(family: Family, number: str, on: str, **columns: Any) -> None:
    animal_at(
        family.zoo,
        programme=family.programme,
        studbook_number=number,
        birth=day(on),
        sire=family[9],
        dam=family[10],
        **columns,
    )
    family.programme.revision += 1
    family.programme.save()


def deeds(family: Family) -> list[Deed]:
    return deeds_of(Basis(family.programme), family[9], family[10])


def told(family: Family) -> list[tuple[str, str, str]]:
    return [(each.when, each.what, each.told) for each in deeds(family)]


def test_page__tells_all_that_they_did_oldest_first(family: Family, olga: Any, signed_in: Any) -> None:
    both = two(family)
    pregnancy = PregnancyFactory(
        **both,
        method="fresh",
        conceived=day("2025-03-03"),
        outcome=Pregnancy.Outcome.NOT_PREGNANT,
        ended=day("2025-05-20"),
    )
    given = inseminated(family, "2025-03-03", collection=collected(family, "2025-03-02"))
    pairing = PairingFactory(
        **both,
        introduced=day("2024-01-10"),
        together=day("2024-01-20"),
        separated=day("2024-03-01"),
        end=Pairing.End.SEASON,
    )
    mating = MatingFactory(**both, date=day("2024-02-02"), times=3)
    traces = MatingFactory(**both, date=day("2024-02-03"), seen=Mating.Seen.TRACES)
    born(family, "21", "2024-05-15")
    born(family, "22", "2024-05-15", status=Animal.Status.DEAD, death=day("2024-05-18"))
    place = f"at {family.zoo}"
    assert [each[:2] for each in told(family)] == [
        ("2024-01-10", "Introduced to each other"),
        ("2024-02-02", "Mating seen"),
        ("2024-02-03", "Traces of a mating"),
        ("2024-05-15", "Litter of 2"),
        ("2025-03-03", "Insemination"),
        ("2025-03-03", "Pregnancy"),
    ]
    words = [each[2] for each in told(family)]
    assert words[0] == f"{place}; put together 2024-01-20; separated 2024-03-01 (the season was over)"
    assert words[1:3] == [f"3 times; {place}", place]
    assert words[3] == "1 of 2 lived 30 days, 1 of 2 lived a year"
    assert words[4] == f"fresh semen collected 2025-03-02; through the cervix into the uterus; {place}"
    assert words[5] == "begun by insemination, fresh semen; not pregnant, 2025-05-20"
    page = signed_in(olga).get(URL).text
    assert "What they did together" in page
    assert NOTHING not in page
    assert "1 of 2 lived 30 days" in page
    for record in (pairing, mating, traces, given.procedure, pregnancy):
        assert record.get_absolute_url() in page
    for number in ("21", "22"):
        assert reverse("animal", args=["leopards", number]) in page


def test_page__without_a_record_says_so(family: Family, olga: Any, signed_in: Any) -> None:
    both = two(family)
    # Struck out, or of one of the two with another.
    for factory in (PairingFactory, MatingFactory, PregnancyFactory):
        factory(**both, **STRUCK)
        factory(**both | {"sire": family[7]})
        factory(**both | {"dam": family[8]})
    struck = inseminated(family, "2025-03-03").procedure
    Procedure.objects.filter(pk=struck.pk).update(**STRUCK)
    inseminated(family, "2025-03-04", donor=family[7])
    assert deeds(family) == []
    page = signed_in(olga).get(URL).text
    assert NOTHING in page


@pytest.mark.parametrize(
    ("gestation", "ago", "words"),
    [
        ((90, 105), 10, "in 80 days"),
        ((90, 105), 100, "any day now"),
        ((90, 105), 110, "outcome overdue: 5 days over"),
        ((None, None), 10, "open; no window of birth is known"),
    ],
)
def test_pregnancy__without_an_outcome_tells_how_far_it_is(
    family: Family, gestation: tuple[int | None, int | None], ago: int, words: str
) -> None:
    family.programme.gestation_days_min, family.programme.gestation_days_max = gestation
    family.programme.save()
    conceived = DateInterval.exact(timezone.localdate() - timedelta(days=ago))
    PregnancyFactory(**two(family), conceived=conceived)
    found = told(family)[0][2]
    assert found.startswith("suspected, no mating is named; ")
    assert found.endswith(words)
    assert ("young expected" in found) == (gestation[0] is not None)


def test_pregnancy__of_a_dam_that_died_asks_for_the_outcome(family: Family) -> None:
    mating = MatingFactory(**two(family), date=day("2025-01-10"))
    PregnancyFactory(**two(family), conceived=day("2025-01-10"), mating=mating)
    Animal.objects.filter(pk=family[10].pk).update(
        status=Animal.Status.DEAD,
        death_earliest=date(2025, 2, 1),
        death_latest=date(2025, 2, 1),
        death_text="2025-02-01",
    )
    assert told(family)[1][2] == "begun by natural mating; the dam died 2025-02-01: tell the outcome"


def test_pregnancy__is_of_the_dam_by_her_genes(family: Family) -> None:
    both = two(family)
    PregnancyFactory(**both | {"dam": family[6]}, gene_dam=family[10], method="embryo")
    PregnancyFactory(**both, gene_dam=family[8], method="embryo", conceived=day("2025-06-01"))
    assert [each[2].split("; ")[:2] for each in told(family)] == [
        ["begun by embryo transfer", f"borne by {family[6]}"]
    ]


def test_insemination__names_the_straws_of_his_that_were_used(family: Family) -> None:
    given = inseminated(family, "2025-08-03")
    sample = SampleFactory(
        programme=family.programme, donor=family[9], institution=family.zoo, label="B-12", units=4
    )
    SampleStepFactory(
        sample=sample, kind=SampleStep.Kind.USED, change=-2, on=date(2025, 8, 3), procedure=given.procedure
    )
    assert told(family)[0][2].startswith("a banked sample of his (2 straws of B-12); through the cervix")


def test_embryos__made_of_the_two_are_told(family: Family) -> None:
    place = {"programme": family.programme, "institution": family.zoo, "kind": "gametes"}
    for animal, what, dam in ((10, "embryos", None), (6, "transfer", family[10]), (10, "embryos", family[6])):
        procedure = ProcedureFactory(animal=family[animal], **place)
        GameteWorkFactory(procedure=procedure, what=what, sire=family[9], dam=dam)
    assert [each[1:] for each in told(family)] == [
        ("Oocyte or embryo work", f"embryos made; at {family.zoo}"),
        ("Oocyte or embryo work", f"embryos transferred; on {family[6]}; at {family.zoo}"),
    ]


def test_page__of_a_pair_that_can_breed_no_more_tells_what_it_did(
    family: Family, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get("/programmes/leopards/pairs/1/2/")
    assert "What they did together" in page.text
    assert [(each.when, each.what) for each in page.context["deeds"]] == [("2014-05-01", "Litter of 2")]
    assert "What they did together" not in signed_in(olga).get("/programmes/leopards/pairs/1/6/").text


def test_deeds__as_many_queries_for_many_as_for_one(family: Family) -> None:
    def queries() -> int:
        deeds(family)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            deeds(family)
        return len(caught)

    def another(year: int) -> None:
        both = two(family)
        span = {"introduced": day(f"{year}-01-02"), "separated": day(f"{year}-04-01")}
        PairingFactory(**both, **span)
        MatingFactory(**both, date=day(f"{year}-02-02"))
        PregnancyFactory(**both, conceived=day(f"{year}-02-02"))
        inseminated(family, f"{year}-02-02", collection=collected(family, f"{year}-02-01"))
        born(family, str(year), f"{year}-05-10")

    another(2022)
    few = queries()
    for year in (2023, 2024, 2025):
        another(year)
    assert queries() == few == 6
    assert len(deeds(family)) == 20
