"""What a plan prints beside its numbers, read for its freezing: who may breed, and who speaks for the institutions."""

from django.utils import timezone

from studbook.accounts.models import InstitutionRole
from studbook.core.downloads import iso
from studbook.planning.paper.plain import PlainDict
from studbook.programmes.models import Programme
from studbook.reproduction.status.standing import standing_on

UNNAMED = "a representative"


def reproduction_inputs(programme: Programme) -> PlainDict:
    """Return today, and in words what stands of the reproduction of each living animal of which anything does; two queries."""
    today = timezone.localdate()
    standing = standing_on(programme, today)
    animals = programme.animals.filter(pk__in=standing).order_by("number_order", "studbook_number")
    return {
        "read_on": iso(today),
        "standing": [
            [number, [each.sentence for each in standing[pk].states]]
            for pk, number in animals.values_list("pk", "studbook_number")
        ],
    }


def people_inputs(programme: Programme) -> list[PlainDict]:
    """Return the institutions that take part and have representatives with an open account, and their names; one query.

    A sign-in name is nobody's to print: who gave no other is told without one.
    """
    roles = InstitutionRole.objects.filter(
        institution__participations__programme=programme,
        role=InstitutionRole.Role.REPRESENTATIVE,
        user__is_active=True,
    ).select_related("institution", "user")
    found: dict[int, PlainDict] = {}
    for each in roles.order_by("institution__name", "institution_id", "user__username"):
        place = each.institution
        told = {"key": place.pk, "mnemonic": place.mnemonic, "name": place.name, "people": []}
        found.setdefault(place.pk, told)["people"].append(each.user.get_full_name() or UNNAMED)
    return list(found.values())
