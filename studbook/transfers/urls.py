from django.urls import path

from studbook.transfers import list_views, paper_views, views

urlpatterns = [
    path("transfers/", list_views.transfers, name="transfers"),
    path("transfers/export.csv", list_views.transfers_csv, name="transfers_csv"),
    path("transfers/export.xlsx", list_views.transfers_xlsx, name="transfers_xlsx"),
    path("transfers/new/", views.transfer_new, name="transfer_new"),
    path("transfers/record/", views.transfer_record, name="transfer_record"),
    path("transfers/<int:pk>/", views.transfer, name="transfer"),
    path("transfers/<int:pk>/permits/new/", paper_views.transfer_permit_new, name="transfer_permit_new"),
    path("transfers/<int:pk>/permits/<int:permit>/", paper_views.transfer_permit, name="transfer_permit"),
    path(
        "transfers/<int:pk>/documents/new/",
        paper_views.transfer_document_new,
        name="transfer_document_new",
    ),
    path(
        "transfers/<int:pk>/documents/<int:document>/",
        paper_views.transfer_document,
        name="transfer_document",
    ),
    path(
        "transfers/<int:pk>/documents/<int:document>/withdraw/",
        paper_views.transfer_document_withdraw,
        name="transfer_document_withdraw",
    ),
    path("transfers/<int:pk>/<slug:step>/", views.transfer_step, name="transfer_step"),
]
