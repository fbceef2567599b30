from django.apps import AppConfig
from django.db.models import Q


class WildConfig(AppConfig):
    name = "studbook.wild"

    def ready(self) -> None:
        from studbook.animals.correcting.pointing import rows_follow
        from studbook.animals.correcting.undoing import stays_in_undo
        from studbook.animals.keeping import follow_deeds
        from studbook.core.panels import Panel, add_panel
        from studbook.programmes.demonstration import add_to_demonstration
        from studbook.wild import panels
        from studbook.wild.demonstration import add_the_wild
        from studbook.wild.following import follow_releases
        from studbook.wild.models import Release, ReleaseAnimal

        follow_deeds(follow_releases)
        stays_in_undo(Release)
        rows_follow(ReleaseAnimal, closed=Q(event=None), may_stay=True)
        add_to_demonstration(add_the_wild)
        add_panel("animal", Panel(3, "wild/_animal_panel.html", panels.animal_panel))
