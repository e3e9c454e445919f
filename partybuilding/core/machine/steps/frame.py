"""What the staff screens of one record share: who may see it, where one came from, the trail of links."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.registers.ways import way_back


class RecordFrame(WagtailAdminTemplateMixin):
    """A screen of one record that the user may see; every other record does not exist for them.

    Attributes:
        register_label: the words of the register that the record stands in.
    """

    header_icon = "folder-open-inverse"
    register_label: Any = ""

    def find(self, user: Any, pk: int) -> Any:
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
