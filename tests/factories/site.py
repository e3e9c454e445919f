"""A site with something to read in each of its parts, small: one of everything."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from home.models import NewsCategory, NewsIndexPage, NewsPage
from partybuilding.brands.pages import BrandPage
from partybuilding.cases.pages import CaseStudyPage
from partybuilding.column.notices.pages import NoticePage
from partybuilding.column.services import start_page
from partybuilding.core.services import move
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.services import set_period
from partybuilding.organizations.services import save_organization
from partybuilding.progress.services import Evidence, propose_change, report_step
from partybuilding.projects.models import Commitment, Project
from partybuilding.projects.pages import ProjectPage
from partybuilding.supervision.bulletins.pages import BulletinPage
from partybuilding.supervision.bulletins.services import start_bulletin
from partybuilding.supervision.models import Rectification
from tests.factories.column import make_page
from tests.factories.feedback import make_issued
from tests.factories.notices import approve, make_notice
from tests.factories.opinions import make_exchange
from tests.factories.programme import announce_cycle, open_cycle
from tests.factories.progress import jpeg
from tests.factories.projects import Cast, make_cast, make_project
from tests.factories.promises import make_promise
from tests.factories.spread import make_brand, make_case, publish_brand_page, publish_case_page
from tests.replay import replayed

DAY = timedelta(days=1)


@dataclass
class FullSite:
    """One of everything that residents read, and who made it.

    Args:
        cast: the people of the running year.
        project: the page of a running project, with a promise that is overdue and one step closed.
    """

    cast: Cast
    project: ProjectPage
    news: NewsPage
    notice: NoticePage
    brand: BrandPage
    case: CaseStudyPage
    bulletin: BulletinPage
    exchange: Opinion
    appraised: Project

    @property
    def articles(self) -> list[Page]:
        """The pages with a date and a source."""
        return [self.project, self.news, self.notice, self.brand, self.case, self.bulletin]

    @property
    def year_url(self) -> str:
        """The address of the running year."""
        return self.project.get_parent().url

    @property
    def history_url(self) -> str:
        """The address of the running project's history."""
        return f"{self.project.url}history/"

    @property
    def township_url(self) -> str:
        """The address of the township of the running project."""
        return f"/townships/{self.cast.organization.unit_id}/"

    @property
    def pages(self) -> list[str]:
        """The addresses of every kind of page."""
        fixed = ("/", "/projects/", "/news/", "/notices/", "/brands/", "/cases/", "/supervision/")
        other_views = ("/cases/?q=没有这样的案例",)
        doing = ("/progress/", "/overdue/", "/progress/?unit=0", self.history_url)
        more = (
            "/about/",
            "/accessibility/",
            "/privacy/",
            "/sitemap/",
            "/data/",
            "/data/dictionary/",
            "/search/",
            "/search/?q=邻里",
        )
        lists = (
            "/projects/?sector=urban",
            "/projects/?overdue=1",
            "/news/?year=1999",
            "/supervision/?standing=overdue",
        )
        pages = (page.url for page in self.articles)
        places = ("/townships/", self.township_url, "/townships/?place=没有这个村", "/?year=1999")
        answers = ("/opinions/replies/", "/opinions/replies/?outcome=adopted", self.exchange_url)
        return [
            *(*fixed, *other_views, *doing, *more, *lists, *places, *answers),
            *(self.year_url, *pages),
        ]

    @property
    def exchange_url(self) -> str:
        """The address of the published exchange."""
        return f"/opinions/replies/{self.exchange.pk}/"

    @property
    def appraisal_url(self) -> str:
        """The address of the form in which residents appraise."""
        return f"/opinions/appraisal/{self.appraised.code}/"

    @property
    def forms(self) -> list[str]:
        """The addresses of the forms that residents send; no cache keeps them."""
        about = f"/opinions/?project={self.project.project.code}"
        return ["/opinions/", about, "/opinions/lookup/", self.appraisal_url]

    @property
    def files(self) -> list[str]:
        """The addresses of what machines read."""
        parts = ("projects", "news", "notices", "progress", "supervision", "opinions/replies")
        feeds = [*(f"/{part}/feed.atom" for part in parts), f"{self.project.url}feed.atom"]
        lists = [
            f"/{part}/list.{kind}"
            for part in ("projects", "supervision")
            for kind in ("csv", "json")
        ]
        data = [f"/data/{name}" for name in ("projects.csv", "steps.json", "opendata.zip")]
        return ["/feed.atom", *feeds, *lists, *data, "/sitemap.xml", "/robots.txt"]


