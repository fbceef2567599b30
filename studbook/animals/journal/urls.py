from django.urls import path

from studbook.animals.journal import views

urlpatterns = [
    path("journal/", views.journal, name="journal"),
    path("journal/export.csv", views.journal_csv, name="journal_csv"),
    path("journal/export.xlsx", views.journal_xlsx, name="journal_xlsx"),
]
