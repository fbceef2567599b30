from django.apps import AppConfig


class AnimalsConfig(AppConfig):
    name = "studbook.animals"

    def ready(self) -> None:
        from studbook.animals.keeping import animal_on_which
        from studbook.programmes.access import find_things

        find_things("animal", animal_on_which)
