"""People, and what they are in a programme or at an institution."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person who signs in."""

    def __str__(self) -> str:
        return self.get_full_name() or self.username


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
    """What a person is at an institution."""

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
