"""The addresses of following, below /follow/."""

from django.urls import path

from partybuilding.following.views import FollowView, follow_confirm, follow_leave

urlpatterns = [
    path("", FollowView.as_view(), name="follow"),
    path("confirm/<str:token>/", follow_confirm, name="follow_confirm"),
    path("leave/<str:token>/", follow_leave, name="follow_leave"),
]
