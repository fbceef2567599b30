from studbook.reproduction.models.details import (
    Anaesthesia,
    AnaesthesiaAgent,
    Examination,
    GameteWork,
    Insemination,
    SemenCollection,
)
from studbook.reproduction.models.pairing import Mating, Pairing
from studbook.reproduction.models.pregnancy import Pregnancy, PregnancyYoung
from studbook.reproduction.models.procedure import Procedure, ProcedureFile
from studbook.reproduction.models.sample import Sample, SampleStep

__all__ = [
    "Anaesthesia",
    "AnaesthesiaAgent",
    "Examination",
    "GameteWork",
    "Insemination",
    "Mating",
    "Pairing",
    "Pregnancy",
    "PregnancyYoung",
    "Procedure",
    "ProcedureFile",
    "Sample",
    "SampleStep",
    "SemenCollection",
]
