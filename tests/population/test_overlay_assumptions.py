"""What may be assumed, what is refused with which sentence, and that a refusal changes nothing."""

from decimal import Decimal
from typing import Any

import pytest

from studbook.animals.models import Animal
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditChange, AuditEntry
from studbook.population.models import AssumedParent, Assumption, Overlay
from studbook.population.overlays import rules
from studbook.population.overlays.assuming import assume, remove_assumption
from studbook.population.overlays.drafts import AssumptionDraft, ParentDraft
from studbook.population.set_beside import archive
from tests.factories import AnimalFactory, OverlayFactory
from tests.population.conftest import Family

WHY = "A letter of 1998."


@pytest.fixture
def overlay(family: Family) -> Overlay:
    made: Overlay = OverlayFactory(programme=family.programme, name="Letters")
    return made


def drafted(kind: str, *, reason: str = WHY, **columns: Any) -> AssumptionDraft:
    return AssumptionDraft(kind, reason, **columns)


def parent_of(animal: str, role: str, *parents: str | tuple[str, str]) -> AssumptionDraft:
    drafts = tuple(
        ParentDraft(each) if isinstance(each, str) else ParentDraft(each[0], Decimal(each[1]))
        for each in parents
    )
    return drafted("parent", animal=animal, role=role, parents=((role, drafts),))


def hypothetical(label: str = "H1", sex: str = "M", sire: str = "wild", dam: str = "wild") -> AssumptionDraft:
    parents = (("sire", (ParentDraft(sire),)), ("dam", (ParentDraft(dam),)))
    return drafted("hypothetical", label=label, sex=sex, parents=parents)


def made(overlay: Overlay, draft: AssumptionDraft, by: Any = None) -> Assumption:
    overlay.refresh_from_db()
    return assume(overlay, draft, by=by, opened_version=overlay.version)


def refused(overlay: Overlay, draft: AssumptionDraft, sentence: str, field: str | None) -> None:
    """Assert the refusal, and that nothing is left of it."""
    before = counted(overlay)
    with pytest.raises(StudbookError, match=sentence) as refusal:
        made(overlay, draft)
    assert refusal.value.field == field
    assert counted(overlay) == before


def counted(overlay: Overlay) -> tuple[int, ...]:
    version = Overlay.objects.get(pk=overlay.pk).version
    models = (Assumption, AssumedParent, AuditEntry, AuditChange)
    return version, *(model.objects.count() for model in models)


def test_assume__keeps_the_assumption_its_reason_and_a_trail(overlay: Overlay, ada: Any) -> None:
    revision = overlay.programme.revision
    assumption = made(overlay, parent_of("9", "sire", "7"), by=ada)
    overlay.refresh_from_db()
    overlay.programme.refresh_from_db()
    assert (overlay.version, overlay.programme.revision) == (2, revision)
    parent = assumption.parents.get()
    assert (assumption.role, assumption.reason, str(parent.animal), parent.probability) == (
        "sire",
        WHY,
        "7 Cat 7",
        1,
    )
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.reason) == ("assume parent", ada, WHY)
    assert [change.record for change in entry.changes.all()] == [
        "population.overlay",
        "population.assumption",
        "population.assumedparent",
    ]
    assert Animal.objects.get(studbook_number="9").sire.studbook_number == "5"  # type: ignore[union-attr]


def test_assume__takes_every_kind(overlay: Overlay) -> None:
    kinds = [
        hypothetical("H1"),
        parent_of("9", "sire", ("5", "0.5"), ("H1", "0.5")),
        parent_of("10", "dam", "unknown"),
        drafted("related", animal="1", other="3", kinship=0.25),
        drafted("related", animal="2", other="2", kinship=0.625),
        drafted("related", animal="H1", other="1", kinship=0.125),
        drafted("twins", animal="6", other="6b"),
        drafted("sex", animal="10", sex="M"),
        drafted("excluded", animal="7"),
    ]
    sister = overlay.programme.animals.get(studbook_number="6")
    AnimalFactory(
        programme=overlay.programme,
        studbook_number="6b",
        sex="F",
        sire=sister.sire,
        dam=sister.dam,
        birth=sister.birth,
    )
    told = [str(made(overlay, draft)) for draft in kinds]
    assert told == [
        "hypothetical animal H1",
        "sire of 9 Cat 9",
        "dam of 10 Cat 10",
        "kinship of 1 and 3",
        "kinship of 2 and 2",
        "kinship of H1 (hypothetical) and 1",
        "identical twins 6 Cat 6 and 6b",
        "sex of 10 Cat 10",
        "7 Cat 7 excluded",
    ]


