"""The staff screens of bulletins."""

from django.urls import path

from partybuilding.supervision.bulletins import views

urlpatterns = [
    path("", views.BulletinsView.as_view(), name="bulletins"),
    path("start/<int:cycle>/<int:year>/<int:quarter>/", views.start, name="bulletin_start"),
    path("<int:pk>/correct/", views.correct, name="bulletin_correct"),
    path("<int:pk>/recount/", views.recount, name="bulletin_recount"),
    path("<int:pk>/draft.<str:edition>", views.draft_paper, name="bulletin_draft"),
]
