"""Observations logged: what each writes, who may, what is refused and leaves the book as it was."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from studbook.accounts.models import User
from studbook.animals.entry import observations as deeds
from studbook.animals.entry.observation_values import Amount, weight_from
from studbook.animals.entry.observation_words import words_of
from studbook.animals.keeping import NotTheirsError
from studbook.animals.models import Animal, Identifier, Observation
from studbook.core.dates import DateInterval, interval_columns
from studbook.core.errors import StudbookError
from studbook.core.findings import RuleError, UnacknowledgedError
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories
from tests.races.digest import digest_of_everything

DAY = DateInterval.parse("2025-05-03")
BORN = DateInterval.parse("2018-05-03")
CHIP = "276098106103921"
TOLD: dict[str, dict[str, Any]] = {
    "weight": {"weight": Amount(Decimal("4.2"), "kg")},
    "measurement": {"what": "shoulder height", "amount": Amount(Decimal(62), "cm")},
    "note": {"note": "Limps."},
    "contraception": {"method": "implant", "until": DateInterval.parse("June 2027")},
    "reproduction": {"status": "pregnant", "expected": DateInterval.parse("about July 2025")},
    "rearing": {"rearing": "hand"},
    "sex": {"sex": "F", "method": "DNA"},
    "identification": {"mark": "transponder", "value": CHIP},
}


def log(kind: str, cat: Animal, by: User | None, **changed: Any) -> Observation:
    deed: Callable[..., Observation] = getattr(deeds, f"log_{kind}")
    return deed(cat, by=by, **({"on": DAY} | TOLD[kind] | changed))


def without_end(kind: str, day: str) -> dict[str, Any]:
    """Return that day, and no later one where the kind has it."""
    ends = {name: None for name in ("until", "expected") if name in TOLD[kind]}
    return {"on": DateInterval.parse(day), **ends}


@pytest.fixture
def cat(programme: Programme, zoo: Institution) -> Animal:
    return factories.animal_at(zoo, programme=programme, studbook_number="1", birth=BORN, house_name="Amba")


@pytest.mark.parametrize("kind", sorted(TOLD))
def test_log__writes_where_the_animal_was_and_who_logged_it(
    kind: str, cat: Animal, zoo: Institution, rita: User
) -> None:
    made = Observation.objects.get(pk=log(kind, cat, rita).pk)
    entry = AuditEntry.objects.get()
    assert (made.kind, made.animal, made.institution, str(made.date)) == (kind, cat, zoo, "2025-05-03")
    assert (entry.actor, made.provisional) == (rita, False)
    assert {change.animal for change in entry.changes.all()} == {cat.pk}


@pytest.mark.parametrize("kind", sorted(TOLD))
@pytest.mark.parametrize(("person", "provisional"), [("bo", True), ("rita", False), ("ada", False)])
def test_log__by_a_keeper_is_provisional(
    kind: str, person: str, provisional: bool, cat: Animal, request: pytest.FixtureRequest
) -> None:
    assert log(kind, cat, request.getfixturevalue(person)).provisional is provisional


@pytest.mark.parametrize("kind", sorted(TOLD))
@pytest.mark.parametrize("person", ["olga", "remy", "cy"])
def test_log__without_the_right_changes_nothing(
    kind: str, person: str, cat: Animal, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(person)
    before = digest_of_everything()
    with pytest.raises(NotTheirsError):
        log(kind, cat, by)
    assert digest_of_everything() == before


def test_log__of_an_animal_that_left_is_for_the_zoo_that_has_it(cat: Animal, bo: User) -> None:
    cat.holdings.update(institution=factories.InstitutionFactory())
    with pytest.raises(NotTheirsError, match="No animal 1 on which you may do this"):
        log("note", cat, bo)


@pytest.mark.parametrize("kind", sorted(TOLD))
def test_log__of_a_day_to_come_or_before_the_birth_is_refused(kind: str, cat: Animal, rita: User) -> None:
    for day, code in (("2099-01-01", "C3"), ("2018-05-02", "C4")):
        with pytest.raises(RuleError) as refusal:
            log(kind, cat, rita, **without_end(kind, day))
        assert (refusal.value.findings[0].code, refusal.value.field) == (code, "on")
    assert not Observation.objects.exists()


@pytest.mark.parametrize("day", ["2018", "before 2019", "between 2018-05-01 and 2018-05-03"])
def test_log__of_a_day_that_may_be_before_the_birth_is_written_once_it_was_read(
    day: str, cat: Animal, rita: User
) -> None:
    with pytest.raises(UnacknowledgedError, match="before its birth"):
        log("weight", cat, rita, on=DateInterval.parse(day))
    made = log("weight", cat, rita, on=DateInterval.parse(day), acknowledged=["C4"], reason="From the card.")
    assert str(made.date) == day


def test_log__on_the_day_of_birth_is_written(cat: Animal, rita: User) -> None:
    assert log("weight", cat, rita, on=BORN).pk


@pytest.mark.parametrize("kind", ["contraception", "reproduction"])
def test_log__of_what_only_the_living_do_is_refused_after_the_death(
    kind: str, cat: Animal, rita: User
) -> None:
    Animal.objects.update(status="dead", **interval_columns("death", DateInterval.parse("2025-05-02")))
    with pytest.raises(RuleError, match="1 Amba died 2025-05-02, before this") as refusal:
        log(kind, cat, rita)
    assert refusal.value.findings[0].code == "C10"
    assert log(kind, cat, rita, **without_end(kind, "2025-05-02")).pk


@pytest.mark.parametrize("kind", ["weight", "measurement", "note"])
def test_log__of_what_no_analysis_reads_keeps_the_revision(kind: str, cat: Animal, rita: User) -> None:
    log(kind, cat, rita)
    assert Programme.objects.get().revision == cat.programme.revision


def test_log_sex__changes_the_animal_and_its_version(cat: Animal, rita: User) -> None:
    Animal.objects.update(sex="U")
    made = log("sex", cat, rita)
    cat.refresh_from_db()
    assert (cat.sex, cat.version, made.what) == ("F", 2, "female, by DNA")


def test_log_sex__of_a_dam_as_a_male_is_refused(cat: Animal, rita: User, programme: Programme) -> None:
    factories.AnimalFactory(programme=programme, dam=cat, birth=DateInterval.parse("2023-01-01"))
    with pytest.raises(StudbookError, match=r"\b1\b"):
        log("sex", cat, rita, sex="M")
    cat.refresh_from_db()
    assert cat.sex == "F"


def test_log_rearing__changes_the_animal(cat: Animal, rita: User) -> None:
    log("rearing", cat, rita)
    cat.refresh_from_db()
    assert cat.rearing == "hand"


def test_log_reproduction__expects_a_birth_of_a_pregnant_animal_only(cat: Animal, rita: User) -> None:
    assert str(log("reproduction", cat, rita).until) == "about July 2025"
    with pytest.raises(StudbookError, match="expected of a pregnant animal only"):
        log("reproduction", cat, rita, status="lactating")


def test_log_contraception__does_not_end_before_it_begins(cat: Animal, rita: User) -> None:
    assert log("contraception", cat, rita, until=DAY).pk
    with pytest.raises(StudbookError, match="would end 2025-05-02, before it begins"):
        log("contraception", cat, rita, until=DateInterval.parse("2025-05-02"))


def test_log_note__needs_words(cat: Animal, rita: User) -> None:
    with pytest.raises(StudbookError, match="The note on 1 Amba is empty"):
        log("note", cat, rita, note=" \n ")


@pytest.mark.parametrize("read", [CHIP, "276 0981 0610 3921", "276-0981-0610-3921 "])
def test_log_identification__reads_a_transponder_as_it_is_printed(read: str, cat: Animal, rita: User) -> None:
    made = log("identification", cat, rita, value=read)
    assert (made.what, cat.identifiers.get().value) == (f"transponder {CHIP}", CHIP)


@pytest.mark.parametrize("read", ["", "12345678", "1" * 21, "276/098106103921", "²³⁴⁵⁶⁷⁸⁹⁰"])
def test_log_identification__of_what_is_no_transponder_is_refused(read: str, cat: Animal, rita: User) -> None:
    with pytest.raises(StudbookError, match="no number of a transponder"):
        log("identification", cat, rita, value=read)


@pytest.mark.parametrize("mark", ["tag", "tattoo", "local id", "other"])
def test_log_identification__of_other_marks_takes_them_as_they_are(
    mark: str, cat: Animal, rita: User
) -> None:
    made = log("identification", cat, rita, mark=mark, value="left ear  7")
    kind = "tag" if mark == "tattoo" else mark
    assert cat.identifiers.get(kind=kind).value == "left ear 7"
    assert made.what.endswith("left ear 7")


def test_log_identification__replaces_the_former(cat: Animal, rita: User) -> None:
    former = factories.IdentifierFactory(animal=cat)
    log("identification", cat, rita, replaces=former.pk)
    assert dict(Identifier.objects.values_list("value", "active")) == {former.value: False, CHIP: True}


def test_log_identification__replacing_the_mark_of_another_is_refused(cat: Animal, rita: User) -> None:
    other = factories.IdentifierFactory(animal__programme=cat.programme)
    with pytest.raises(StudbookError, match="does not bear the mark that this one replaces"):
        log("identification", cat, rita, replaces=other.pk)
    assert Identifier.objects.get().active


def test_log_identification__of_a_mark_it_bears_or_another_bears_is_refused(cat: Animal, rita: User) -> None:
    log("identification", cat, rita)
    with pytest.raises(RuleError, match=f"1 Amba bears the transponder {CHIP} already"):
        log("identification", cat, rita)
    other = factories.animal_at(cat.holdings.get().institution, programme=cat.programme, studbook_number="2")
    with pytest.raises(RuleError, match=f"transponder {CHIP} is borne by 1 Amba, so 2 cannot") as refusal:
        log("identification", other, rita)
    assert (refusal.value.findings[0].code, refusal.value.field) == ("A5", "value")


def test_log_identification__does_not_tell_of_another_book(cat: Animal, rita: User) -> None:
    elsewhere = factories.AnimalFactory(house_name="Kept-from-you")
    factories.IdentifierFactory(animal=elsewhere, value=CHIP)
    with pytest.raises(RuleError, match="borne by another animal already") as refusal:
        log("identification", cat, rita)
    assert "Kept" not in refusal.value.sentence


def test_log_identification__takes_a_mark_back_into_use(cat: Animal, rita: User) -> None:
    former = factories.IdentifierFactory(animal=cat, value=CHIP, active=False)
    log("identification", cat, rita)
    former.refresh_from_db()
    assert former.active


def test_log_photo__keeps_the_file_and_a_refused_one_leaves_none(cat: Animal, rita: User, olga: User) -> None:
    made = deeds.log_photo(cat, photo=ContentFile(b"jpeg", name="one.jpg"), on=DAY, by=rita)
    assert default_storage.exists(made.file.name)
    with pytest.raises(NotTheirsError):
        deeds.log_photo(cat, photo=ContentFile(b"jpeg", name="two.jpg"), on=DAY, by=olga)
    _, files = default_storage.listdir(made.file.name.rsplit("/", 1)[0])
    assert ("one.jpg" in files, "two.jpg" in files) == (True, False)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("4.2", "4.2 kg"),
        ("4,2", "4.2 kg"),
        ("4,2 kg", "4.2 kg"),
        ("850g", "850 g"),
        (" 850 G ", "850 g"),
        ("0.0001", "0.0001 kg"),
        ("0042.500", "42.5 kg"),
        ("200000", "200000 kg"),
    ],
)
def test_weight_from__reads_what_people_write(words: str, wanted: str) -> None:
    assert str(weight_from(words)) == wanted


@pytest.mark.parametrize(
    "words",
    [
        "0",
        "0 g",
        "-4",
        "4.2.1",
        "4 lb",
        "1e3",
        "NaN",
        "inf",
        "kg",
        "200001",
        "0.00001",
        "1" * 30,
        "٤",
        ".",
        "4.",
        ",5",
    ],
)
def test_weight_from__refuses_what_is_no_weight(words: str) -> None:
    with pytest.raises(StudbookError) as refusal:
        weight_from(words)
    assert refusal.value.sentence.endswith(".")


def test_log_contraception__keeps_product_and_return(cat: Animal, rita: User) -> None:
    told = {"product": " Deslorelin 9.4 mg ", "expected_return": DateInterval.parse("2028")}
    made = Observation.objects.get(pk=log("contraception", cat, rita, **told).pk)
    assert (made.product, str(made.expected_return)) == ("Deslorelin 9.4 mg", "2028")
    assert words_of(made) == "hormone implant, Deslorelin 9.4 mg, until June 2027, fertile again 2028"


@pytest.mark.parametrize(
    ("again", "sentence"),
    [("2025-05-02", "would be over 2025-05-02, before it begins"), ("2026", "fertile again 2026, before")],
)
def test_log_contraception__is_over_after_its_end(again: str, sentence: str, cat: Animal, rita: User) -> None:
    with pytest.raises(StudbookError, match=sentence) as refusal:
        log("contraception", cat, rita, expected_return=DateInterval.parse(again))
    assert refusal.value.field == "expected_return"


def test_log_reproduction__of_one_not_for_breeding_needs_a_reason(cat: Animal, rita: User) -> None:
    told: dict[str, Any] = {"status": "not for breeding", "expected": None}
    with pytest.raises(StudbookError, match="Say in the note why 1 Amba is not for breeding"):
        log("reproduction", cat, rita, note=" ", **told)
    until = DateInterval.parse("2027")
    made = log("reproduction", cat, rita, note="Carries the lens defect.", until=until, **told)
    assert words_of(made) == "not for breeding, until 2027, Carries the lens defect."
    with pytest.raises(StudbookError, match="to “not for breeding” only"):
        log("reproduction", cat, rita, status="cysts", expected=None, until=until)


@pytest.mark.parametrize("status", ["cysts", "other finding"])
def test_log_reproduction__knows_findings(status: str, cat: Animal, rita: User) -> None:
    assert log("reproduction", cat, rita, status=status, expected=None, note="Left horn.").what == status
