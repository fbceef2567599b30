from django.urls import path

from studbook.reproduction.bank import list_views, views

urlpatterns = [
    path("bank/", list_views.bank, name="bank"),
    path("bank/samples/", list_views.samples, name="samples"),
    path("bank/samples/export.csv", list_views.samples_csv, name="samples_csv"),
    path("bank/samples/export.xlsx", list_views.samples_xlsx, name="samples_xlsx"),
    path("bank/samples/ledger.csv", list_views.sample_ledger_csv, name="sample_ledger_csv"),
    path("bank/samples/ledger.xlsx", list_views.sample_ledger_xlsx, name="sample_ledger_xlsx"),
    path("bank/samples/new/", views.sample_new, name="sample_new"),
    path("bank/samples/<int:pk>/", views.sample, name="sample"),
    path("bank/samples/<int:pk>/edit/", views.sample_edit, name="sample_edit"),
    path("bank/samples/<int:pk>/strike/", views.sample_strike, name="sample_strike"),
    path("bank/samples/<int:pk>/<slug:kind>/", views.sample_step, name="sample_step"),
    path("bank/find/", list_views.sample_find, name="sample_find"),
    path("bank/labels/", list_views.sample_labels, name="sample_labels"),
    path("bank/places/", list_views.bank_places, name="bank_places"),
]
