"""Other marks and numbers an animal goes by."""

from django.db import models
from django.db.models import Q

from studbook.animals.models.animal import Animal
from studbook.institutions.models import Institution


class Identifier(models.Model):
    """A transponder, a global accession number, a tag. Local ids live on the stays where they hold."""

    class Kind(models.TextChoices):
        TRANSPONDER = "transponder", "transponder"
        GAN = "gan", "global accession number"
        TAG = "tag", "tag or tattoo"
        LOCAL_ID = "local id", "local id"
        OTHER = "other", "other"

    animal = models.ForeignKey(Animal, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    value = models.CharField(max_length=60)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="identifiers"
    )
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["animal", "kind", "value"]
        indexes = [models.Index(fields=["value"], name="identifier_by_value")]
        constraints = [
            models.CheckConstraint(condition=~Q(value=""), name="identifier_has_value"),
            models.CheckConstraint(
                condition=Q(kind__in=["transponder", "gan", "tag", "local id", "other"]),
                name="identifier_kind_known",
            ),
            models.UniqueConstraint(
                fields=["value"],
                condition=Q(kind="transponder", active=True),
                name="identifier_transponder_on_one_animal",
            ),
            models.UniqueConstraint(fields=["animal", "kind", "value"], name="identifier_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"
