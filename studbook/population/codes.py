"""What the columns of an animal are called in the science."""

from pedigree.structure import FEMALE, MALE, UNKNOWN, UNKNOWN_SEX, WILD
from studbook.animals.models import Animal, ParentKind

SEX_CODES = {Animal.Sex.MALE: MALE, Animal.Sex.FEMALE: FEMALE, Animal.Sex.UNKNOWN: UNKNOWN_SEX}
SEX_WORDS = {code: sex for sex, code in SEX_CODES.items()}
SEX_OF_ROLE = {"sire": Animal.Sex.MALE, "dam": Animal.Sex.FEMALE}
KIND_CODES = {ParentKind.WILD: WILD, ParentKind.UNKNOWN: UNKNOWN}
