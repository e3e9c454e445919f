"""What residents read of projects, progress and notices beside their pages."""

from django.urls import path

from partybuilding.column.doing.views import ProgressFeed, ProjectStoryFeed, history, report_picture
from partybuilding.column.exports import ProjectFeed, list_csv, list_json
from partybuilding.column.notices.index import NoticeFeed
from partybuilding.column.places import views as places
from partybuilding.column.share_card import share_card
from partybuilding.column.sheet import project_sheet

urlpatterns = [
    path("townships/", places.index, name="townships"),
    path("townships/<int:pk>/", places.township, name="township"),
    path("projects/feed.atom", ProjectFeed(), name="projects_feed"),
    path("projects/list.csv", list_csv, name="projects_csv"),
    path("projects/list.json", list_json, name="projects_json"),
    path("projects/<int:year>/<slug:code>/history/", history, name="project_history"),
    path("projects/<int:year>/<slug:code>/sheet/", project_sheet, name="project_sheet"),
    path("projects/<int:year>/<slug:code>/feed.atom", ProjectStoryFeed(), name="project_feed"),
    path("projects/<int:year>/<slug:code>/card.png", share_card, name="share_card"),
    path("progress/feed.atom", ProgressFeed(), name="progress_feed"),
    path(
        "progress/pictures/<int:pk>-<int:place>-<slug:size>.jpg",
        report_picture,
        name="report_picture",
    ),
    path("notices/feed.atom", NoticeFeed(), name="notices_feed"),
]
