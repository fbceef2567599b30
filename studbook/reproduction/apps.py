from django.apps import AppConfig


class ReproductionConfig(AppConfig):
    name = "studbook.reproduction"
