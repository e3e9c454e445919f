"""Every address of the site: the plain ones first, Wagtail's pages last."""

from django.urls import include, path
from django.views.i18n import JavaScriptCatalog
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from config.accounts.own import OwnAccountView
from config.media import picture
from config.styleguide import guide
from home.feeds import SiteFeed
from home.news.index import NewsFeed
from home.views import looks, offline, robots, service_worker, sitemap
from search.views import search, suggest

handler500 = "config.unavailable.fault"
handler400 = "config.refusals.bad_request"

urlpatterns = [
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
    path("looks/<str:color>.css", looks, name="looks"),
    path("offline/", offline, name="offline"),
    path("worker.js", service_worker, name="service_worker"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap, name="sitemap_part"),
    path("feed.atom", SiteFeed(), name="site_feed"),
    path("search/", search, name="search"),
    path("search/suggest", suggest, name="search_suggest"),
    path("news/feed.atom", NewsFeed(), name="news_feed"),
    path("", include("partybuilding.urls_public")),
    path("", include(wagtail_urls)),
]
