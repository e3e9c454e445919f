"""The staff screen of the digest."""

from django.urls import path

from partybuilding.following.staff import DigestView

urlpatterns = [path("wechat/digest/", DigestView.as_view(), name="wechat_digest")]
