from django.urls import path

from studbook.reproduction.procedures import file_views, list_views, views

urlpatterns = [
    path("animals/<str:number>/procedures/<slug:kind>/", views.procedure_new, name="procedure_new"),
    path("reproduction/procedures/", list_views.procedures, name="procedures"),
    path("reproduction/procedures/export.csv", list_views.procedures_csv, name="procedures_csv"),
    path("reproduction/procedures/export.xlsx", list_views.procedures_xlsx, name="procedures_xlsx"),
    path("reproduction/procedures/<int:pk>/", views.procedure, name="procedure"),
    path("reproduction/procedures/<int:pk>/correct/", views.procedure_correct, name="procedure_correct"),
    path("reproduction/procedures/<int:pk>/strike/", views.procedure_strike, name="procedure_strike"),
    path(
        "reproduction/procedures/<int:pk>/files/new/",
        file_views.procedure_file_new,
        name="procedure_file_new",
    ),
    path(
        "reproduction/procedures/<int:pk>/files/<int:file>/", file_views.procedure_file, name="procedure_file"
    ),
    path(
        "reproduction/procedures/<int:pk>/files/<int:file>/withdraw/",
        file_views.procedure_file_withdraw,
        name="procedure_file_withdraw",
    ),
]
