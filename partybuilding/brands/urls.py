"""The staff screens of brands."""

from django.urls import path

from partybuilding.brands import views

urlpatterns = [
    path("brands/<int:pk>/", views.BrandView.as_view(), name="brand"),
    path("brands/<int:pk>/edit/", views.EditBrandView.as_view(), name="brand_edit"),
    path("brands/<int:pk>/page/", views.start_page, name="brand_page"),
    path("brands/<int:pk>/step/<slug:step>/", views.BrandStepView.as_view(), name="brand_step"),
    path("projects/<int:pk>/brand/", views.StartBrandView.as_view(), name="brand_start"),
]