def make_news(
    title: str = "邻里议事厅开到楼栋", slug: str = "linli-yishiting", **fields: object
) -> NewsPage:
    """Publish a news item."""
    now = timezone.now()
    facts = {
        "summary": "居民在家门口议事。",
        "source": "区委组织部",
        "category": NewsCategory.objects.first(),
        "body": [{"type": "text", "value": "<p>议题当场认领。</p>"}],
        "first_published_at": now,
        "last_published_at": now,
        **fields,
    }
    page = NewsPage(title=title, slug=slug, **facts)
    return NewsIndexPage.objects.get().add_child(instance=page)


def make_promises(page: ProjectPage, cast: Cast) -> None:
    """Leave a project with a promise that is overdue, and one with progress today that was moved."""
    today = timezone.localdate()
    Commitment.objects.filter(project=page.project).delete()
    make_promise(page.project, today - 3 * DAY, None, goal="办结积案")
    moved = make_promise(page.project, today + 20 * DAY, None, None, goal="建成议事厅")
    given = Evidence("办结1件。", (("议事", "1", "次"),), ((jpeg(size=(1600, 900)), "居民在议事"),))
    report_step(moved.steps.first(), by=cast["applicant"], evidence=given)
    by, day = cast["applicant"], today + 30 * DAY
    change = propose_change(moved, "deadline", by=by, reason="场地因修缮停用。", day=day)
    move(change, "approve", by=cast["department"])


def make_bulletin(project: Project, cast: Cast) -> BulletinPage:
    """Issue the notice of a quarter with two findings, one of them late, and publish its bulletin past the workflow."""
    findings = (("议事记录不全", "补齐记录"), ("公示栏未更新", "七日内更新"))
    notice = make_issued(project, cast, None, *findings)
    day = timezone.localdate() - 3 * DAY
    first = notice.findings.first().rectification
    Rectification.objects.filter(pk=first.pk).update(first_deadline=day, rectify_by=day)
    page = start_bulletin(cast.cycle, notice.activity.period, by=cast["taskforce"])
    now = timezone.now()
    facts = {"live": True, "first_published_at": now, "last_published_at": now}
    BulletinPage.objects.filter(pk=page.pk).update(**facts)
    return BulletinPage.objects.get(pk=page.pk)


@replayed
def make_site() -> FullSite:
    """Make one of everything: a running year, and an announced one with a grade, a case and a brand."""
    cast, past = make_cast(), make_cast(open_cycle())
    unit = cast.organization.unit
    unit.township, unit.tile_row, unit.tile_column = "石会镇", 4, 2
    save_organization(unit, by=None)
    project = make_page("implementing", cast)
    make_promises(project, cast)
    notice = approve(make_notice(cast, opens_on=timezone.localdate()), cast)
    done = make_project("graded", past)
    announce_cycle(past.cycle, past["department"])
    make_page_of(done, past)
    brand = publish_brand_page(make_brand("recognised", past, done), past)
    case = publish_case_page(make_case("selected", past, done).page, past)
    bulletin = make_bulletin(project.project, cast)
    exchange = make_exchange(cast, project.project)
    open_appraisal(past)
    return FullSite(
        cast, project, make_news(), notice, brand, case, bulletin, exchange, appraised=done
    )


def open_appraisal(cast: Cast) -> None:
    """Let residents appraise the projects of a year around today."""
    today = timezone.localdate()
    days = {"opens_on": today - DAY, "closes_on": today + DAY}
    set_period(cast.cycle, by=cast["department"], **days)


def make_page_of(project: Project, cast: Cast) -> None:
    """Publish the page of a project that has none."""
    page = start_page(project, by=cast["editor"])
    page.get_latest_revision().publish(user=cast["publisher"])
