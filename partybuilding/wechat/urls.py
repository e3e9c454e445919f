"""The staff screens of the articles for the official account."""

from django.urls import path

from partybuilding.wechat import views

urlpatterns = [
    path("wechat/pages/<int:pk>/", views.PageArticleView.as_view(), name="wechat_page"),
    path("wechat/results/<int:year>/", views.ResultsArticleView.as_view(), name="wechat_results"),
]
