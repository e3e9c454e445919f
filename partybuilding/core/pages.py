"""Pages that show a record: the publish gate, which no road passes without the record's leave.

The record's state decides whether its page may be live (house.md, "Records decide, pages show").
"""

import logging
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.models import Page, PagePermissionTester

from partybuilding.core.machines import machine_of
from partybuilding.core.refusals import Refusal

log = logging.getLogger("partybuilding.publishing")


class PublicationRefused(Refusal, PermissionDenied):
    """The record does not allow its page to be live, or to exist twice."""


class SingularPermissionTester(PagePermissionTester):
    """What may be done with a page that exists once and is never copied."""

    def can_copy(self) -> bool:
        """Refuse copies and aliases to everybody."""
        return False

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        """Refuse copies and aliases to everybody."""
        return False


class RecordPagePermissionTester(SingularPermissionTester):
    """Narrow what Wagtail allows to what the record allows."""

    def can_publish(self) -> bool:
        """Ask Wagtail, then the record."""
        return super().can_publish() and self.page.specific.record_allows_live()


class SingularPage(Page):
    """A page that stands for one thing and can neither be copied nor made an alias of."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return the narrowed tester."""
        return SingularPermissionTester(user, self)

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
        if (
            kwargs.get("log_action") == "wagtail.publish.scheduled"
            and not self.record_allows_live()
        ):
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            log.warning("scheduled publication refused", extra={"page": self.pk})
            return None
        return super().publish(revision, *args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer the reader, or 404 when the record does not allow the page to be read."""
        if not getattr(request, "is_preview", False) and not self.record_allows_live():
            raise Http404
        return super().serve(request, *args, **kwargs)


def refuse_second_page(page: RecordPage) -> None:
    """Refuse to make a second page of the same record, by copy, alias or translation."""
    attname = page._meta.get_field(page.record_name).attname
    same = type(page)._base_manager.filter(**{attname: getattr(page, attname)})
    if page._state.adding and same.exists():
        raise PublicationRefused([_("This record has its page already; pages are not copied.")])


@receiver(pre_save)
def refuse_unfit_publication(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Hold every save of a live page, also through the base class, to its record's leave."""
    if raw or not isinstance(instance, Page) or not instance.live:
        return
    specific_class = instance.cached_content_type.model_class()
    if specific_class is None or not issubclass(specific_class, RecordPage):
        return
    page = instance if isinstance(instance, RecordPage) else instance.specific
    if not page.record_allows_live():
        state = page.record.state_row.label
        raise PublicationRefused(
            [_("The page cannot be live while its record is “%(state)s”.") % {"state": state}]
        )
