from django.apps import AppConfig
from django.db.models import Q


class ReproductionConfig(AppConfig):
    name = "studbook.reproduction"

    def ready(self) -> None:
        self._offer_pairs_and_procedures()
        self._offer_pregnancies()
        self._offer_bank()
        self._offer_demonstration()

    def _offer_pairs_and_procedures(self) -> None:
        from studbook.animals.correcting.pointing import rows_follow
        from studbook.animals.entry.kinds import offer_entry
        from studbook.animals.keeping import follow_deeds
        from studbook.core.panels import Panel, add_panel
        from studbook.programmes.access import find_things
        from studbook.reproduction import models, panels, sides
        from studbook.reproduction.pairings.entries import PAIRING_ENTRIES
        from studbook.reproduction.pairings.following import follow_pairs
        from studbook.reproduction.procedures.entries import PROCEDURE_ENTRIES

        find_things("pairing", sides.pairing_on_which)
        find_things("mating", sides.mating_on_which)
        find_things("procedure", sides.procedure_on_which)
        for entry in (*PAIRING_ENTRIES, *PROCEDURE_ENTRIES):
            offer_entry(entry)
        follow_deeds(follow_pairs)
        struck = Q(struck_at__isnull=False)
        for model in (models.Pairing, models.Mating, models.Procedure):
            rows_follow(model, closed=struck)
        for detail in (models.Insemination, models.GameteWork):
            rows_follow(detail, closed=Q(procedure__struck_at__isnull=False))
        add_panel("animal", Panel(8, "reproduction/_animal_panel.html", panels.animal_panel))
        add_panel("institution", Panel(8, "reproduction/_institution_panel.html", panels.institution_panel))
        add_panel("dashboard", Panel(8, "reproduction/_dashboard_panel.html", panels.dashboard_panel))

    def _offer_pregnancies(self) -> None:
        from studbook.animals.correcting.pointing import rows_follow
        from studbook.animals.keeping import follow_deeds
        from studbook.core.panels import Panel, add_panel
        from studbook.programmes.access import find_things
        from studbook.reproduction.models import Pregnancy, PregnancyYoung
        from studbook.reproduction.pregnancies import panels as pregnancies
        from studbook.reproduction.pregnancies.following import follow_litters
        from studbook.reproduction.pregnancies.sides import pregnancy_on_which
        from studbook.reproduction.status import panels as status

        find_things("pregnancy", pregnancy_on_which)
        follow_deeds(follow_litters)
        rows_follow(Pregnancy, closed=Q(struck_at__isnull=False))
        # a young whose record becomes void leaves its pregnancy by itself
        rows_follow(PregnancyYoung, closed=Q(pk__isnull=False))
        of_pregnancies = "reproduction/pregnancies/_panel.html"
        add_panel("animal", Panel(7, of_pregnancies, pregnancies.animal_panel))
        add_panel("mating", Panel(10, of_pregnancies, pregnancies.mating_panel))
        add_panel("procedure", Panel(10, of_pregnancies, pregnancies.procedure_panel))
        add_panel("pairing", Panel(10, of_pregnancies, pregnancies.pairing_panel))
        add_panel(
            "reproduction", Panel(10, "reproduction/pregnancies/_room_panel.html", pregnancies.room_panel)
        )
        add_panel(
            "dashboard",
            Panel(7, "reproduction/pregnancies/_dashboard_panel.html", pregnancies.dashboard_panel),
        )
        add_panel("animal", Panel(9, "reproduction/status/_animal_panel.html", status.animal_panel))
        add_panel("reproduction", Panel(20, "reproduction/status/_room_panel.html", status.room_panel))

    def _offer_bank(self) -> None:
        from studbook.animals.correcting.pointing import rows_follow
        from studbook.animals.keeping import follow_deeds
        from studbook.core.panels import Panel, add_panel
        from studbook.programmes.access import find_things
        from studbook.reproduction.bank import panels as bank_panels
        from studbook.reproduction.bank.following import keep_donors_sexes
        from studbook.reproduction.bank.rights import sample_on_which
        from studbook.reproduction.models import Sample

        find_things("sample", sample_on_which)
        follow_deeds(keep_donors_sexes)
        rows_follow(Sample, closed=Q(struck_at__isnull=False))
        add_panel("animal", Panel(45, "reproduction/bank/_animal_panel.html", bank_panels.animal_panel))
        add_panel(
            "institution",
            Panel(45, "reproduction/bank/_institution_panel.html", bank_panels.institution_panel),
        )
        add_panel(
            "procedure",
            Panel(40, "reproduction/bank/_procedure_panel.html", bank_panels.procedure_panel),
        )
        add_panel(
            "reproduction", Panel(40, "reproduction/bank/_room_panel.html", bank_panels.reproduction_panel)
        )

    def _offer_demonstration(self) -> None:
        from studbook.programmes.demonstration import add_to_demonstration
        from studbook.reproduction.demonstration import add_reproduction

        add_to_demonstration(add_reproduction)
