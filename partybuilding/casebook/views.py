"""The staff screens of the case book: the years, one year's book, its front matter, its editions, errata."""

import json
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages

from partybuilding.casebook import services
from partybuilding.casebook.errata import errata_of
from partybuilding.casebook.forms import BookForm, WithdrawForm
from partybuilding.casebook.models import CaseBook, Edition
from partybuilding.casebook.permissions import (
    user_can_edit_books,
    user_can_see_books,
    user_can_withdraw_editions,
)
from partybuilding.casebook.selectors import (
    chosen_and_others,
    two_were_gathered,
    years_with_cases,
)
from partybuilding.casebook.shown import edition_rows, progress_of, rows_of
from partybuilding.casebook.states import BuildStatus, EditionKind
from partybuilding.core.files.storage import private_storage
from partybuilding.core.machine.refusals import Refusal
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.views.frame import KeeperForm, Screen


class BookScreen(Screen):
    """A screen of the case book; for those who neither work on pages nor oversee there is none."""

    header_icon = "openquote"

    def allowed(self) -> bool:
        """Let in who may see books."""
        return user_can_see_books(self.request.user)

    def get_page_title(self) -> str:
        """Return the words of the screen."""
        return str(self.page_title)


class BooksView(BookScreen, TemplateView):
    """The years that have cases, each with its book."""

    template_name = "partybuilding/casebook/books.html"
    page_title = gettext_lazy("Case books")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List the years."""
        return super().get_context_data(years=years_with_cases(), **kwargs)


class YearScreen(BookScreen):
    """A screen of one year's book."""

    cycle: Cycle
    book: CaseBook | None

    def find(self) -> None:
        """Find the year, and its book if there is one."""
        self.cycle = get_object_or_404(Cycle, year=self.kwargs["year"])
        self.book = CaseBook.objects.filter(cycle=self.cycle).select_related("cycle").first()

    def crumbs(self) -> list[tuple[str, Any]]:
        """Lead back to the years."""
        return [(reverse("partybuilding:casebooks"), _("Case books"))]

    @property
    def address(self) -> str:
        """The screen of the year's book."""
        return reverse("partybuilding:casebook", args=[self.cycle.year])


class BookView(YearScreen, TemplateView):
    """A year's book: its cases in their order, and its editions with what can be done."""

    template_name = "partybuilding/casebook/book.html"

    def get_page_title(self) -> str:
        """Name the year."""
        return _("Case book of %(year)s") % {"year": self.cycle.year}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the cases that are chosen, those that may be, and the editions."""
        user = self.request.user
        chosen, others = chosen_and_others(self.cycle, self.book)
        rows = edition_rows(self.book, user) if self.book else []
        return super().get_context_data(
            cycle=self.cycle,
            book=self.book,
            chosen=rows_of(chosen, 1),
            others=rows_of(others, None),
            editions=rows,
            is_building=any(row.newest and row.newest.is_running for row in rows),
            compares=two_were_gathered(self.cycle),
            may_edit=user_can_edit_books(user),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what was asked for, and show the book again; a refusal is said above it."""
        doing = DOING.get(request.POST.get("do", ""))
        if doing is None or not user_can_edit_books(request.user):
            raise Http404
        try:
            messages.success(request, doing(self, request))
        except Refusal as refusal:
            for sentence in refusal.sentences:
                messages.error(request, sentence)
        return redirect(self.address)

    def own_book(self) -> CaseBook:
        """Return the book, begun where there is none yet."""
        return services.book_of(self.cycle, by=self.request.user)

    def edition(self) -> Edition:
        """Return the edition that is meant."""
        key = self.request.POST.get("edition", "")
        rows = Edition.objects.filter(book__cycle=self.cycle).select_related("book__cycle")
        return get_object_or_404(rows, pk=key if key.isdecimal() else 0)

    def begin(self, request: HttpRequest) -> str:
        """Begin the book."""
        self.own_book()
        return _("The book was begun with all cases of the year.")

    def arrange(self, request: HttpRequest) -> str:
        """Take the cases that are ticked, in the order of their numbers."""
        kept = services.arrange(self.own_book(), chosen_in(request.POST), by=request.user)
        return _("%(n)s cases are in the book, in this order.") % {"n": len(kept)}

    def arrange_by_grade(self, request: HttpRequest) -> str:
        """Put the cases into the order of grades and units."""
        services.arrange_by_grade(self.own_book(), by=request.user)
        return _("The cases stand by grade, then by unit.")

    def build(self, request: HttpRequest) -> str:
        """Begin to build an edition."""
        kind = request.POST.get("kind", "")
        if kind not in EditionKind.values:
            raise Http404
        services.start_build(self.own_book(), EditionKind(kind), by=request.user)
        return _("The edition is being built.")

    def stop(self, request: HttpRequest) -> str:
        """Stop a build."""
        services.stop_build(self.edition(), by=request.user)
        return _("The build was stopped.")

    def publish(self, request: HttpRequest) -> str:
        """Publish an edition."""
        services.publish_edition(self.edition(), by=request.user)
        return _("Residents can get the edition now.")


