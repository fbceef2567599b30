import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from studbook.animals.models import Holding
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditChange, AuditEntry
from studbook.population.basis import Basis, analysis_on
from studbook.population.genetics.history import history_on
from studbook.population.genetics.lineage_actions import edit_lineage, make_lineage, remove_lineage
from studbook.population.genetics.lineage_trend import lineage_trend, present_on
from studbook.population.genetics.lineages import shared
from studbook.population.models import Lineage
from tests.factories import AnimalFactory, LineageFactory
from tests.population.conftest import Family

URL = "/programmes/leopards/genetics/lineages/"
NEW = f"{URL}new/"
REASON = "It may be of another subspecies."


@pytest.fixture
def founder_2(family: Family, ada: Any) -> Lineage:
    return make_lineage(
        family.programme, name="Founder 2", founders=[family[2]], cap=0.41, reason=REASON, by=ada
    )


def _form(**changed: Any) -> dict[str, Any]:
    return {"name": "Founder 2", "founders": ["2"], "cap": "41", "reason": REASON} | changed


def test_shared__tells_mean_highest_and_who_is_above_the_cap(family: Family, founder_2: Lineage) -> None:
    told = shared(Basis(family.programme), founder_2)
    # 5 and 6 have half of their genes from founder 2, 9 and 10 a quarter, 7 and 8 none.
    assert (told.mean, told.highest, told.above, told.missing) == (0.25, 0.5, 2, [])


def test_shared__a_share_at_the_cap_is_not_above_it(family: Family, founder_2: Lineage) -> None:
    Lineage.objects.update(cap=0.5)
    founder_2.refresh_from_db()
    assert shared(Basis(family.programme), founder_2).above == 0


def test_shared__a_founder_that_is_none_any_more_is_named(family: Family, founder_2: Lineage) -> None:
    founder_2.founders.through.objects.create(lineage=founder_2, founder=family[9])
    told = shared(Basis(family.programme), founder_2)
    assert (told.mean, told.missing) == (0.25, ["9"])


def test_lineage_trend__ends_with_the_mean_of_today(family: Family, founder_2: Lineage) -> None:
    chart = lineage_trend(Basis(family.programme), shared(Basis(family.programme), founder_2))
    assert chart is not None
    assert [line.label for line in chart.lines] == ["mean 25 %", "above 33 %"]
    assert chart.goal is not None
    assert chart.goal.label == "cap 41 %"


def test_present_on__are_as_many_as_the_history_counts(family: Family) -> None:
    Holding.objects.filter(animal=family[7]).update(end=date(2016, 6, 1))
    basis = Basis(family.programme)
    past, pedigree = history_on(basis), analysis_on(basis).pedigree
    present = present_on(past, pedigree, [row.on for row in past.rows])
    assert [int(mask.sum()) for mask in present] == [row.living for row in past.rows]
    seven = [bool(mask[pedigree.row("7")]) for mask in present]
    assert seven == [date(2014, 5, 1) <= row.on < date(2016, 6, 1) for row in past.rows]
    assert True in seven


def test_make_lineage__leaves_a_trail_with_its_founders(founder_2: Lineage, ada: Any) -> None:
    entry = AuditEntry.objects.get(verb="make lineage")
    assert (entry.actor, entry.reason) == (ada, REASON)
    changes = AuditChange.objects.filter(entry=entry)
    assert [each.record for each in changes] == ["population.lineage", "population.lineagefounder"]
    assert founder_2.programme.revision == type(founder_2.programme).objects.get().revision


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "  "}, "name"),
        ({"founders": []}, "founders"),
        ({"reason": ""}, "reason"),
        ({"cap": 1.0}, "cap"),
        ({"cap": 0.0}, "cap"),
        ({"name": "FOUNDER 2"}, "name"),
    ],
)
def test_make_lineage__refuses_and_changes_nothing(
    family: Family, founder_2: Lineage, ada: Any, changed: dict[str, Any], field: str
) -> None:
    given = {"name": "Other", "founders": [family[1]], "cap": None, "reason": REASON} | changed
    with pytest.raises(StudbookError) as refused:
        make_lineage(family.programme, **given, by=ada)
    assert refused.value.field == field
    assert Lineage.objects.count() == 1
    assert AuditEntry.objects.count() == 1


