"""What a record of the wild must say to be kept: each refusal tells the fact and what to do instead."""

import calendar

from studbook.core.dates import FIRST_DAY, DateInterval
from studbook.core.errors import StudbookError
from studbook.core.newest_day import newest_day
from studbook.wild.models import CameraRecord, ReleaseSite, SurveyCount

Written = SurveyCount | CameraRecord | ReleaseSite

NO_AREA = "Name the area, coarse enough to be published: a park, a county, a range."
NO_COUNTRY = "Name the country, or the countries."
NO_SOURCE = "A record of the wild needs a source. Write the report, the article or the person it comes from."
NO_NUMBER = "A count needs a number. Give the lowest, the best or the highest."
NUMBERS_TURNED = (
    "The lowest is not above the best number, and the best not above the highest. Correct one of them."
)
NOBODY_MET = "Say who was met: in words, or how many adults and young."
NO_NAME = "A release site needs a name. Write the one it is known by."
NO_STATE_REASON = "Say why the site is on hold or closed. Everybody who asks for a release reads it."
AGES_TURNED = "The youngest age is above the oldest. Correct one of them."
TOO_FINE = (
    "“{seen}” is finer than a camera record is kept, since it would tell where an animal is on a day. Write the month or "
    "the season: October 2013, or between 2012-12-01 and 2013-02-28."
)


def refuse_unsound(record: Written) -> None:
    """Refuse a record that leaves out what it must say, or says what cannot be."""
    if isinstance(record, ReleaseSite):
        _refuse_site(record)
        return
    _refuse_first((not record.area, NO_AREA, "area"), (not record.country, NO_COUNTRY, "country"))
    if isinstance(record, SurveyCount):
        _refuse_count(record)
    else:
        _refuse_camera_record(record)
    if isinstance(record, CameraRecord):
        refuse_half_place(record)
    _refuse_first((not record.source, NO_SOURCE, "source"))


def refuse_used_name(site: ReleaseSite) -> None:
    """Refuse a name that another site of the programme has."""
    others = ReleaseSite.objects.filter(programme=site.programme_id, name__iexact=site.name)
    if others.exclude(pk=site.pk).exists():
        raise StudbookError(
            f"A release site named {site.name} exists already. Choose another name.", field="name"
        )


def _refuse_count(count: SurveyCount) -> None:
    first, last, this_year = count.first_year, count.last_year, newest_day().year
    numbers = [each for each in (count.low, count.best, count.high) if each is not None]
    backwards = f"The count ends in {last}, before it began in {first}. Correct one of the years."
    to_come = f"{last} has not come yet. Write down a count once it was made, or correct the year."
    _refuse_first(
        (last < first, backwards, "last_year"),
        (last > this_year, to_come, "last_year"),
        (not numbers, NO_NUMBER, "best"),
        (numbers != sorted(numbers), NUMBERS_TURNED, "best"),
    )
    _refuse_parts(count)


def _refuse_parts(count: SurveyCount) -> None:
    """Refuse adults and young that are more than there were at most; a lowest number alone is no such bound."""
    most = count.best if count.high is None else count.high
    parts = (count.adults or 0) + (count.young or 0)
    if most is not None and parts > most:
        which = "best" if count.high is None else "highest"
        adults = f"{count.adults:,} adult{'' if count.adults == 1 else 's'}" if count.adults else ""
        told = " and ".join(filter(None, (adults, f"{count.young:,} young" if count.young else "")))
        raise StudbookError(
            f"{told} make more than the {which} number, {most:,}, that they are counted among. Correct one of the numbers.",
            field="adults" if count.adults else "young",
        )


def _refuse_camera_record(record: CameraRecord) -> None:
    seen = record.seen
    if seen is None:
        raise StudbookError("Say in which month or season.", field="seen")
    nobody = not record.individuals and record.adults is None and record.young is None
    future = f"{seen} has not come yet. Write down what was met once it was."
    _refuse_first(
        (seen.earliest > newest_day(), future, "seen"),
        (not _is_of_whole_months(seen), TOO_FINE.format(seen=seen), "seen"),
        (nobody, NOBODY_MET, "individuals"),
    )


def _is_of_whole_months(seen: DateInterval) -> bool:
    """Tell whether a date names months and no day: its words would keep a day that its ends no longer show."""
    begins = seen.earliest.day == 1 or seen.earliest == FIRST_DAY
    return (
        begins
        and not _is_about_a_day(seen)
        and seen.latest.day == calendar.monthrange(seen.latest.year, seen.latest.month)[1]
    )


def _is_about_a_day(seen: DateInterval) -> bool:
    """Tell whether the words name a day and are widened around it, which of the 16th of a long month gives a whole one."""
    word, _, rest = seen.text.lower().partition(" ")
    return word == "about" and DateInterval.parse(rest).is_exact


def _refuse_site(site: ReleaseSite) -> None:
    young, old = site.youngest_months, site.oldest_months
    _refuse_first(
        (not site.name, NO_NAME, "name"),
        (not site.country, NO_COUNTRY, "country"),
        (site.is_halted and not site.state_reason, NO_STATE_REASON, "state_reason"),
        (young is not None and old is not None and young > old, AGES_TURNED, "youngest_months"),
    )
    refuse_half_place(site)


def refuse_half_place(record: CameraRecord | ReleaseSite) -> None:
    """Refuse one degree without the other."""
    if (record.latitude_tenths is None) != (record.longitude_tenths is None):
        missing = "latitude" if record.latitude_tenths is None else "longitude"
        raise StudbookError(
            f"A place has a latitude and a longitude; the {missing} is missing. Add it, or leave both empty.",
            field=f"{missing}_tenths",
        )


def _refuse_first(*faults: tuple[bool, str, str]) -> None:
    for is_so, sentence, field in faults:
        if is_so:
            raise StudbookError(sentence, field=field)
