from django.urls import path

from studbook.planning.paper import views

VERSION = "plans/<int:pk>/versions/<int:version>/"

urlpatterns = [
    path(VERSION + "printed/", views.plan_printed, name="plan_printed"),
    path(VERSION + "plan.pdf", views.plan_pdf, name="plan_pdf"),
    path(VERSION + "plan.xlsx", views.plan_workbook, name="plan_workbook"),
    path(VERSION + "institutions/<int:institution>.pdf", views.plan_excerpt, name="plan_excerpt"),
]