def test_make_lineage__refuses_a_founder_of_another_book(family: Family, ada: Any) -> None:
    stranger = AnimalFactory()
    with pytest.raises(StudbookError, match="is no animal of Leopards"):
        make_lineage(family.programme, name="X", founders=[stranger], cap=None, reason=REASON, by=ada)


def test_edit_lineage__changes_founders_and_keeps_what_was(
    family: Family, founder_2: Lineage, ada: Any
) -> None:
    given = {
        "name": "Two and three",
        "founders": [family[2], family[3]],
        "cap": None,
        "reason": "Both are odd.",
    }
    edit_lineage(founder_2, **given, by=ada, opened_version=1)
    founder_2.refresh_from_db()
    assert [animal.studbook_number for animal in founder_2.founders.all()] == ["2", "3"]
    change = AuditChange.objects.get(entry__verb="edit lineage", record="population.lineage")
    assert change.before is not None
    assert (change.before["cap"], change.after and change.after["cap"]) == (0.41, None)
    assert founder_2.version == 2


def test_edit_lineage__a_stale_form_changes_nothing(family: Family, founder_2: Lineage, ada: Any) -> None:
    given = {"founders": [family[2]], "cap": 0.3, "reason": REASON, "by": ada, "opened_version": 1}
    edit_lineage(founder_2, name="First", **given)
    with pytest.raises(StaleRecordError):
        edit_lineage(founder_2, name="Second", **given)
    founder_2.refresh_from_db()
    assert founder_2.name == "First"


def test_remove_lineage__the_trail_keeps_it(founder_2: Lineage, ada: Any) -> None:
    with pytest.raises(StudbookError, match="needs a reason"):
        remove_lineage(founder_2, by=ada, reason=" ", opened_version=1)
    remove_lineage(founder_2, by=ada, reason="Merged by taxonomists.", opened_version=1)
    assert not Lineage.objects.exists()
    gone = AuditChange.objects.get(entry__verb="remove lineage", record="population.lineage")
    assert gone.before is not None
    assert gone.before["name"] == "Founder 2"
    with pytest.raises(StaleRecordError, match="was removed by somebody else"):
        remove_lineage(founder_2, by=ada, reason="Again.", opened_version=1)


@pytest.mark.parametrize("broken", [{"cap": 1.5}, {"cap": 0}, {"name": ""}, {"reason": ""}])
def test_lineage__the_database_refuses_what_no_lineage_can_be(programme: Any, broken: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LineageFactory(programme=programme, **broken)


def test_lineages__lists_them_and_offers_a_new_one_to_planners(
    founder_2: Lineage, ada: Any, olga: Any, signed_in: Any
) -> None:
    text = signed_in(ada).get(URL).content.decode()
    assert "Founder 2" in text
    assert "41.0 %" in text
    assert NEW in text
    assert NEW not in signed_in(olga).get(URL).content.decode()


def test_lineage__shows_carriers_trend_and_trail(founder_2: Lineage, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(f"{URL}{founder_2.pk}/")
    carriers = page.context["page"].object_list
    assert [each.animal.studbook_number for each in carriers] == ["5", "6", "9", "10"]
    assert [each.above for each in carriers] == [True, True, False, False]
    text = page.content.decode()
    assert "ada: make lineage" in text
    assert "Share by year" in text
    assert "Watch it no more" not in text


def test_lineage_csv__holds_every_carrier(founder_2: Lineage, olga: Any, signed_in: Any) -> None:
    answer = signed_in(olga).get(f"{URL}{founder_2.pk}/export.csv")
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))
    assert [(row["studbook_number"], row["share"], row["above_cap"]) for row in rows[1:3]] == [
        ("6", "0.5", "yes"),
        ("9", "0.25", "no"),
    ]


