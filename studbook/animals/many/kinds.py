"""What can be done to many animals at once: the form of one, its deed, and which of its fields each animal has for itself."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from studbook.accounts.rights import Right
from studbook.animals.entry import observation_identity as identity
from studbook.animals.entry import observation_writing as writing
from studbook.animals.entry.life import write_life_event
from studbook.animals.entry.observation_kinds import OBSERVATION_KINDS
from studbook.animals.many.edit import EditManyForm, write_edit
from studbook.animals.many.life_forms import DeathsForm, ReleasesForm
from studbook.animals.models import Event
from studbook.core.forms import EntryForm


@dataclass(frozen=True, slots=True)
class ManyKind:
    """One round. `write` puts it down for one animal within the deed of all.

    `of_each` are the fields that each animal has for itself; an animal whose field is left empty is left out.
    """

    slug: str
    label: str
    form_class: type[EntryForm]
    write: Callable[..., Any]
    of_each: tuple[str, ...] = ()
    right: Right = Right.LOG
    only_seen: bool = False

    @property
    def is_log(self) -> bool:
        return self.right == Right.LOG


def _of(slug: str, label: str, write: Callable[..., Any], *of_each: str, only_seen: bool = False) -> ManyKind:
    return ManyKind(slug, label, OBSERVATION_KINDS[slug].form_class, write, of_each, only_seen=only_seen)


MANY_KINDS: dict[str, ManyKind] = {
    kind.slug: kind
    for kind in (
        _of("weight", "weight round", writing.write_weight, "weight", only_seen=True),
        _of("note", "note", writing.write_note, only_seen=True),
        _of("identification", "identification round", identity.write_identification, "value"),
        _of("contraception", "contraception", writing.write_contraception),
        _of("reproduction", "reproductive status", writing.write_reproduction),
        _of("rearing", "rearing", identity.write_rearing),
        ManyKind("death", "death", DeathsForm, partial(write_life_event, kind=Event.Kind.DEATH)),
        ManyKind("release", "release", ReleasesForm, partial(write_life_event, kind=Event.Kind.RELEASE)),
        ManyKind("edit", "correction", EditManyForm, write_edit, ("house_name",), Right.CORRECT),
    )
}
