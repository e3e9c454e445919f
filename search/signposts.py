"""What the site does and where: answers above the results, when a question asks for a service or a place.

Words are compared folded. A signpost stands only where there is something behind it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from partybuilding.column.places.selectors import pages_at, townships
from partybuilding.column.selectors import on_show
from partybuilding.core.pages import open_to_all
from partybuilding.core.pages.site import site_of
from partybuilding.core.states import Text
from search.asking import matter_of
from search.folding import fold

#: Answers above the results, at most.
SHOWN = 3
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
#: What a question says of the year does not tell what it asks for.
IN_A_YEAR = re.compile(r"(?<!\d)\d{4}(?:年度?|(?!\d))")
#: The kinds of places, which people leave out when they ask: 马喇 is 马喇镇.
KINDS_OF_PLACES = ("街道", "镇", "乡")


@dataclass(frozen=True)
class Signpost:
    """A way to what somebody may have asked for."""

    title: Text
    text: Text
    href: str

    @property
    def extract(self) -> Text:
        """What a result shows below its title."""
        return self.text


@dataclass(frozen=True)
class Service:
    """What residents can do or see at one address.

    Args:
        name: of its address, or the slug of a page right below the front page.
        words: one of them in a question, or the whole question, asks for it.
    """

    name: str
    title: Text
    text: Text
    words: tuple[str, ...]


# fmt: off
SERVICES = (
    Service("letterbox", gettext_lazy("Give an opinion"),
        gettext_lazy("On any project or promise, without a name or an account; it is answered."),
        ("提意见", "提建议", "提个意见", "投诉", "举报", "反映", "留言", "信箱", "意见箱", "监督电话", "找谁")),
    Service("opinion_lookup", gettext_lazy("Look up an opinion"),
        gettext_lazy("With the receipt number and the code that you noted down."),
        ("查询意见", "意见查询", "查意见", "查询码", "回执", "受理编号", "办理进度", "我的意见")),
    Service("opinion_replies", gettext_lazy("Answers to opinions"),
        gettext_lazy("What residents asked, what was answered, and what became of it."),
        ("答复", "回复", "群众意见")),
    Service("notices", gettext_lazy("Public notices"),
        gettext_lazy("Lists and results open to objections, with the days that are left."),
        ("公示", "公告", "名单", "异议")),
    Service("results", gettext_lazy("Results of the appraisal"),
        gettext_lazy("Grades, points and awards of every year."),
        ("结果", "等次", "考评", "获奖", "特等", "一等", "二等", "三等", "奖补")),
    Service("overdue", gettext_lazy("What is late"),
        gettext_lazy("Promises that are late or fall due soon, by name and with the reason."),
        ("逾期", "没有做到", "没做到", "超期", "到期", "延期", "改期")),
    Service("progress", gettext_lazy("Progress of the promises"),
        gettext_lazy("What was reported done, the newest first."), ("进展", "落实", "进度", "完成情况")),
    Service("supervision", gettext_lazy("Supervision and rectification"),
        gettext_lazy("What was found on site, and what was put right."), ("督导", "整改", "督查", "检查")),
    Service("glossary", gettext_lazy("Terms explained"),
        gettext_lazy("What the words of the offices mean."), ("是什么意思", "什么意思", "名词", "术语", "解释")),
    Service("follow", gettext_lazy("Follow what is new"),
        gettext_lazy("What is new about a project, a township or everything, told to you."),
        ("订阅", "关注", "邮件", "提醒我", "通知我")),
    Service("data", gettext_lazy("Open data"),
        gettext_lazy("All public rows to download."), ("开放数据", "数据下载", "下载", "表格")),
    Service("accessibility", gettext_lazy("Accessibility"),
        gettext_lazy("Large letters, reading aloud, the keyboard."),
        ("关怀版", "大字", "字太小", "看不清", "朗读", "无障碍", "读屏")),
    Service("privacy", gettext_lazy("Privacy of readers"),
        gettext_lazy("What this site keeps of its readers, and what it does not."),
        ("隐私", "个人信息", "cookie")),
)
# fmt: on


def signposts(q: str, request: HttpRequest) -> list[Signpost]:
    """Return the answers that stand above the results of a question, the most certain first."""
    asked = fold(q).replace(" ", "")
    found = {post.href: post for post in _all(asked, request)}
    return list(found.values())[:SHOWN]


def services(request: HttpRequest) -> list[Signpost]:
    """Return what residents can do and see here, where there is something behind it."""
    posts = (
        Signpost(one.title, one.text, href)
        for one in SERVICES
        if (href := _address(one.name, request))
    )
    return list(posts)


def _all(asked: str, request: HttpRequest) -> Iterator[Signpost]:
    yield from _places(asked)
    yield from _services(asked, request)
    yield from _years(asked, request)


def _services(asked: str, request: HttpRequest) -> Iterator[Signpost]:
    """Yield the services whose words stand in a question, the longest word first."""
    bare = IN_A_YEAR.sub("", fold(matter_of(asked)))
    fitting = [
        (max((len(word) for word in service.words if word in asked), default=0), service)
        for service in SERVICES
    ]
    for longest, service in sorted(fitting, key=lambda pair: -pair[0]):
        # A word that is but a small part of the question is not what it asks for.
        if longest and 2 * longest >= len(bare):
            href = _address(service.name, request)
            if href:
                yield Signpost(service.title, service.text, href)


def _address(name: str, request: HttpRequest) -> str:
    """Return where a service is: a page right below the front page that residents may read, or an address."""
    pages = getattr(request, "_service_pages", None)
    if pages is None:
        pages = request._service_pages = _pages_of_services(request)  # type: ignore[attr-defined]
    if name in pages:
        return pages[name]
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _pages_of_services(request: HttpRequest) -> dict[str, str]:
    """Return the pages right below the front page by their slugs, those that stand for a service; one query."""
    site = site_of(request)
    below = Page.objects.child_of(site.root_page) if site else Page.objects.none()
    found = open_to_all(below.filter(slug__in=[service.name for service in SERVICES]))
    return {page.slug: page.get_url(request) or "" for page in found}


def _years(asked: str, request: HttpRequest) -> Iterator[Signpost]:
    """Yield the programme years that a question names."""
    named = set(YEAR.findall(asked))
    for year in on_show(request).years:
        if str(year.year) in named:
            title = _("Projects of %(year)s") % {"year": year.year}
            text = _("The year in one sentence, with every project and its grade.")
            yield Signpost(title, text, year.get_url(request))


def _places(asked: str) -> Iterator[Signpost]:
    """Yield the townships and streets with projects that a question names."""
    for unit in townships():
        short = unit.township
        for kind in KINDS_OF_PLACES:
            short = short.removesuffix(kind) if len(short.removesuffix(kind)) > 1 else short
        if fold(short) in asked and pages_at(unit.pk).exists():
            title = _("Projects in %(place)s") % {"place": unit.township}
            text = _("What was promised there, and what was kept.")
            yield Signpost(title, text, reverse("township", args=[unit.pk]))
