"""People, what they are in a programme or at an institution, and how often somebody tried to sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac


class User(AbstractUser):
    """A person who signs in. Every session carries the stamp of its beginning and ends when the stamp changes."""

    session_stamp = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="user_name_once_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        # Django asks this for today's key and for earlier ones; so the stamp counts in both.
        proof = f"{self.password} {self.session_stamp}"
        return salted_hmac("studbook.accounts.session", proof, secret=secret, algorithm="sha256").hexdigest()


class ProgrammeRole(models.Model):
    """What a person is in a programme."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", "coordinator"
        OBSERVER = "observer", "observer"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="programme_roles")
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "programme"], name="programme_role_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=["coordinator", "observer"]), name="programme_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.role} of {self.programme}"


class InstitutionRole(models.Model):
    """What a person is at an institution, in every programme that it takes part in."""

    class Role(models.TextChoices):
        REGISTRAR = "registrar", "registrar"
        KEEPER = "keeper", "keeper"
        REPRESENTATIVE = "representative", "representative"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="institution_roles")
    institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.CASCADE, related_name="roles"
    )
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "institution", "role"], name="institution_role_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=["registrar", "keeper", "representative"]),
                name="institution_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.role} at {self.institution}"


class SignInCount(models.Model):
    """How many attempts of one kind were made for one key since a moment. Counted here, all workers share the count."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "since"], name="sign_in_count_once")]
        indexes = [models.Index(fields=["since"], name="sign_in_count_by_age")]

    def __str__(self) -> str:
        return f"{self.count} by {self.kind} {self.key}"
