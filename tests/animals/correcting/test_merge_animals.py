"""Two records made one, and the merge taken back."""

from typing import Any

import pytest
from django.db import connection

from studbook.accounts.models import User
from studbook.animals.correcting.merging import merge_animals
from studbook.animals.correcting.states import state_now
from studbook.animals.correcting.undoing import undo_deed, undoable_among
from studbook.animals.keeping import NotTheirsError
from studbook.animals.models import Animal, ParentCandidate
from studbook.core.dates import DateInterval
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.planning.models import Recommendation
from studbook.population.analysis import analysis_of
from studbook.programmes.models import Programme
from tests import factories
from tests.animals.correcting.test_correct_animal import correct
from tests.animals.correcting.test_correct_events import happened

APART_FROM = {"core_auditentry", "core_auditchange", "programmes_programme", "sqlite_sequence"}


@pytest.fixture
def twin(cub: Animal, zoo: Institution) -> Animal:
    """Return the same animal entered twice: 13, with the same birth, parents and zoo, and young of its own."""
    columns = {"studbook_number": "13", "sire": cub.sire, "dam": cub.dam, "rearing": "hand"}
    return factories.animal_at(zoo, programme=cub.programme, birth=cub.birth, **columns)


@pytest.fixture
def young(twin: Animal, zoo: Institution) -> Animal:
    born = DateInterval.parse("2023-05-03")
    return factories.animal_at(zoo, programme=twin.programme, studbook_number="21", dam=twin, birth=born)


def merge(kept: Animal, other: Animal, by: User, **words: Any) -> AuditEntry:
    told = {"choices": {}, "reason": "One animal, two cards.", "opened_version": kept.version}
    told |= {"other_version": other.version, "acknowledged": ("A4", "A6", "C11", "B11", "B12")}
    merge_animals(kept, other, by=by, **(told | words))
    return AuditEntry.objects.latest("pk")


def content() -> dict[str, list[str]]:
    """Return every row of every table without trail, revision and versions."""
    told: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - APART_FROM):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            rows = [
                {n: v for n, v in zip(names, row, strict=True) if n != "version"} for row in cursor.fetchall()
            ]
            told[table] = sorted(map(repr, rows))
    return told


def test_merge__leaves_one_animal_and_a_void_record(
    cub: Animal, twin: Animal, young: Animal, ada: User
) -> None:
    merge(cub, twin, ada, choices={"rearing": "other"})
    void = Animal.every.get(studbook_number="13")
    young.refresh_from_db()
    assert (void.status, void.merged_into, young.dam, cub.rearing) == ("void", cub, cub, "hand")
    assert [cub.events.count(), cub.holdings.count(), void.events.count(), void.holdings.count()] == [
        1,
        1,
        0,
        0,
    ]


def test_merge__unites_events_marks_and_observations(
    cub: Animal, twin: Animal, other_zoo: Institution, ada: User
) -> None:
    factories.EventFactory(
        animal=twin, kind="transfer", date=DateInterval.parse("2020-01-01"), institution=other_zoo
    )
    twin.holdings.update(end="2020-01-01")
    twin.ownerships.update(end="2020-01-01")
    factories.HoldingFactory(animal=twin, institution=other_zoo, start="2020-01-01")
    factories.OwnershipFactory(animal=twin, institution=other_zoo, start="2020-01-01")
    factories.IdentifierFactory(animal=cub, kind="tag", value="A")
    for value in "AB":
        factories.IdentifierFactory(animal=twin, kind="tag", value=value)
    for animal in (cub, twin):
        factories.ObservationFactory(animal=animal)
    factories.ObservationFactory(animal=twin, quantity=40)
    merge(cub, twin, ada)
    stays = cub.holdings.values_list("institution__mnemonic", "start")
    assert [(place, str(start)) for place, start in stays] == [("ZOOA", "2018-05-03"), ("ZOOB", "2020-01-01")]
    assert sorted(each.value for each in cub.identifiers.all()) == ["A", "B"]
    assert cub.observations.count() == 2


def test_merge__adds_the_shares_of_one_possible_parent(
    cub: Animal, twin: Animal, young: Animal, ada: User
) -> None:
    young.dam, young.dam_kind = None, "several"
    young.save()
    for parent in (cub, twin):
        factories.ParentCandidateFactory(animal=young, role="dam", parent=parent)
    merge(cub, twin, ada)
    assert [(each.parent, each.probability) for each in ParentCandidate.objects.all()] == [(cub, 1)]


def test_merge__takes_recommendations_along(cub: Animal, twin: Animal, sire: Animal, ada: User) -> None:
    other = factories.AnimalFactory(programme=cub.programme, studbook_number="40", sex="M")
    recommended = factories.RecommendationFactory(programme=cub.programme, sire=other, dam=twin)
    entry = merge(cub, twin, ada)
    assert Recommendation.objects.get().dam == cub
    undo_deed(entry, by=ada)
    recommended.refresh_from_db()
    assert recommended.dam == twin


def test_merge__refuses_two_plans_for_one_pair(cub: Animal, twin: Animal, ada: User) -> None:
    other = factories.AnimalFactory(programme=cub.programme, studbook_number="40", sex="M")
    for dam in (cub, twin):
        factories.RecommendationFactory(programme=cub.programme, sire=other, dam=dam)
    with pytest.raises(StudbookError, match="The recommendation “40 × 13” cannot follow 13 to 12 Zeia"):
        merge(cub, twin, ada)
    assert Animal.objects.filter(studbook_number="13").exists()


