"""What is known of the animals in the wild, where captive animals may be released, and which were."""

from studbook.wild.models.camera_record import CameraRecord
from studbook.wild.models.coarse import CoarsePlace
from studbook.wild.models.release import Release
from studbook.wild.models.release_animal import ReleaseAnimal
from studbook.wild.models.release_site import ReleaseSite
from studbook.wild.models.survey_count import SurveyCount
from studbook.wild.models.wild_record import WildRecord

__all__ = [
    "CameraRecord",
    "CoarsePlace",
    "Release",
    "ReleaseAnimal",
    "ReleaseSite",
    "SurveyCount",
    "WildRecord",
]
