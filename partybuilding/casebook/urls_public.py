"""The addresses of the case book that residents use, below /book/."""

from django.urls import path

from partybuilding.casebook import public

urlpatterns = [
    path("", public.books, name="books"),
    path("<int:year>/", public.book, name="book"),
    path("<int:year>/cover.png", public.cover, name="book_cover"),
    path("<int:year>/verify", public.verify, name="book_verify"),
    path("<int:year>/<slug:kind>.<slug:extension>", public.book_file, name="book_file"),
]