def test_lineage_new__makes_one(family: Family, ada: Any, signed_in: Any) -> None:
    browser = signed_in(ada)
    assert 'value="2" class' not in browser.get(NEW).content.decode()
    offered = browser.get(NEW, {"founder": "2"})
    assert offered.context["form"]["founders"].value() == ["2"]
    answer = browser.post(NEW, _form(founders=["2", "3", "2"]), follow=True)
    assert "The lineage Founder 2 is watched." in answer.content.decode()
    made = Lineage.objects.get()
    assert (made.cap, made.founders.count()) == (0.41, 2)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "A lineage needs a name."),
        ({"founders": []}, "A lineage needs a founder."),
        ({"founders": ["9"]}, "9 is no founder of this book."),
        ({"cap": "many"}, "Enter a number."),
        ({"cap": "100"}, "A cap lies between 0 and 100 per cent."),
        ({"cap": "nan"}, "Enter a number."),
        ({"reason": ""}, "A lineage needs a reason."),
    ],
)
def test_lineage_new__refuses_with_a_sentence(
    family: Family, ada: Any, signed_in: Any, changed: dict[str, Any], sentence: str
) -> None:
    answer = signed_in(ada).post(NEW, _form(**changed))
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Lineage.objects.exists()


def test_lineage_edit__changes_it_and_answers_a_stale_form(
    founder_2: Lineage, ada: Any, signed_in: Any
) -> None:
    browser, url = signed_in(ada), f"{URL}{founder_2.pk}/edit/"
    assert browser.get(url).context["form"]["cap"].value() == 41
    assert browser.post(url, _form(cap="", opened_version="1")).status_code == 302
    founder_2.refresh_from_db()
    assert founder_2.cap is None
    stale = browser.post(url, _form(name="Late", opened_version="1"))
    assert stale.status_code == 409
    assert "was changed by" in stale.content.decode()
    assert browser.post(url, _form()).status_code == 400


def test_lineage_remove__needs_a_reason_and_the_version(founder_2: Lineage, ada: Any, signed_in: Any) -> None:
    browser, url = signed_in(ada), f"{URL}{founder_2.pk}/remove/"
    assert browser.get(url).status_code == 405
    assert browser.post(url, {"opened_version": "1", "reason": ""}).status_code == 400
    assert browser.post(url, {"reason": "x"}).status_code == 400
    assert browser.post(url, {"opened_version": "1", "reason": "No use."}).status_code == 302
    assert not Lineage.objects.exists()


def test_lineage__of_another_programme_is_not_there(family: Family, ada: Any, signed_in: Any) -> None:
    other = LineageFactory()
    browser = signed_in(ada)
    assert [browser.get(f"{URL}{other.pk}/{end}").status_code for end in ("", "edit/", "export.csv")] == [
        404
    ] * 3


def test_lineages__is_for_the_programmes_people(
    founder_2: Lineage, cy: Any, olga: Any, signed_in: Any, client: Any
) -> None:
    assert client.get(URL).status_code == 302
    assert signed_in(olga).post(NEW, _form()).status_code == 403
    assert signed_in(cy).get(f"{URL}{founder_2.pk}/").status_code == 404


def test_lineage__as_many_queries_whatever_is_kept(
    founder_2: Lineage, olga: Any, signed_in: Any, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    browser = signed_in(olga)
    browser.get(f"{URL}{founder_2.pk}/")
    with django_assert_num_queries(11):
        browser.get(f"{URL}{founder_2.pk}/")


def test_pair_page__tells_what_the_young_would_carry(founder_2: Lineage, olga: Any, signed_in: Any) -> None:
    text = signed_in(olga).get("/programmes/leopards/pairs/5/8/").content.decode()
    assert "Lineages watched" in text
    assert "50.0 % <span" in text  # the sire, above the cap
    assert "25.0 %" in text


def test_pair_page__says_nothing_of_lineages_where_none_is_watched(
    family: Family, olga: Any, signed_in: Any
) -> None:
    assert "Lineages watched" not in signed_in(olga).get("/programmes/leopards/pairs/5/8/").content.decode()
