"""The addresses of the letterbox that residents use, below /opinions/."""

from django.urls import path

from partybuilding.opinions.replies import ReplyFeed
from partybuilding.opinions.views.appraisal import AppraisalView
from partybuilding.opinions.views.letterbox import LetterboxView
from partybuilding.opinions.views.lookup import LookupView, replies, reply

urlpatterns = [
    path("", LetterboxView.as_view(), name="letterbox"),
    path("lookup/", LookupView.as_view(), name="opinion_lookup"),
    path("replies/", replies, name="opinion_replies"),
    path("replies/feed.atom", ReplyFeed(), name="opinions_feed"),
    path("replies/<int:pk>/", reply, name="opinion_reply"),
    path("appraisal/<str:code>/", AppraisalView.as_view(), name="appraisal"),
]
