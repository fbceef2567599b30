from django.apps import AppConfig


class PopulationConfig(AppConfig):
    name = "studbook.population"

    def ready(self) -> None:
        from studbook.core.panels import Panel, add_panel
        from studbook.population.panels import animal_genetics, institution_genetics

        add_panel("animal", Panel(10, "population/animal_panel.html", animal_genetics))
        add_panel("institution", Panel(10, "population/institution_panel.html", institution_genetics))