def test_merge__undone_leaves_everything_as_it_was(
    cub: Animal, twin: Animal, young: Animal, other_zoo: Institution, ada: User
) -> None:
    factories.IdentifierFactory(animal=twin)
    factories.ObservationFactory(animal=twin)
    factories.AssumptionFactory(overlay__programme=cub.programme, animal=twin)
    before = content()
    entry = merge(cub, twin, ada, choices={"rearing": "other", "birth": "other"})
    assert content() != before
    undo_deed(entry, by=ada)
    assert content() == before


def test_merge__can_be_done_again_after_it_was_undone(
    cub: Animal, twin: Animal, young: Animal, ada: User
) -> None:
    undo_deed(merge(cub, twin, ada), by=ada)
    for each in (cub, twin):
        each.refresh_from_db()
    merge(cub, twin, ada)
    undone = AuditEntry.objects.get(verb="undo merge records")
    with pytest.raises(StaleRecordError, match="was changed since: “merge records” by ada"):
        undo_deed(undone, by=ada)


def test_undo__refuses_once_a_record_was_changed_since(
    cub: Animal, twin: Animal, young: Animal, ada: User, rita: User
) -> None:
    entry = merge(cub, twin, ada)
    young.refresh_from_db()
    correct(young, rita, house_name="Mira")
    with pytest.raises(
        StaleRecordError, match="the animal it left was changed since: “correct animal” by rita"
    ):
        undo_deed(entry, by=ada)


def test_merge__of_an_exact_duplicate_gives_the_kinships_back(
    programme: Programme, cub: Animal, sire: Animal, ada: User, zoo: Institution
) -> None:
    before = analysis_of(programme)
    columns = {"studbook_number": "13", "sire": cub.sire, "dam": cub.dam}
    twin = factories.animal_at(zoo, programme=programme, birth=cub.birth, **columns)
    merge(cub, twin, ada)
    programme.refresh_from_db()
    after = analysis_of(programme)
    assert after.revision > before.revision
    assert (after.population.ids, after.kinship.tolist()) == (before.population.ids, before.kinship.tolist())


def test_merge__refuses_an_animal_with_its_own_parent(cub: Animal, dam: Animal, ada: User) -> None:
    with pytest.raises(StudbookError, match="11 is, or may be, an ancestor of 12"):
        merge(cub, dam, ada)
    assert Animal.objects.filter(pk=dam.pk).exists()


def test_merge__refuses_what_the_rules_refuse_of_the_union(
    cub: Animal, twin: Animal, zoo: Institution, other_zoo: Institution, ada: User
) -> None:
    happened(twin, "death", "2019-01-01", zoo)
    happened(cub, "transfer", "2020-01-01", other_zoo)
    for each in (cub, twin):
        each.refresh_from_db()
    with pytest.raises(StudbookError, match="recorded after the death"):
        merge(cub, twin, ada)


def test_merge__refuses_stale_records_of_either(cub: Animal, twin: Animal, ada: User) -> None:
    for words in ({"opened_version": 9}, {"other_version": 9}):
        with pytest.raises(StaleRecordError):
            merge(cub, twin, ada, **words)


def test_merge__is_the_registrar_s_for_animals_of_the_zoo(cub: Animal, twin: Animal, rita: User) -> None:
    entry = merge(cub, twin, rita)
    undo_deed(entry, by=rita)
    assert Animal.objects.get(studbook_number="13").holdings.count() == 1


def test_merge__that_touches_a_foreign_animal_is_the_coordinator_s(
    cub: Animal, twin: Animal, foreign: Animal, rita: User, ada: User
) -> None:
    foreign.birth, foreign.dam, foreign.dam_kind = DateInterval.parse("2023-01-01"), twin, "known"
    foreign.save()
    before = state_now(foreign)
    with pytest.raises(NotTheirsError, match="20"):
        merge(cub, twin, rita)
    assert state_now(foreign) == before
    merge(cub, twin, ada)
    foreign.refresh_from_db()
    assert foreign.dam == cub


def test_undo__refuses_a_deed_that_made_an_animal(cub: Animal, ada: User) -> None:
    change = factories.AuditChangeFactory(entry__programme=cub.programme, record_id=cub.pk, animal=cub.pk)
    with pytest.raises(StudbookError, match="brought animals into the book"):
        undo_deed(change.entry, by=ada)


def test_undoable__are_deeds_that_neither_made_an_animal_nor_touched_other_rooms(
    cub: Animal, ada: User
) -> None:
    told = {"entry__programme": cub.programme, "record_id": cub.pk, "animal": cub.pk}
    made, other = factories.AuditChangeFactory(**told), factories.AuditChangeFactory(record="accounts.user")
    correct(cub, ada, house_name="Mira")
    newest = AuditEntry.objects.latest("pk")
    empty = factories.AuditEntryFactory(programme=cub.programme)
    assert undoable_among([made.entry, other.entry, empty, newest]) == {newest.pk}


def test_undo__refuses_a_deed_of_another_room(cub: Animal, ada: User) -> None:
    change = factories.AuditChangeFactory(entry__programme=cub.programme, record="accounts.programmerole")
    with pytest.raises(StudbookError, match="cannot be undone here: it changed programmerole"):
        undo_deed(change.entry, by=ada)


def test_correction__of_a_record_that_was_merged_meanwhile_is_refused_in_words(
    cub: Animal, twin: Animal, ada: User
) -> None:
    merge(cub, twin, ada)
    with pytest.raises(StaleRecordError, match="The record 13 became void and was merged into 12"):
        correct(twin, ada, house_name="Seia")