def test_assume__shares_equally_what_is_left_open(overlay: Overlay) -> None:
    AnimalFactory(programme=overlay.programme, studbook_number="11", sex="M")
    several = made(overlay, parent_of("9", "sire", "5", "7", "11"))
    assert {each.probability for each in several.parents.all()} == {Decimal("0.333333333")}


@pytest.mark.parametrize(
    ("draft", "sentence", "field"),
    [
        (drafted("excluded", animal="7", reason=" "), "An assumption needs a reason", "reason"),
        (drafted("excluded", animal=""), "Name the animal by its studbook number", "animal"),
        (drafted("excluded", animal="99"), "No animal “99” is in Leopards", "animal"),
        (drafted("excluded", animal="Cat 7"), "Did you mean 7 Cat 7", "animal"),
        (drafted("excluded", animal="1"), "1 is dead, so no analysis counts it", "animal"),
        (drafted("sex", animal="9", sex="M"), "recorded as male already", "sex"),
        (parent_of("9", "sire"), "Name the sire", "parents"),
        (parent_of("9", "sire", "5"), "recorded as 5 Cat 5 already", "parents"),
        (parent_of("9", "sire", "6"), "6 Cat 6 is female and cannot be a sire", "parents"),
        (parent_of("9", "sire", "H9"), "nor a hypothetical one in Letters", "parents"),
        (parent_of("9", "sire", "5", "5"), "named twice as a possible sire", "parents"),
        (parent_of("9", "sire", ("5", "0.5"), ("7", "0.4")), "add to 0.9. Change them", "parents"),
        (parent_of("9", "sire", ("5", "0.5"), "7"), "some have none", "parents"),
        (parent_of("5", "sire", "9"), "Ancestry loop", None),
        (hypothetical("9"), "9 is the studbook number of an animal", "label"),
        (hypothetical(""), "a label of 1 to 20 signs", "label"),
        (hypothetical("two words"), "without blank, comma or slash", "label"),
        (hypothetical("wild"), "cannot be told from other words", "label"),
        (hypothetical("H1", sire="6"), "6 Cat 6 is female and cannot be a sire", "sire"),
        (drafted("twins", animal="9", other="9"), "cannot be its own twin", "other"),
        (
            drafted("twins", animal="5", other="7"),
            "Under this assumption the book would be no pedigree",
            None,
        ),
        (drafted("related", animal="1", other="9", kinship=0.25), "Under this assumption", None),
        (drafted("related", animal="1", other="1", kinship=0.25), "Under this assumption", None),
    ],
)
def test_assume__refuses_with_a_sentence_and_changes_nothing(
    overlay: Overlay, draft: AssumptionDraft, sentence: str, field: str | None
) -> None:
    refused(overlay, draft, sentence, field)


def test_assume__refuses_what_is_assumed_already(overlay: Overlay) -> None:
    made(overlay, parent_of("9", "sire", "7"))
    refused(
        overlay, parent_of("9", "sire", "wild"), "has an assumption on the sire of 9 Cat 9 already", "animal"
    )
    made(overlay, drafted("related", animal="1", other="3", kinship=0.25))
    refused(
        overlay,
        drafted("related", animal="3", other="1", kinship=0.1),
        "kinship of 3 and 1 already",
        "animal",
    )
    made(overlay, drafted("excluded", animal="7"))
    refused(overlay, drafted("excluded", animal="7"), "7 Cat 7 is excluded by Letters already", "animal")


def test_assume__refuses_a_label_of_another_overlay(overlay: Overlay) -> None:
    made(overlay, hypothetical("H1"))
    other = OverlayFactory(programme=overlay.programme, name="Genes")
    refused(other, hypothetical("h1"), "The overlay Letters has a hypothetical animal H1 already", "label")


def test_assume__lets_an_assumed_sex_make_a_parent(overlay: Overlay) -> None:
    made(overlay, drafted("sex", animal="6", sex="M"))
    assert str(made(overlay, parent_of("9", "sire", "6")).parents.get()) == "6 Cat 6"


