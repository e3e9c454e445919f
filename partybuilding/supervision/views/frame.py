"""What the screens of one activity share: who may see it, where one came from, the trail of links."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.registers.ways import way_back, with_next
from partybuilding.supervision.addresses import activities_url, activity_url
from partybuilding.supervision.models import Activity
from partybuilding.supervision.selectors.files import activity_file
from partybuilding.supervision.wording import when_words


def activity_address(activity: Activity, back: str = "") -> str:
    """Return the address of an activity's screen, with the way back."""
    return with_next(activity_url(activity.pk), back)


class ActivityFrame(WagtailAdminTemplateMixin):
    """A screen of one activity that the user may see; every other one does not exist for them."""

    header_icon = "calendar-check"
    register_label = gettext_lazy("Supervision activities")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Fetch the activity."""
        super().setup(request, *args, **kwargs)
        try:
            self.activity = activity_file(request.user, kwargs["pk"])
        except ObjectDoesNotExist:
            raise Http404 from None
        self.back = way_back(request)

    @property
    def title(self) -> str:
        """Name the activity with its quarter."""
        kind = self.activity.get_kind_display()
        return _("%(when)s, %(kind)s") % {"when": when_words(self.activity), "kind": kind}

    def get_page_title(self) -> str:
        """Return the activity's name."""
        return self.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the register, and from a form to the activity."""
        own = {"url": activity_address(self.activity, self.back), "label": self.title}
        items = [
            *self.breadcrumbs_items,
            {"url": self.back or activities_url(), "label": self.register_label},
        ]
        if self.get_page_title() == self.title:
            return [*items, {**own, "url": ""}]
        return [*items, own, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the template the activity, its project, its standing and the way back."""
        return super().get_context_data(
            activity=self.activity,
            project=self.activity.project,
            standing=self.activity.stands(),
            address=activity_address(self.activity, self.back),
            back=self.back,
            **kwargs,
        )
