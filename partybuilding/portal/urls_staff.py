"""What staff see of the portal's screens."""

from django.urls import path

from partybuilding.portal.views import form_preview

urlpatterns = [
    path(
        "<int:pk>/form/preview/", form_preview.YearFormPreview.as_view(), name="year_form_preview"
    ),
]
