from django.apps import AppConfig


class AnimalsConfig(AppConfig):
    name = "studbook.animals"