def test_assume__a_parent_keeps_the_sex_it_needs(overlay: Overlay) -> None:
    sex = made(overlay, drafted("sex", animal="6", sex="M"))
    parent = made(overlay, parent_of("9", "sire", "6"))
    overlay.refresh_from_db()
    with pytest.raises(StudbookError, match=r"6 Cat 6 would be female, .* on the sire of 9"):
        remove_assumption(sex, by=None, reason="Wrong.", opened_version=overlay.version)
    overlay.refresh_from_db()
    remove_assumption(parent, by=None, reason="Wrong.", opened_version=overlay.version)
    overlay.refresh_from_db()
    remove_assumption(sex, by=None, reason="Wrong.", opened_version=overlay.version)
    made(overlay, parent_of("9", "dam", "6"))
    refused(overlay, drafted("sex", animal="6", sex="M"), "6 Cat 6 would be male", None)


def test_assume__refuses_more_than_an_overlay_holds(
    overlay: Overlay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_ASSUMPTIONS", 1)
    made(overlay, drafted("excluded", animal="7"))
    refused(overlay, drafted("excluded", animal="8"), "Letters has 1 assumptions, and one overlay", None)


def test_assume__knows_no_animal_of_another_programme(overlay: Overlay) -> None:
    AnimalFactory(studbook_number="500")
    refused(overlay, drafted("excluded", animal="500"), "No animal “500”", "animal")


def test_assume__refuses_a_stale_form(overlay: Overlay) -> None:
    assume(overlay, drafted("excluded", animal="7"), by=None, opened_version=1)
    before = counted(overlay)
    with pytest.raises(StaleRecordError, match="Letters was changed by"):
        assume(overlay, drafted("excluded", animal="8"), by=None, opened_version=1)
    assert counted(overlay) == before


def test_assume__refuses_an_archived_overlay(overlay: Overlay) -> None:
    archive(overlay, by=None, reason="Settled.", opened_version=1)
    refused(overlay, drafted("excluded", animal="7"), "archived and stays as it is", None)


def test_remove_assumption__takes_it_out_and_leaves_it_in_the_trail(overlay: Overlay, ada: Any) -> None:
    assumption = made(overlay, parent_of("9", "sire", "7"))
    overlay.refresh_from_db()
    remove_assumption(assumption, by=ada, reason="Genotypes say 5.", opened_version=2)
    assert not AssumedParent.objects.exists()
    overlay.refresh_from_db()
    assert overlay.version == 3
    entry = AuditEntry.objects.get(verb="remove assumption")
    removed = entry.changes.get(record="population.assumption")
    assert (entry.reason, removed.after, removed.before["reason"]) == ("Genotypes say 5.", None, WHY)


def test_remove_assumption__needs_a_reason_and_a_fresh_form(overlay: Overlay) -> None:
    assumption = made(overlay, drafted("excluded", animal="7"))
    with pytest.raises(StudbookError, match="needs a reason"):
        remove_assumption(assumption, by=None, reason="", opened_version=2)
    with pytest.raises(StaleRecordError):
        remove_assumption(assumption, by=None, reason="Wrong.", opened_version=1)
    assert Assumption.objects.get() == assumption


def test_remove_assumption__refuses_while_others_name_the_hypothetical_animal(overlay: Overlay) -> None:
    animal = made(overlay, hypothetical("H1"))
    young = made(overlay, parent_of("9", "sire", "H1"))
    overlay.refresh_from_db()
    with pytest.raises(StudbookError, match="named by the assumption on the sire of 9 Cat 9"):
        remove_assumption(animal, by=None, reason="Wrong.", opened_version=overlay.version)
    overlay.refresh_from_db()
    remove_assumption(young, by=None, reason="Wrong.", opened_version=overlay.version)
    kin = made(overlay, drafted("related", animal="H1", other="1", kinship=0.25))
    overlay.refresh_from_db()
    with pytest.raises(StudbookError, match="kinship of H1"):
        remove_assumption(animal, by=None, reason="Wrong.", opened_version=overlay.version)
    for assumption in (kin, animal):
        overlay.refresh_from_db()
        remove_assumption(assumption, by=None, reason="Wrong.", opened_version=overlay.version)
    assert not Assumption.objects.exists()
