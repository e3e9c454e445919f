"""What every page of the public column shares: its way back, quick roads, caching, four eyes, the gate."""

from collections.abc import Iterator
from datetime import datetime
from itertools import accumulate
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PagePermissionTester, PageViewRestriction, Revision
from wagtail.url_routing import RouteResult

from partybuilding.core.answers.wording import worded
from partybuilding.core.pages.gate import ColumnPageForm, PublicationRefused, faults_of
from partybuilding.core.pages.manuscript import Manuscript
from partybuilding.core.pages.meta import PageMeta
from partybuilding.core.pages.permissions import ColumnPermissionTester
from partybuilding.core.pages.remarks import RemarksPanel
from partybuilding.core.pages.restrictions import Restricted
from partybuilding.core.pages.revisions import as_edited, newest_revision, said_in, said_on, stored
from partybuilding.core.pages.site import site_of
from partybuilding.core.pages.texts import documents_of, lead_on, pictures_of, texts_of
from partybuilding.core.pages.withdrawal import GONE, Withdrawal, withdrawal_of
from partybuilding.core.types import AnyUser

#: How long a public page may be shown again without asking whether it has changed: never. Any cache
#: may keep it, and asks with its validator each time, so that what is published is right at once.
FRESH_SECONDS = 0


class ColumnPage(Page):
    """A page that residents read."""

    #: It stands for one thing, in its one place: it is neither copied nor moved, nor made an alias of.
    is_singular = True
    #: What kind of part of the site begins with this page (meta tag ColumnType); empty when none does.
    column_type: Any = ""
    #: The pages from the site's root down to this one, when the road here has read them.
    above: list[Page] | None = None
    withdrawn_template = "partybuilding/column/withdrawn.html"
    #: Set while what is shown here is that it was withdrawn, so that the head tells nothing of the text either.
    is_withdrawn = False
    _restrictions: Any = None

    base_form_class = ColumnPageForm
    content_panels = [RemarksPanel(), FieldPanel("title", classname="title")]
    #: Its address never changes after publication.
    promote_panels: list[Any] = []

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make a page; a row of the database brings no children, so nobody has to look for any."""
        if args and not kwargs:
            models.Model.__init__(self, *args)
        else:
            super().__init__(*args, **kwargs)

    @classmethod
    def to_read(cls) -> QuerySet:
        """Return the pages of this kind with what showing one of them needs, for one reader's request."""
        return cls._default_manager.all()

    def permissions_for_user(self, user: AnyUser) -> PagePermissionTester:
        """Return the narrowed tester."""
        return ColumnPermissionTester(user, self)

    @property
    def changed_at(self) -> datetime | None:
        """When what residents read here last changed."""
        return self.last_published_at

    def personal_texts(self) -> Iterator[tuple[str, str]]:
        """Yield every text that would be published, with its place; what the gate reads."""
        return texts_of(self)

    def personal_pictures(self) -> Iterator[tuple[str, Any]]:
        """Yield every picture that would be published, with its place; what the gate looks at."""
        return pictures_of(self)

    def personal_documents(self) -> Iterator[tuple[str, Any]]:
        """Yield every document that would be published, with its place; what the gate reads."""
        return documents_of(self)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Return the page as a revision holds it; address and day, once published, stay what they are."""
        page = super().with_content_json(content)
        if self.first_published_at is not None:
            page.slug, page.url_path = self.slug, self.url_path
            page.first_published_at = self.first_published_at
        return page

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page, what code wrote in the form in which the editor would save it.

        Raises:
            PublicationRefused: it would be one more than there may be.
        """
        one_more = self._state.adding and self.max_count is not None
        if one_more and type(self)._base_manager.count() >= self.max_count:
            raise not_copied()
        as_edited(self)
        super().save(*args, **kwargs)

    def copy(self, *args: Any, **kwargs: Any) -> Any:
        """Copy the page; refused (PublicationRefused) where it stands for one thing."""
        if self.is_singular:
            raise not_copied()
        return super().copy(*args, **kwargs)

    def create_alias(self, *args: Any, **kwargs: Any) -> Any:
        """Make an alias of the page; refused (PublicationRefused) where it stands for one thing."""
        if self.is_singular:
            raise not_copied()
        return super().create_alias(*args, **kwargs)

    @classmethod
    def needs_four_eyes(cls) -> bool:
        """Tell whether a page of this kind goes out only when somebody else than its writer lets it."""
        return True

    def take_turn(self) -> None:
        """Lock the page until the transaction ends; what was read of it before counts no more."""
        Page.objects.select_for_update(of=("self",)).only("pk").get(pk=self.pk)

    def save_revision(self, user: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Save a revision, unless it would say what the newest one says: that is nobody's change.

        What code put before the public stays nobody's text when it is saved as it stands.
        """
        as_edited(self)
        if not kwargs.get("approved_go_live_at"):
            newest = newest_revision(self)
            if newest is not None and said_in(newest.content) == said_on(self):
                return newest
            if newest is None and self.live and said_on(self) == said_on(stored(self)):
                return super().save_revision(*args, **{**kwargs, "changed": False})
        return super().save_revision(user, *args, **kwargs)

    def before_publication(self, revision: Any) -> None:
        """Hold a revision to the gate, in the transaction that publishes or schedules it.

        Raises:
            PublicationRefused: a person's number stands in it, or a picture tells its place.
        """
        draft = revision.as_object()
        faults = faults_of(draft)
        if faults:
            raise PublicationRefused(faults)
        if self.first_published_at is not None:
            lead_on(stored(self), draft)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Publish or schedule a revision with all that hangs on it, or nothing of it.

        What goes out stands on the page as it is now, whatever this instance and the revision remember.

        Raises:
            PublicationRefused: the gate or the page's record holds it back.
        """
        with transaction.atomic():
            self.take_turn()
            now = Revision.objects.get(pk=revision.pk)
            self.before_publication(now)
            super().publish(now, *args, **kwargs)
            revision.approved_go_live_at = now.approved_go_live_at

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Take the page offline as it is now, whatever this instance remembers."""
        with transaction.atomic():
            self.take_turn()
            now = stored(self)
            super(ColumnPage, now).unpublish(*args, **kwargs)
            for name in ("live", "live_revision", "has_unpublished_changes", "expired"):
                setattr(self, name, getattr(now, name))

    @cached_property
    def withdrawal(self) -> Withdrawal | None:
        """What is left to read here once the page was taken offline; None when it is live or never was."""
        return withdrawal_of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        return {**super().get_context(request, *args, **kwargs), "way_back": self.way_back(request)}

    def way_back(self, request: HttpRequest) -> list[dict[str, str]]:
        """Return the pages from the front page down to this one, each with its address."""
        above = self.pages_above(request)
        items = [{"text": page.title, "href": page.get_url(request) or ""} for page in above]
        if items:
            items[0] = front_page_entry()
        return [*items, {"text": self.title, "href": ""}]

    def pages_above(self, request: HttpRequest) -> list[Page]:
        """Return the pages from the front page down to the one above this one, read once."""
        if self.above is None:
            site = site_of(request)
            top = site.root_page.depth if site else self.depth
            self.above = _above(self._paths(top)[:-1]) if self.depth > top else []
        return self.above

    def _paths(self, top: int = 1) -> tuple[str, ...]:
        """Return the places in the tree from a depth down to this page."""
        ends = range(top * self.steplen, len(self.path) + 1, self.steplen)
        return tuple(self.path[:end] for end in ends)

    def meta(self, request: HttpRequest) -> PageMeta:
        """Return what the page's head tells; a type says here what it knows better."""
        return PageMeta.of(self, request)

    def manuscript(self) -> Manuscript | None:
        """Return what the page says without its layout; None for what is no text to be told elsewhere."""
        return None

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find a page below with its ancestors at once, instead of level by level."""
        steps = accumulate(
            path_components, lambda path, slug: f"{path}{slug}/", initial=self.url_path
        )
        wanted = list(steps)[1:]
        if not wanted:
            gone = not self.live and self.withdrawal and not self.get_view_restrictions()
            return RouteResult(self) if gone else super().route(request, path_components)
        found = {page.url_path: page for page in _pages_at(tuple(path_components), tuple(wanted))}
        if len(found) < len(wanted):
            return super().route(request, path_components)
        page = for_reader(found[wanted[-1]])
        page.above = [*self.pages_above(request), self, *(found[path] for path in wanted[:-1])]
        return page.route(request, [])

    def get_view_restrictions(self) -> Any:
        """Return the restrictions on this page and above it, read once."""
        if self._restrictions is None:
            is_free = getattr(self, "is_unrestricted", False)
            rows = PageViewRestriction.objects.filter(page__path__in=self._paths())
            self._restrictions = rows.none() if is_free else rows
        return self._restrictions

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, or say when and why it was taken offline; any cache may keep the answer."""
        if self.live or not self.withdrawal:
            response = super().serve(request, *args, **kwargs)
        else:
            response = self.serve_withdrawn(request)
        if self.get_view_restrictions():
            add_never_cache_headers(response)
        else:
            patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
        return response

    def serve_withdrawn(self, request: HttpRequest) -> HttpResponse:
        """Say what has become of the page; what its head would tell is withdrawn too."""
        self.is_withdrawn = True
        context = {
            "page": self,
            "withdrawal": self.withdrawal,
            "way_back": self.way_back(request),
            "page_meta": PageMeta.of(self, request, description=""),
        }
        return TemplateResponse(request, self.withdrawn_template, context, status=GONE)


@receiver(pre_delete)
def keep_what_was_public(sender: type, instance: Any, **kwargs: Any) -> None:
    """Refuse every road to the deletion of a page that residents have read; those below come here, too.

    Raises:
        PublicationRefused: it was public.
    """
    if isinstance(instance, ColumnPage) and instance.first_published_at is not None:
        sentence = _("“%(title)s” was published and is kept. Take it offline, with a reason.")
        raise PublicationRefused([sentence % {"title": instance.title}])


def not_copied() -> PublicationRefused:
    """Return the refusal of a copy of what stands for one thing."""
    return PublicationRefused([_("This page stands for one thing and cannot be copied.")])


def for_reader(page: Page) -> Page:
    """Return a page as its own kind, with what showing it needs, in one query."""
    kind = page.specific_class
    if kind is None or not issubclass(kind, ColumnPage):
        return page.specific
    found = _to_read(kind, page.pk)
    if not found:
        raise kind.DoesNotExist
    return found[0]


@worded
def _to_read(kind: type[ColumnPage], page: int) -> QuerySet[Any, Any]:
    return kind.to_read().annotate(is_unrestricted=~Restricted("path")).filter(pk=page)


@worded
def _pages_at(slugs: tuple[str, ...], paths: tuple[str, ...]) -> QuerySet[Page]:
    return Page.objects.filter(slug__in=slugs, url_path__in=paths)


@worded
def _above(paths: tuple[str, ...]) -> QuerySet[Page]:
    return Page.objects.filter(path__in=paths).order_by("path")


def front_page_entry() -> dict[str, str]:
    """Return the first entry of every way back."""
    return {"text": _("Front page"), "href": reverse("wagtail_serve", args=[""])}
