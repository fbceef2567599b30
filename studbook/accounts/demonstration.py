"""The people of the demonstration: sign-ins that everybody may know, because they open synthetic data only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import transaction

from studbook.accounts.models import InstitutionRole, ProgrammeRole, User
from studbook.core.errors import StudbookError

PASSWORD = "leopard-demonstration"  # noqa: S105 - public on purpose
MULHOUSE, CLERMONT, ROSTOCK = "MULHOUSE", "CLERMONT", "ROSTOCK"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A person: `place` in words, `mnemonic` of the institution, empty for a role in the programme."""

    username: str
    role: str
    place: str
    mnemonic: str = ""

    @property
    def email(self) -> str:
        # A name that no mail reaches, reserved for examples.
        return f"{self.username}@example.org"


COORDINATOR = SignIn("coordinator", ProgrammeRole.Role.COORDINATOR, "the programme")
OBSERVER = SignIn("observer", ProgrammeRole.Role.OBSERVER, "the programme")
REGISTRAR = SignIn("registrar", InstitutionRole.Role.REGISTRAR, "Mulhouse", MULHOUSE)
KEEPER = SignIn("keeper", InstitutionRole.Role.KEEPER, "Mulhouse", MULHOUSE)
REPRESENTATIVE = SignIn("representative", InstitutionRole.Role.REPRESENTATIVE, "Mulhouse", MULHOUSE)
REPRESENTATIVE_2 = SignIn(
    "representative-2", InstitutionRole.Role.REPRESENTATIVE, "Clermont-Ferrand", CLERMONT
)
REPRESENTATIVE_3 = SignIn("representative-3", InstitutionRole.Role.REPRESENTATIVE, "Rostock", ROSTOCK)
SIGN_INS = (
    *(COORDINATOR, OBSERVER, REGISTRAR, KEEPER),
    *(REPRESENTATIVE, REPRESENTATIVE_2, REPRESENTATIVE_3),
)
INSTITUTIONS = (MULHOUSE, CLERMONT, ROSTOCK)


def add_signins(programme: Any, institutions: Mapping[str, Any]) -> list[SignIn]:
    """Give the demonstration its people; refused in a database that holds a programme with real animals.

    `institutions` are those of their roles, by mnemonic. Everybody can read this password, so that one real programme
    beside the demonstration is reason enough.
    """
    _refuse_real_programmes()
    with transaction.atomic():
        # One password, hashed once: the hash is slow on purpose.
        password = make_password(PASSWORD)
        for sign_in in SIGN_INS:
            person = _person(sign_in, password)
            if sign_in.mnemonic:
                place = institutions[sign_in.mnemonic]
                InstitutionRole.objects.create(user=person, institution=place, role=sign_in.role)
            else:
                ProgrammeRole.objects.create(user=person, programme=programme, role=sign_in.role)
    return list(SIGN_INS)


def standing_signins() -> list[SignIn]:
    """Return the sign-ins of the demonstration that exist in this database."""
    names = set(
        User.objects.filter(username__in=[each.username for each in SIGN_INS]).values_list(
            "username", flat=True
        )
    )
    return [each for each in SIGN_INS if each.username in names] if _demonstration_stands() else []


def signin_lines(sign_ins: list[SignIn]) -> list[str]:
    """Return a small table of sign-ins."""
    rows = [
        ("user name", "password", "role"),
        *((each.username, PASSWORD, f"{each.role}, {each.place}") for each in sign_ins),
    ]
    return [f"  {name:<18}{password:<24}{role}" for name, password, role in rows]


def _person(sign_in: SignIn, password: str) -> User:
    if User.objects.filter(username=sign_in.username).exists():
        raise StudbookError(
            f"A person named {sign_in.username} is there already. Rename that account, or reset the demonstration."
        )
    return User.objects.create(username=sign_in.username, email=sign_in.email, password=password)


def _refuse_real_programmes() -> None:
    real = [str(each) for each in _programmes().filter(synthetic=False)]
    if real:
        raise StudbookError(
            f"The database holds real animals ({', '.join(real)}). The demonstration's sign-ins have a password that "
            "everybody knows: load the demonstration into a database of its own."
        )


def _demonstration_stands() -> bool:
    return (
        _programmes().filter(synthetic=True).exists() and not _programmes().filter(synthetic=False).exists()
    )


def _programmes() -> Any:
    # This room lies below the programmes and may not import them.
    return apps.get_model("programmes.Programme").objects.all()
