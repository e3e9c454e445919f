"""Pages that show a record: the publish gate, which no road passes without the record's leave.

The record's state decides whether its page may be live (house.md, "Records decide, pages show").
"""

import logging
from itertools import accumulate
from typing import Any, NoReturn

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PagePermissionTester, PageViewRestriction, Site

from partybuilding.core.machines import machine_of
from partybuilding.core.refusals import Refusal

log = logging.getLogger("partybuilding.publishing")
SCHEDULED = "wagtail.publish.scheduled"
#: How long a public page may be shown again without asking whether it has changed.
FRESH_SECONDS = 60


class PublicationRefused(Refusal):
    """The record does not allow its page to be live, or to exist twice."""


class SingularPermissionTester(PagePermissionTester):
    """What may be done with a page that exists once, in its one place."""

    def can_copy(self) -> bool:
        """Refuse copies and aliases to everybody."""
        return False

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        """Refuse copies and aliases to everybody."""
        return False

    def can_move(self) -> bool:
        """Refuse: its address is its year and number, for ever."""
        return False

    def can_move_to(self, destination: Page) -> bool:
        """Refuse everywhere but where it stands: that is putting it in order."""
        return self.page.is_child_of(destination) and super().can_move_to(destination)


class RecordPagePermissionTester(SingularPermissionTester):
    """Narrow what Wagtail allows to what the record allows."""

    @cached_property
    def record_allows_live(self) -> bool:
        """Whether the record allows it, asked once for a page and its buttons."""
        return self.page.specific.record_allows_live()

    def can_publish(self) -> bool:
        """Ask Wagtail, then the record."""
        return super().can_publish() and self.record_allows_live

    def can_unschedule(self) -> bool:
        """Leave it to Wagtail: taking back needs no leave of the record."""
        return super().can_publish()

    def can_set_view_restrictions(self) -> bool:
        """Leave it to Wagtail: hiding needs no leave of the record."""
        return super().can_publish()


