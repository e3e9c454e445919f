"""The staff screens of the texts."""

from django.urls import path

from partybuilding.texts import views

urlpatterns = [
    path("", views.TextList.as_view(), name="texts"),
    path("<slug:code>/", views.TextView.as_view(), name="text"),
    path("<slug:code>/preview/", views.TextPreview.as_view(), name="text_preview"),
    path("<slug:code>/<slug:edition>/", views.TextEdition.as_view(), name="text_edition"),
]
