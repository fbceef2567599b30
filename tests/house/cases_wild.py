"""What the wild has in both books: a count, a camera-trap record, a site, a release."""

from typing import Any

from studbook.programmes.models import Programme
from tests import factories

WILD_NOUNS = ("survey_count", "camera_record", "release_site", "release_new", "release_candidates", "release")


def wild_of(book: Programme, hidden: str) -> dict[str, dict[str, Any]]:
    """Add one of each to a book; where it is another programme's, with the words that nobody else may read."""
    count = factories.SurveyCountFactory(programme=book, source=hidden or "A report")
    camera = factories.CameraRecordFactory(programme=book, note=hidden)
    site = factories.ReleaseSiteFactory(programme=book, name=hidden or "Reserve")
    release = factories.ReleaseFactory(site=site, note=hidden)
    keys = {
        **{"survey_count": count.pk, "camera_record": camera.pk, "release": release.pk},
        **dict.fromkeys(("release_site", "release_new", "release_candidates"), site.pk),
    }
    return {noun: {"pk": keys[noun]} for noun in WILD_NOUNS}
