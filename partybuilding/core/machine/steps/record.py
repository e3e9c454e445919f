"""A record's own screen: where it stands, what the user may do with it, what it holds, its course so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.machine.history import story_of
from partybuilding.core.machine.offers import offers
from partybuilding.core.machine.wording import strip_of
from partybuilding.core.registers.filters import way_back, with_next
from partybuilding.core.states import Text, Tone
from partybuilding.core.types import AnyUser


class RecordFrame(WagtailAdminTemplateMixin):
    """A screen of one record that the user may see; every other record does not exist for them.

    Attributes:
        register_label: the words of the register that the record stands in.
    """

    header_icon = "folder-open-inverse"
    register_label: Any = ""

    def find(self, user: AnyUser, pk: int) -> Any:
        """Return the record with what its screens show.

        Raises:
            ObjectDoesNotExist: there is none, or it is not the user's to see.
        """
        raise NotImplementedError

    def register_address(self) -> str:
        """Return the address of the register."""
        raise NotImplementedError

    def address_of(self, record: Any, back: str = "") -> str:
        """Return the address of a record's own screen, with the way back."""
        raise NotImplementedError

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Fetch the record."""
        super().setup(request, *args, **kwargs)
        try:
            self.record = self.find(request.user, kwargs["pk"])
        except ObjectDoesNotExist:
            raise Http404 from None
        self.back = way_back(request)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the register, and from a form to the record's own screen."""
        own = {"url": self.address_of(self.record, self.back), "label": str(self.record)}
        items = [
            *self.breadcrumbs_items,
            {"url": self.back or self.register_address(), "label": self.register_label},
        ]
        if self.get_page_title() == str(self.record):
            return [*items, {**own, "url": ""}]
        return [*items, own, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the template the record, its address and the way back."""
        address = self.address_of(self.record, self.back)
        return super().get_context_data(
            record=self.record, record_address=address, back=self.back, **kwargs
        )


@dataclass(frozen=True)
class Way:
    """A way from a record's screen to another; with `post` a button that makes something first."""

    label: Text
    url: str
    icon: str = "edit"
    post: bool = False


class RecordView(RecordFrame, TemplateView):
    """The screen of one record; a room says which, and what stands in its main part.

    Attributes:
        strip: the words of the status strip.
        main_template: shows what the record holds; gets `record` and `holds`.
    """

    template_name = "partybuilding/core/record.html"
    strip: tuple[Text, ...] = ()
    main_template = ""

    def step_address(self, step: str) -> str:
        """Return the address of a step's form."""
        raise NotImplementedError

    def lines(self) -> Iterable[Any]:
        """Return the short facts below the title."""
        return ()

    def people(self) -> str:
        """Name the persons who have it."""
        return ""

    def ways(self) -> Iterable[Way]:
        """Return the ways to other screens that are open to the user."""
        return ()

    def holds(self) -> dict[str, Any]:
        """Return what the main part shows besides the record."""
        return {}

    def get_page_title(self) -> str:
        """Return the record's title."""
        return str(self.record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect where it stands, what can be done, and its course."""
        mine = sorted(
            offers(self.record, self.request.user), key=lambda one: one.step.tone != Tone.POSITIVE
        )
        return super().get_context_data(
            strip=strip_of(self.record, self.strip),
            offers=[
                {"offer": one, "url": with_next(self.step_address(one.step.code), self.back)}
                for one in mine
            ],
            lines=[line for line in self.lines() if line],
            people=self.people(),
            ways=list(self.ways()),
            main_template=self.main_template,
            holds=self.holds(),
            entries=story_of(self.record),
            **kwargs,
        )
