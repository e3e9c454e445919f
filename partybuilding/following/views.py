"""Follow what is new: the ways to, by mail the form, the link that confirms, the link that ends it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from partybuilding.column.doing.pages import ProgressIndexPage
from partybuilding.core.pages import PageMeta, front_page_entry, open_to_all, own_address
from partybuilding.following.forms import FollowForm
from partybuilding.following.news import Scope
from partybuilding.following.services import (
    CONFIRMING,
    LEAVING,
    ask,
    confirm,
    following_of,
    is_offered,
    leave,
)
from partybuilding.opinions.guards import Limit, sending
from partybuilding.opinions.views.guarded import GuardedView
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Project

#: Questions to one mail address a day, whoever asks them: nobody's box is filled from here.
TO_ONE = Limit("follow-to", 3, 24 * 60 * 60)


def scope_of(asked: Any) -> Scope:
    """Return what an address names; everything when it names nothing that can be followed."""
    project, place = (_number(asked.get(name)) for name in ("project", "place"))
    if project:
        found = Project.objects.select_related("cycle").filter(pk=project).first()
        if found is not None and Scope(project=found).is_open:
            return Scope(project=found)
    if place:
        return Scope(place=Organization.objects.active().townships().filter(pk=place).first())
    return Scope()


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


class FollowView(GuardedView):
    """Tell how something is followed, and where the site sends mail ask for an address.

    The answer is the same whether the address was known or not.
    """

    form_class = FollowForm
    template_name = "partybuilding/following/follow.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find what is to be followed."""
        super().setup(request, *args, **kwargs)
        self.scope = scope_of(request.GET)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take a form only where the site sends mail.

        Raises:
            Http404: it sends none.
        """
        if request.method == "POST" and not is_offered():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def limit(self) -> Limit:
        """Return how many forms one address of the network may send."""
        few = sending()
        return Limit("follow", few.most, few.seconds)

    def accepted(self, form: FollowForm) -> HttpResponse:
        """Ask the owner of the address."""
        address = form.cleaned_data["address"]
        if not TO_ONE.spend(address.lower()):
            ask(address, self.scope)
        return self.render_to_response(self.get_context_data(form=None, is_asked=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is followed, its ways, and the way back."""
        return {
            **super().get_context_data(**kwargs),
            **frame(self.request),
            "scope": self.scope,
            "by_mail": is_offered(),
            **ways_of(self.scope, self.request),
        }


def ways_of(scope: Scope, request: HttpRequest) -> dict[str, str]:
    """Return the page that tells what is new, and the whole address of its feed, which readers copy."""
    if scope.project is not None and scope.page is not None:
        named = [scope.project.cycle.year, scope.project.code]
        page, feed = reverse("project_history", args=named), reverse("project_feed", args=named)
    elif scope.place is not None:
        page = reverse("township", args=[scope.place.pk])
        feed = f"{reverse('projects_feed')}?unit={scope.place.pk}"
    else:
        index = open_to_all(ProgressIndexPage.objects.all()).first()
        page = (index and index.get_url(request)) or front_page_entry()["href"]
        feed = reverse("progress_feed")
    return {"told_at": page, "feed": own_address(feed, request)}


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more on the site: programs that open the links of every mail press no button."""
    following = following_of(token, CONFIRMING)
    if following is not None and request.method == "POST":
        confirm(following)
        following.refresh_from_db()
    return _answer(request, following, "partybuilding/following/confirm.html")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_leave(request: HttpRequest, token: str) -> HttpResponse:
    """End it: by the button, or by the mail program's own in one click (RFC 8058)."""
    following = following_of(token, LEAVING)
    if following is not None and request.method == "POST":
        leave(following)
        following = None
    return _answer(request, following, "partybuilding/following/leave.html")


def _answer(request: HttpRequest, following: Any, template: str) -> HttpResponse:
    scope = Scope(following.project, following.place) if following else None
    context = {**frame(request), "following": following, "scope": scope}
    return TemplateResponse(request, template, context)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the three screens share."""
    title = _("Follow what is new")
    way_back = [front_page_entry(), {"text": title, "href": ""}]
    meta = PageMeta(
        title=title,
        address=own_address(reverse("follow"), request),
        description=_("What is new about a project, a township or everything, told to you."),
        way_back=tuple(way_back),
    )
    return {"title": title, "way_back": way_back, "page_meta": meta}