class SingularPage(Page):
    """A page that stands for one thing and can neither be copied nor made an alias of."""

    #: The pages from the site's root down to this one, when the road here has read them.
    above: list[Page] | None = None
    _restrictions: Any = None

    content_panels = [FieldPanel("title", classname="title")]
    #: Its address never changes after publication.
    promote_panels: list[Any] = []

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return the narrowed tester."""
        return SingularPermissionTester(user, self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page, unless it would be one more than there may be.

        Raises:
            PublicationRefused: it is a copy.
        """
        one_more = self._state.adding and self.max_count is not None
        if one_more and type(self)._base_manager.count() >= self.max_count:
            raise PublicationRefused([_("This page stands for one thing and cannot be copied.")])
        super().save(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        return {**super().get_context(request, *args, **kwargs), "way_back": self.way_back(request)}

    def way_back(self, request: HttpRequest) -> list[dict[str, str]]:
        """Return the pages from the front page down to this one, each with its address."""
        above = self.above
        if above is None:
            site = Site.find_for_request(request)
            top = site.root_page.depth if site else self.depth
            above = list(self.get_ancestors().filter(depth__gte=top))
        items = [{"text": page.title, "href": page.get_url(request) or ""} for page in above]
        if items:
            items[0] = front_page_entry()
        return [*items, {"text": self.title, "href": ""}]

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find a page below with its ancestors at once, instead of level by level."""
        steps = accumulate(
            path_components, lambda path, slug: f"{path}{slug}/", initial=self.url_path
        )
        wanted = list(steps)[1:]
        if not wanted:
            return super().route(request, path_components)
        below = Page.objects.filter(slug__in=path_components, url_path__in=wanted)
        found = {page.url_path: page for page in below}
        if len(found) < len(wanted):
            return super().route(request, path_components)
        page = found[wanted[-1]].specific
        page.above = [self, *(found[path] for path in wanted[:-1])]
        return page.route(request, [])

    def get_view_restrictions(self) -> Any:
        """Return the restrictions on this page and above it, read once."""
        if self._restrictions is None:
            ends = range(self.steplen, len(self.path) + 1, self.steplen)
            paths = [self.path[:end] for end in ends]
            self._restrictions = PageViewRestriction.objects.filter(page__path__in=paths)
        return self._restrictions

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer the reader; whoever asks again within a minute may get the same from any cache."""
        response = super().serve(request, *args, **kwargs)
        if self.get_view_restrictions():
            add_never_cache_headers(response)
        else:
            patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
        return response

    def copy(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse.

        Raises:
            PublicationRefused: always, with the reason.
        """
        raise PublicationRefused([_("This page stands for one thing and cannot be copied.")])

    def create_alias(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse.

        Raises:
            PublicationRefused: always, with the reason.
        """
        raise PublicationRefused([_("This page stands for one thing and cannot be copied.")])


def open_to_all(pages: QuerySet) -> QuerySet:
    """Keep the live pages on which, and above which, there is no restriction; in one query."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    here = PageViewRestriction.objects.annotate(below=path)
    return pages.filter(~Exists(here.filter(below__startswith=F("page__path"))), live=True)


def front_page_entry() -> dict[str, str]:
    """Return the first entry of every way back."""
    return {"text": _("Front page"), "href": reverse("wagtail_serve", args=[""])}


class RecordPage(SingularPage):
    """The page of one record; `record_name` names the one-to-one field."""

    record_name: str
    is_creatable = False

    class Meta:
        abstract = True

    @property
    def record(self) -> Any:
        """The record that this page shows."""
        return getattr(self, self.record_name)

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return the tester that asks the record too."""
        return RecordPagePermissionTester(user, self)

    def record_allows_live(self) -> bool:
        """Ask the record as it stands in the database now, whatever this instance remembers."""
        field = self._meta.get_field(self.record_name)
        model = field.related_model
        public = machine_of(model).table.public_states()
        pk = getattr(self, field.attname)
        return model._base_manager.filter(pk=pk, state__in=public).exists()

    def refusal(self) -> PublicationRefused:
        """Return the sentence for who wants to publish a page that its record keeps back."""
        state = type(self.record)._base_manager.get(pk=self.record.pk).state_row.label
        sentence = _("The page cannot be live while its record is “%(state)s”.")
        return PublicationRefused([sentence % {"state": state}])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page, unless it would be live against its record or be a second page of it.

        Raises:
            PublicationRefused: the record does not allow it.
        """
        refuse_second_page(self)
        super().save(*args, **kwargs)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Publish a revision; a scheduled one that the record forbids is unscheduled and logged.

        The others that are due in the same run must still go out.

        Raises:
            PublicationRefused: the record does not allow it.
        """
        if self.record_allows_live():
            return super().publish(revision, *args, **kwargs)
        if kwargs.get("log_action") != SCHEDULED:
            raise self.refusal()
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
        log.warning("scheduled publication refused", extra={"page": self.pk})
        return None

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Lead the reader here, or say 404 to every method while the record keeps it back."""
        if not self.record_allows_live():
            raise Http404
        return super().route(request, path_components)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Leave out of every sitemap what cannot be read."""
        return super().get_sitemap_urls(request) if self.record_allows_live() else []


def refuse_second_page(page: RecordPage) -> None:
    """Refuse a second page of the same record, by copy, alias or translation, and another record.

    Raises:
        PublicationRefused: the record has its page, or the page its record.
    """
    attname = page._meta.get_field(page.record_name).attname
    mine = (page.pk, getattr(page, attname))
    kin = type(page)._base_manager.filter(Q(pk=mine[0]) | Q(**{attname: mine[1]}))
    if any(row != mine for row in kin.values_list("pk", attname)):
        raise PublicationRefused([_("This record has its page already; pages are not copied.")])


def record_page_of(page: Page) -> RecordPage | None:
    """Return the record's page behind any page, whatever type it says it has."""
    if isinstance(page, RecordPage):
        return page
    if type(page) is not Page:
        return None
    found = (model._base_manager.filter(pk=page.pk).first() for model in record_page_models())
    return next(filter(None, found), None)


def record_page_models(base: type[RecordPage] = RecordPage) -> list[type[RecordPage]]:
    """Return every kind of page that shows a record."""
    below = [model for child in base.__subclasses__() for model in record_page_models(child)]
    return below if base._meta.abstract else [base, *below]


@receiver(pre_save)
def refuse_unfit_publication(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Hold every save of a live page, also through the base class, to its record's leave."""
    if raw or not isinstance(instance, Page) or not instance.live:
        return
    page = record_page_of(instance)
    if page is not None and not page.record_allows_live():
        raise page.refusal()
