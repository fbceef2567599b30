from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    name = "studbook.institutions"

    def ready(self) -> None:
        from studbook.institutions.people import person_found
        from studbook.programmes.access import find_things

        find_things("person", person_found)
