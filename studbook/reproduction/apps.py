from django.apps import AppConfig
from django.db.models import Q


class ReproductionConfig(AppConfig):
    name = "studbook.reproduction"

    def ready(self) -> None:
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
