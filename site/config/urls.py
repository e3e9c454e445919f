"""Every address of the site: the plain ones first, Wagtail's pages last."""

from django.urls import include, path
from django.views.i18n import JavaScriptCatalog
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from config.accounts.own import OwnAccountView
from config.health import healthz
from config.media import picture
from config.styleguide import guide
from home.feeds import SiteFeed
from home.news.feeds import NewsFeed
from home.views import robots, sitemap
from partybuilding.column.doing.feeds import ProgressFeed, ProjectStoryFeed
from partybuilding.column.doing.views import history, report_picture
from partybuilding.column.exports import list_csv, list_json
from partybuilding.column.feeds import ProjectFeed
from partybuilding.column.notices.feeds import NoticeFeed
from partybuilding.supervision.bulletins.views import paper as bulletin_paper
from partybuilding.supervision.rounds.exports import list_csv as findings_csv
from partybuilding.supervision.rounds.exports import list_json as findings_json
from partybuilding.supervision.rounds.feeds import SupervisionFeed
from search.views import search, suggest

handler500 = "config.unavailable.fault"
handler400 = "config.refusals.bad_request"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("media/images/<str:name>", picture, name="picture"),
    path("admin/second-factor/", include("config.second_factor.urls")),
    # Wagtail's own catalogue for the browser reads no LOCALE_PATHS; this one does.
    path("admin/jsi18n/", JavaScriptCatalog.as_view(), name="javascript_catalog"),
    path(
        "admin/account/",
        require_admin_access(OwnAccountView.as_view()),
        name="wagtailadmin_account",
    ),
    path("admin/", include(wagtailadmin_urls)),
    path("portal/", include("partybuilding.portal.urls")),
    path("styleguide/", guide, name="styleguide"),
    path("styleguide/<slug:name>/", guide, name="styleguide_page"),
    path("documents/", include(wagtaildocs_urls)),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("feed.atom", SiteFeed(), name="site_feed"),
    path("search/", search, name="search"),
    path("search/suggest", suggest, name="search_suggest"),
    path("projects/feed.atom", ProjectFeed(), name="projects_feed"),
    path("projects/list.csv", list_csv, name="projects_csv"),
    path("projects/list.json", list_json, name="projects_json"),
    path("projects/<int:year>/<slug:code>/history/", history, name="project_history"),
    path("projects/<int:year>/<slug:code>/feed.atom", ProjectStoryFeed(), name="project_feed"),
    path("progress/feed.atom", ProgressFeed(), name="progress_feed"),
    path(
        "progress/pictures/<int:pk>-<int:place>-<slug:size>.jpg",
        report_picture,
        name="report_picture",
    ),
    path("notices/feed.atom", NoticeFeed(), name="notices_feed"),
    path("supervision/feed.atom", SupervisionFeed(), name="supervision_feed"),
    path("supervision/list.csv", findings_csv, name="supervision_csv"),
    path("supervision/list.json", findings_json, name="supervision_json"),
    path("supervision/<slug:slug>/bulletin.<str:edition>", bulletin_paper, name="bulletin_paper"),
    path("news/feed.atom", NewsFeed(), name="news_feed"),
    path("opinions/", include("partybuilding.opinions.urls_public")),
    path("", include(wagtail_urls)),
]
