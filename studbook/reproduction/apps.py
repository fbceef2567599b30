from django.apps import AppConfig
from django.db.models import Q


class ReproductionConfig(AppConfig):
    name = "studbook.reproduction"

    def ready(self) -> None:
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
