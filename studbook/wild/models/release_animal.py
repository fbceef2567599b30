"""An animal of a release, and the event in its life."""

from django.db import models

from studbook.animals.models import Animal, Event
from studbook.wild.models.release import Release


class ReleaseAnimal(models.Model):
    """An animal let go. `event` is what the release wrote into its life; without one the release was taken out again."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="lines")
    animal = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="release_lines")
    # Where its event is taken out of the book, `follow_releases` lets go of it within the deed, and the trail has it.
    event = models.OneToOneField(
        Event, on_delete=models.DO_NOTHING, null=True, blank=True, related_name="release_line"
    )

    class Meta:
        ordering = ["release", "animal__number_order", "animal__studbook_number"]
        verbose_name = "animal of a release"
        constraints = [models.UniqueConstraint(fields=["release", "animal"], name="release_animal_once")]

    def __str__(self) -> str:
        return f"{self.animal} in {self.release}"

    @property
    def stands(self) -> bool:
        return self.event_id is not None
