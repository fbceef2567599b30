"""The release of animals at a site: the event of each and the release itself, all in one deed."""

from collections.abc import Iterable, Sequence

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.entry.life import write_life_event
from studbook.animals.keeping import keeping, locked
from studbook.animals.models import Animal, Event
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.findings import refuse_findings
from studbook.wild.models import Release, ReleaseAnimal, ReleaseSite
from studbook.wild.needs import findings_against, make_figures

MOST_ANIMALS = 60


def release_animals(
    site: ReleaseSite,
    *,
    animals: Sequence[str],
    on: DateInterval,
    by: User | None,
    note: str = "",
    reason: str = "",
    acknowledged: Iterable[str] = (),
) -> Release:
    """Let animals of the programme go at an active site; all of them, or none where one cannot be.

    What the site does not need is warned of (rule D14).
    """
    named, codes = _animals_named(site, animals), tuple(acknowledged)
    make_figures(site, on)
    with keeping(
        site.programme,
        "release at a site",
        by=by,
        right=Right.WILD,
        about=named,
        reason=reason,
        acknowledged=codes,
    ) as trail:
        current = ReleaseSite.objects.select_related("programme", "wild_area").get(pk=site.pk)
        refuse_site(current)
        against = findings_against(current, [each for each in named if each.is_living], on)
        release = Release(site=current, note=note.strip(), made_by=by)
        release.date = on
        release.save()
        trail.created([release])
        for animal in named:
            event = write_life_event(
                trail,
                locked(animal),
                Event.Kind.RELEASE,
                on=on,
                place=current.wild_area,
                provisional=False,
                note=f"Released at {current}.",
            )
            line = ReleaseAnimal.objects.create(release=release, animal=animal, event=event)
            trail.created([line])
        refuse_findings(against, codes)
    return release


def refuse_site(site: ReleaseSite) -> None:
    """Refuse a site that takes no animals now."""
    if site.is_halted:
        raise StudbookError(
            f"{site} is {site.get_state_display()}: {site.state_reason.rstrip('.')}. Nothing is released there. "
            "Choose another site, or make this one active again first."
        )
    if not site.takes_animals:
        raise StudbookError(
            f"{site} is only planned, so nothing is released there yet. Make it active on its page once it can take animals."
        )


def _animals_named(site: ReleaseSite, numbers: Sequence[str]) -> list[Animal]:
    wanted = list(dict.fromkeys(numbers))
    if not wanted:
        raise StudbookError("A release needs an animal. Name at least one studbook number.", field="animals")
    if len(wanted) > MOST_ANIMALS:
        raise StudbookError(
            f"These are {len(wanted)} animals; one release holds up to {MOST_ANIMALS}. Make two of it.",
            field="animals",
        )
    found = {
        each.studbook_number: each
        for each in site.programme.animals.select_related("programme").filter(studbook_number__in=wanted)
    }
    if missing := [each for each in wanted if each not in found]:
        raise StudbookError(
            f"No animal {', '.join(each[:20] for each in missing)} is in the book of {site.programme}. Correct the number.",
            field="animals",
        )
    return [found[each] for each in wanted]
