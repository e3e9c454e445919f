"""The staff screens of the case book."""

from django.urls import path

from partybuilding.casebook import views

urlpatterns = [
    path("", views.BooksView.as_view(), name="casebooks"),
    path("<int:year>/", views.BookView.as_view(), name="casebook"),
    path("<int:year>/edit/", views.EditBookView.as_view(), name="casebook_edit"),
    path("<int:year>/errata/", views.ErrataView.as_view(), name="casebook_errata"),
    path("<int:year>/withdraw/<int:pk>/", views.WithdrawView.as_view(), name="casebook_withdraw"),
    path("editions/<int:pk>/progress/", views.progress, name="casebook_progress"),
    path("editions/<int:pk>/file/", views.edition_file, name="casebook_file"),
    path("editions/<int:pk>/manifest.json", views.manifest, name="casebook_manifest"),
]
