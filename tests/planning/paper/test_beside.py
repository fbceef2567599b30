"""The appendices on who may breed and on who speaks for the institutions: read, frozen, written."""

from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.core.dates import DateInterval
from studbook.planning.paper.blocks import Section, Table, Text
from studbook.planning.paper.frozen import inputs_of, pack, unpack
from studbook.planning.paper.part_beside import (
    NOBODY_NAMED,
    NOTHING_STANDS,
    people_section,
    reproduction_section,
)
from tests import factories
from tests.planning.paper.conftest import Planned

pytestmark = pytest.mark.django_db
PLAIN: dict[str, Any] = {"quantity": None, "unit": "", "date": DateInterval.parse("2020-05-03")}


def rows(section: Section | None) -> list[list[str]]:
    assert section
    [table] = section.blocks
    assert isinstance(table, Table)
    return [[cell.words for cell in each.cells] for each in table.rows]


def words(section: Section | None) -> tuple[str, ...]:
    assert section
    [text] = section.blocks
    assert isinstance(text, Text)
    return text.paragraphs


def test_reproduction__tells_what_stands_of_each_living_animal(planned: Planned) -> None:
    assert words(reproduction_section(inputs_of(planned.plan))) == (NOTHING_STANDS,)
    dam = planned.book.dam
    factories.ObservationFactory(
        animal=dam, kind="contraception", what="implant", product="deslorelin", **PLAIN
    )
    factories.ObservationFactory(
        animal=dam, kind="reproduction", what="not for breeding", note="Lens.", **PLAIN
    )
    found = rows(reproduction_section(unpack(pack(inputs_of(planned.plan)))))
    assert [(each[0], each[-1]) for each in found] == [
        (
            dam.studbook_number,
            "Not for breeding since 2020-05-03: Lens. Under contraception: hormone implant (deslorelin) since 2020-05-03.",
        )
    ]


def test_people__names_those_who_take_part_and_have_an_open_account(planned: Planned, remy: User) -> None:
    zoo = planned.book.zoo
    User.objects.filter(pk=remy.pk).update(first_name="Remy", last_name="Petit")
    gone = factories.UserFactory(username="gone", is_active=False)
    elsewhere = factories.InstitutionFactory(name="Zoo of another programme")
    for user, place in ((gone, zoo), (remy, elsewhere)):
        factories.InstitutionRoleFactory(user=user, institution=place, role="representative")
    unnamed = factories.UserFactory(username="zz-sign-in")
    factories.InstitutionRoleFactory(user=unnamed, institution=zoo, role="representative")
    inputs = inputs_of(planned.plan)
    assert rows(people_section(inputs)) == [[zoo.mnemonic, zoo.name, "Remy Petit, a representative"]]
    for each in (remy, unnamed):
        each.institution_roles.all().delete()
    assert words(people_section(inputs_of(planned.plan))) == (NOBODY_NAMED,)


def test_sections__of_a_version_from_before_them_are_left_out(planned: Planned) -> None:
    inputs = inputs_of(planned.plan)
    del inputs["people"], inputs["reproduction"]
    assert people_section(inputs) is reproduction_section(inputs) is None