DOING = {
    "begin": BookView.begin,
    "arrange": BookView.arrange,
    "by_grade": BookView.arrange_by_grade,
    "build": BookView.build,
    "stop": BookView.stop,
    "publish": BookView.publish,
}


def chosen_in(data: Any) -> list[int]:
    """Return the keys of the cases that are ticked in a form, by their numbers; without one they come last."""
    keys = [int(key) for key in data.getlist("case") if key.isdecimal() and key.isascii()]
    given = {key: data.get(f"place-{key}", "").strip() for key in keys}
    numbers = {
        key: int(text) if text.isdecimal() and text.isascii() and len(text) < 6 else 10**6
        for key, text in given.items()
    }
    return sorted(keys, key=lambda key: (numbers[key], keys.index(key)))


class EditBookView(YearScreen, KeeperForm):
    """The front matter of a book and how it is printed."""

    template_name = "partybuilding/casebook/book_form.html"
    form_class = BookForm
    page_title = gettext_lazy("Front matter and printing")
    submit_label = gettext_lazy("Save the book")
    done_label = gettext_lazy("The book was saved.")

    def allowed(self) -> bool:
        """Let in who puts books together, once there is one."""
        return user_can_edit_books(self.request.user) and self.book is not None

    def crumbs(self) -> list[tuple[str, Any]]:
        """Lead back to the book."""
        words = _("Case book of %(year)s") % {"year": self.cycle.year}
        return [*super().crumbs(), (self.address, words)]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the book."""
        return {**super().get_form_kwargs(), "instance": CaseBook.objects.get(cycle=self.cycle)}

    def write(self, form: BookForm) -> CaseBook:
        """Save it."""
        assert self.book is not None
        return services.save_book(self.book, form.values(), by=self.request.user)

    def done_url(self, written: CaseBook) -> str:
        """Go back to the book."""
        return self.address


class WithdrawView(YearScreen, KeeperForm):
    """Why an edition is no longer handed out."""

    form_class = WithdrawForm
    page_title = gettext_lazy("Withdraw an edition")
    submit_label = gettext_lazy("Withdraw the edition")
    done_label = gettext_lazy("The edition is no longer handed out.")

    def find(self) -> None:
        """Find the edition, which residents get."""
        super().find()
        rows = Edition.objects.offered().filter(book__cycle=self.cycle)
        self.edition = get_object_or_404(rows.select_related("book__cycle"), pk=self.kwargs["pk"])

    def allowed(self) -> bool:
        """Let in who takes editions back."""
        return user_can_withdraw_editions(self.request.user)

    def crumbs(self) -> list[tuple[str, Any]]:
        """Lead back to the book."""
        words = _("Case book of %(year)s") % {"year": self.cycle.year}
        return [*super().crumbs(), (self.address, words)]

    def write(self, form: WithdrawForm) -> Edition:
        """Withdraw it."""
        reason = form.cleaned_data["reason"]
        return services.withdraw_edition(self.edition, by=self.request.user, reason=reason)

    def done_url(self, written: Edition) -> str:
        """Go back to the book."""
        return self.address


class ErrataView(YearScreen, TemplateView):
    """What differs between two editions."""

    template_name = "partybuilding/casebook/errata.html"
    page_title = gettext_lazy("Errata between two editions")

    def crumbs(self) -> list[tuple[str, Any]]:
        """Lead back to the book."""
        words = _("Case book of %(year)s") % {"year": self.cycle.year}
        return [*super().crumbs(), (self.address, words)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Compare the two that are named; without them the two newest."""
        rows = Edition.objects.filter(book__cycle=self.cycle, status=BuildStatus.BUILT)
        editions = {str(one.pk): one for one in rows.select_related("book")}
        newest = list(editions)[:2]
        old = editions.get(self.request.GET.get("old", newest[-1] if newest else ""))
        new = editions.get(self.request.GET.get("new", newest[0] if newest else ""))
        found = errata_of(old.manifest, new.manifest) if old and new else []
        return super().get_context_data(
            editions=list(editions.values()), old=old, new=new, errata=found, **kwargs
        )


def _edition(request: HttpRequest, pk: int) -> Edition:
    if not user_can_see_books(request.user):
        raise Http404
    return get_object_or_404(Edition.objects.select_related("book__cycle"), pk=pk)


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Return how far a build is."""
    response = JsonResponse(progress_of(_edition(request, pk)))
    add_never_cache_headers(response)
    return response


@require_safe
def edition_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Return the file of an edition to staff, published or not."""
    edition = _edition(request, pk)
    try:
        response = FileResponse(private_storage().open(edition.path))
    except (OSError, ValueError) as lost:
        raise Http404 from lost
    response["Content-Disposition"] = content_disposition_header(True, edition.filename) or ""
    add_never_cache_headers(response)
    return response


@require_safe
def manifest(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the manifest of an edition, with its digest."""
    edition = _edition(request, pk)
    whole = {"digest": edition.digest, "sha256": edition.sha256, **edition.manifest}
    text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True)
    response = HttpResponse(text, content_type="application/json")
    name = f"{edition.filename}.manifest.json"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    add_never_cache_headers(response)
    return response
