"""One public notice: an official document with a period, a list as it was, and a way to object."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager, PagePermissionTester, PageQuerySet
from wagtail.search import index

from partybuilding.column.notices import rules
from partybuilding.column.notices.document import document_of, elements_of_notice
from partybuilding.column.notices.editing import NoticePageForm
from partybuilding.column.notices.office import office
from partybuilding.column.notices.period import Period
from partybuilding.column.notices.states import NoticeKind, NoticeState
from partybuilding.core.pages import (
    ColumnPage,
    ColumnPermissionTester,
    CorrectablePage,
    PageMeta,
    PublicationRefused,
    open_to_all,
)
from partybuilding.core.pages.blocks import BodyBlock, FileBlock
from partybuilding.core.pages.manuscript import Manuscript
from partybuilding.core.pages.meta import article
from partybuilding.core.text.validators import TelephoneField
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import DecisionSession, Project
from partybuilding.projects.states import ProjectState


def standing(state: str, today: date) -> Q:
    """Return the condition that a period stands so on a day."""
    return {
        NoticeState.UPCOMING.value: Q(opens_on__gt=today),
        NoticeState.OPEN.value: Q(opens_on__lte=today, closes_on__gte=today),
        NoticeState.CLOSED.value: Q(closes_on__lt=today),
    }[state]


class NoticePageQuerySet(PageQuerySet):
    """Lists of notices."""

    def readable(self) -> "NoticePageQuerySet":
        """Keep what residents may read."""
        return open_to_all(self)


class NoticePermissionTester(ColumnPermissionTester):
    """What may be done with a notice: a list is not copied."""

    def can_copy(self) -> bool:
        """Refuse a second notice of the same list."""
        return super().can_copy() and self.page.specific.kind != NoticeKind.APPROVED_LIST

    def can_copy_to(self, destination: Any, recursive: bool = False) -> bool:
        """Refuse a second notice of the same list."""
        return super().can_copy_to(destination, recursive) and self.can_copy()


class NoticePage(CorrectablePage, ColumnPage):
    """A public notice; with a period it is open to comment, and then says how to object."""

    is_singular = False
    kind = models.CharField(
        gettext_lazy("kind of notice"),
        max_length=20,
        choices=NoticeKind,
        default=NoticeKind.GENERAL,
        editable=False,
    )
    cycle = models.ForeignKey(
        Cycle,
        verbose_name=gettext_lazy("programme year"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="notices",
    )
    session = models.ForeignKey(
        DecisionSession,
        verbose_name=gettext_lazy("decision session"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="notices",
    )
    number = models.CharField(
        gettext_lazy("document number"),
        max_length=60,
        blank=True,
        help_text=gettext_lazy("As on the official paper, if there is one."),
    )
    issuer = models.CharField(gettext_lazy("issuing organization"), max_length=100, blank=True)
    opens_on = models.DateField(gettext_lazy("first day of the period"), null=True, blank=True)
    closes_on = models.DateField(
        gettext_lazy("last day of the period"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Both days count. After publication it can only be moved later."),
    )
    body = StreamField(BodyBlock(), verbose_name=gettext_lazy("text of the notice"), blank=True)
    attachments = StreamField(
        [("file", FileBlock())], verbose_name=gettext_lazy("attachments of the notice"), blank=True
    )
    objection_office = models.CharField(
        gettext_lazy("office that receives objections"), max_length=100, blank=True
    )
    objection_phone = TelephoneField(
        gettext_lazy("telephone for objections"), max_length=60, blank=True
    )
    objection_address = models.CharField(
        gettext_lazy("address for objections"), max_length=160, blank=True
    )
    objection_email = models.EmailField(gettext_lazy("e-mail for objections"), blank=True)
    objection_form = models.TextField(
        gettext_lazy("form of objections"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy("E.g. in writing, with one's real name, with facts and evidence."),
    )

    objects = PageManager.from_queryset(NoticePageQuerySet)()

    parent_page_types = ["partybuilding.NoticeIndexPage"]
    subpage_types: list[str] = []
    template = "partybuilding/column/notice_page.html"
    base_form_class = NoticePageForm
    content_panels = [
        HelpPanel(template="partybuilding/column/notices/panel.html"),
        *ColumnPage.content_panels,
        FieldRowPanel([FieldPanel("number"), FieldPanel("issuer")]),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")])],
            heading=gettext_lazy("Period"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("objection_office"),
                FieldPanel("objection_phone"),
                FieldPanel("objection_address"),
                FieldPanel("objection_email"),
                FieldPanel("objection_form"),
            ],
            heading=gettext_lazy("How to object"),
        ),
        FieldPanel("attachments"),
        InlinePanel(
            "corrections", heading=gettext_lazy("Corrections"), label=gettext_lazy("Correction")
        ),
    ]
    search_kind = "notice"
    search_fields = [
        *ColumnPage.search_fields,
        index.SearchField("number"),
        index.SearchField("body"),
        index.RelatedFields(
            "entries",
            [
                index.SearchField("code"),
                index.SearchField("title"),
                index.SearchField("organizations"),
            ],
        ),
        index.RelatedFields("corrections", [index.SearchField("text")]),
    ]

    class Meta:
        verbose_name = gettext_lazy("public notice")
        verbose_name_plural = gettext_lazy("public notices")

    def permissions_for_user(self, user: AnyUser) -> PagePermissionTester:
        """Return the narrowed tester."""
        return NoticePermissionTester(user, self)

    @property
    def period(self) -> Period | None:
        """The period; none when a day of it is missing."""
        return Period(self.opens_on, self.closes_on) if self.opens_on and self.closes_on else None

    def state(self, today: date | None = None) -> NoticeState | None:
        """Return where the period stands; nothing without one."""
        return self.period.state(today or timezone.localdate()) if self.period else None

    @property
    def published(self) -> "NoticePage | None":
        """The notice as it was published last; nothing before."""
        if self.first_published_at is None:
            return None
        return type(self)._base_manager.get(pk=self.pk)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Give a new notice an address of digits: its day, and a number when there are more."""
        if not self.slug:  # type: ignore[has-type]
            self.slug = self._get_autogenerated_slug(f"{timezone.localdate():%Y%m%d}")
        super().full_clean(*args, **kwargs)

    def personal_texts(self) -> Iterator[tuple[str, str]]:
        """Yield the list and the corrections with the notice's own texts."""
        yield from super().personal_texts()
        for entry in self.entries.all() if self.pk else ():
            place = _("List of projects, no. %(order)s") % {"order": entry.order}
            yield place, f"{entry.title}\n{entry.organizations}\n{entry.unit}"
        for correction in self.corrections.all():
            yield _("Corrections"), correction.text

    def problems(self, goes_out: date) -> list[str]:
        """Say what keeps this notice, as it is written now, from going out on a day."""
        known = self.published
        found = list(rules.problems(self, known, goes_out, office().working_days))
        if self.kind == NoticeKind.APPROVED_LIST and known is None:
            found += self._problems_of_list()
        return found

    def _problems_of_list(self) -> Iterator[str]:
        if not self.entries.exists():
            yield _("The list holds no project.")
        standing = Project.objects.chosen().exclude(state=ProjectState.TERMINATED)
        for entry in self.entries.exclude(project__in=standing):
            yield (
                _("%(entry)s is not approved any more: draw the list again.")
                % {"entry": f"{entry.code}《{entry.title}》"}
            )

    def before_publication(self, revision: Any) -> None:
        """Hold a revision to the rules of notices too, and date the corrections that go out with it.

        Raises:
            PublicationRefused: it is incomplete, or changes what was published.
        """
        super().before_publication(revision)
        now = timezone.now()
        draft = revision.as_object()
        goes_out = max(now, draft.go_live_at or now)
        found = draft.problems(timezone.localdate(goes_out))
        if found:
            raise PublicationRefused(found)
        if goes_out == now:
            date_corrections(revision, self.published)

    def meta(self, request: HttpRequest) -> PageMeta:
        """Return what the head tells of an official document."""
        meta = PageMeta.of(
            self,
            request,
            description=self.description,
            published=self.first_published_at,
            source=self.issuer,
            is_article=True,
        )
        return replace(meta, things=(article(meta, "Article"),))

    @property
    def description(self) -> str:
        """What it is, in one line."""
        said = [self.get_kind_display(), self.period.words if self.period else "", self.number]
        return "，".join([self.title, *filter(None, said)])

    def manuscript(self) -> Manuscript:
        """Return what the notice says, without its layout."""
        return Manuscript(
            title=self.title,
            author=self.issuer,
            digest=self.description,
            href=self.get_url() or "",
            body=tuple(elements_of_notice(self)),
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the parts of the document."""
        context = super().get_context(request, *args, **kwargs)
        corrected = self.told_corrections(request)
        return {**context, "document": document_of(self, request), "corrected": corrected}


def date_corrections(revision: Any, published: NoticePage | None) -> None:
    """Write today into the corrections that go out for the first time; the others keep their day."""
    dated = {}
    if published is not None:
        dated = dict(published.corrections.values_list("text", "said_on"))
    today = timezone.localdate().isoformat()
    for correction in revision.content.get("corrections", []):
        day = dated.get(correction["text"])
        correction["said_on"] = day.isoformat() if day else today
    revision.save(update_fields=["content"])
