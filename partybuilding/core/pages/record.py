"""Pages that show a record: the publish gate, which no road passes without the record's leave.

The record's state decides whether its page may be live (house.md, "Records decide, pages show").
"""

from contextlib import nullcontext
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.signals import pre_save
from django.dispatch import Signal, receiver
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Page, PagePermissionTester

from partybuilding.core.machine.registry import machine_of
from partybuilding.core.models import TransitionRecord
from partybuilding.core.pages.column import ColumnPage
from partybuilding.core.pages.gate import ColumnPageForm, PublicationRefused
from partybuilding.core.pages.permissions import RecordPagePermissionTester
from partybuilding.core.pages.withdrawal import Withdrawal
from partybuilding.core.types import AnyUser

#: Sent in the transaction that publishes or schedules a page, with `page`, `revision` and `at_once`;
#: what a receiver raises holds the publication back.
going_out = Signal()
#: Sent in the transaction that saves a page for the first time, with `page` and the new `record`.
record_made = Signal()
#: Sent in the transaction in which an editor saves a page, with `page`, `material` and `by`: what the
#: form asked that belongs to the record. What a receiver raises holds the saving back.
material_given = Signal()


class RecordPage(ColumnPage):
    """The page of one record; adding one in the page tree makes its record in the same step.

    Attributes:
        record_name: the name of the one-to-one field.
        publication_step: the step of the record's machine that publishing takes, if any.
    """

    record_name: str
    publication_step = ""
    is_creatable = False

    class Meta:
        abstract = True

    @property
    def record(self) -> Any:
        """The record that this page shows."""
        return getattr(self, self.record_name)

    def get_admin_display_title(self) -> str:
        """Return the title with the record's state; lists of pages have fetched it as `record_state`."""
        state = getattr(self, "record_state", None) or self.record.state
        label = machine_of(self._record_model).table.state(state).label
        return f"{super().get_admin_display_title()}（{label}）"

    def permissions_for_user(self, user: AnyUser) -> PagePermissionTester:
        """Return the tester that asks the record too."""
        return RecordPagePermissionTester(user, self)

    def record_allows_live(self) -> bool:
        """Ask the record as it stands in the database now, whatever this instance remembers."""
        return self._record_is_in(machine_of(self._record_model).table.public_states())

    @property
    def _record_model(self) -> Any:
        return self._meta.get_field(self.record_name).related_model

    def _record_is_in(self, states: list[str]) -> bool:
        pk = getattr(self, self._meta.get_field(self.record_name).attname)
        return self._record_model._base_manager.filter(pk=pk, state__in=states).exists()

    @cached_property
    def withdrawal(self) -> Withdrawal | None:
        """The step with a public reason that ended what residents once read here, or the page's own account."""
        if self.first_published_at is None or self.record_allows_live():
            return super().withdrawal
        machine = machine_of(self._record_model)
        public = [step.code for step in machine.table.steps if step.public_reason]
        pk = getattr(self, self._meta.get_field(self.record_name).attname)
        rows = TransitionRecord.objects.filter(machine=machine.code, record_id=pk)
        last = rows.exclude(from_state=F("to_state")).order_by("sequence").last()
        if last is None or last.step not in public:
            return None
        return Withdrawal(last.at, last.reason, last.to_label, self.record.state_row.tone)

    def refusal(self) -> PublicationRefused:
        """Return the sentence for who wants to publish a page that its record keeps back."""
        state = type(self.record)._base_manager.get(pk=self.record.pk).state_row.label
        sentence = _("The page cannot be live while its record is “%(state)s”.")
        return PublicationRefused([sentence % {"state": state}])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page, and with a new one the record that its form began.

        Raises:
            PublicationRefused: it would be live against its record, or be a second page of it.
        """
        record = getattr(self, self.record_name, None) if self._state.adding else None
        with transaction.atomic() if record else nullcontext():
            made = record is not None and record.pk is None
            if record is not None and made:
                record.save()
                setattr(self, self.record_name, record)
            if record is not None:
                self.slug = self.slug_of(record)
            refuse_second_page(self)
            super().save(*args, **kwargs)
            if made:
                record_made.send(type(self), page=self, record=record)

    def slug_of(self, record: Any) -> str:
        """Return the address of a record's page below its index; it never changes."""
        return str(record.pk)

    def take_turn(self) -> None:
        """Lock the record, then the page: a step of the record reaches its page in this order, too."""
        pk = getattr(self, self._meta.get_field(self.record_name).attname)
        self._record_model._base_manager.select_for_update(of=("self",)).only("pk").get(pk=pk)
        super().take_turn()

    def publication_due(self) -> str:
        """Return the step that publishing takes from where the record stands now; empty when none."""
        if not self.publication_step:
            return ""
        sources = machine_of(self._record_model).table.step(self.publication_step).source_codes
        return self.publication_step if self._record_is_in(sources) else ""

    def may_go_live(self) -> bool:
        """Tell whether the record allows the page to be live, or is led there by its publication."""
        return self.record_allows_live() or bool(self.publication_due())

    def before_publication(self, revision: Any) -> None:
        """Ask the gate, let the record take the step of publication, and ask the record.

        Raises:
            PublicationRefused: the gate finds something, or the record does not allow it.
            Refusal: the step of publication is refused.
        """
        super().before_publication(revision)
        goes_live = revision.as_object().go_live_at
        at_once = goes_live is None or goes_live <= timezone.now()
        going_out.send(type(self), page=self, revision=revision, at_once=at_once)
        if not (self.record_allows_live() if at_once else self.may_go_live()):
            raise self.refusal()

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Lead the reader here, or say 404 to every method while the record keeps it back.

        What was withdrawn for a public reason says so. The page was read for this request, its record
        with it (`to_read`) or right now.
        """
        kept_back = self.record.state not in machine_of(self._record_model).table.public_states()
        if kept_back and (self.live or not self.withdrawal):
            raise Http404
        return super().route(request, path_components)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Leave out of every sitemap what cannot be read."""
        return super().get_sitemap_urls(request) if self.record_allows_live() else []


class RecordPageForm(ColumnPageForm):
    """The form of a page that brings its record along: it asks what belongs to it while that may be written."""

    #: The names of the fields that belong to the record.
    record_fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        record = self.instance.record
        if not self.may_write(record):
            for name in self.record_fields:
                self.fields.pop(name, None)
        for name, value in self.material_of(record).items():
            self.initial[name] = value

    def may_write(self, record: Any) -> bool:
        """Tell whether the user of the form may write the record now."""
        raise NotImplementedError

    def material_of(self, record: Any) -> dict[str, Any]:
        """Return what the record says now, by the names of the fields."""
        raise NotImplementedError

    def begin_record(self, material: dict[str, Any]) -> Any:
        """Return the new record of a new page, not yet saved."""
        raise NotImplementedError

    def material(self) -> dict[str, Any]:
        """Return what was given of the record."""
        given = {name: self.cleaned_data.get(name) for name in self.record_fields}
        return {name: value for name, value in given.items() if value}

    def save(self, commit: bool = True) -> Any:
        """Save the page as Wagtail does; the record is begun with a new page, or written with it."""
        if self.instance.pk is None:
            setattr(self.instance, self.instance.record_name, self.begin_record(self.material()))
            return super().save(commit=commit)
        with transaction.atomic():
            page = super().save(commit=commit)
            if material := self.material():
                material_given.send(type(page), page=page, material=material, by=self.for_user)
        return page


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
