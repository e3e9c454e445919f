"""Look an opinion up by its receipt: where it stands, what happens next, what was answered."""

from typing import Any

from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView

from partybuilding.core.access.requests import address_of
from partybuilding.opinions.forms import LookupForm
from partybuilding.opinions.limits import TRYING, TRYING_ONE
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.receipts import code_hash, fits
from partybuilding.opinions.standing import standing_of_opinion
from partybuilding.opinions.views.guarded import meta_of, way_to

#: Compared with when there is no such number, so that its absence takes as long as a wrong code.
NOBODYS = code_hash("", "")


def find(number: str, code: str) -> Opinion | None:
    """Return the opinion of a receipt; the same answer, in the same time, for a wrong number or code."""
    found = (
        Opinion.objects.select_related("unit", "project", "commitment")
        .filter(number=number)
        .first()
    )
    known = found.code_hash if found else NOBODYS
    return found if fits(number, code, known) and found else None


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class LookupView(FormView):
    """Number and code in, the standing of that one opinion out; nothing is written, no cookie is set."""

    form_class = LookupForm
    template_name = "partybuilding/opinions/lookup.html"

    def form_valid(self, form: LookupForm) -> HttpResponse:
        """Show where it stands; after too many wrong codes nobody is answered for a while."""
        number, code = form.cleaned_data["number"], form.cleaned_data["code"]
        address = address_of(self.request)
        one = f"{number} {address}"
        if TRYING.is_spent(address) or TRYING_ONE.is_spent(one):
            form.add_error(
                None, _("Too many wrong codes. Please try again in a quarter of an hour, or later.")
            )
            return self.render_to_response(self.get_context_data(form=form), status=429)
        opinion = find(number, code)
        if opinion is None:
            TRYING.spend(address)
            TRYING_ONE.spend(one)
            form.add_error(None, _("Number and code do not belong together; please check both."))
            return self.form_invalid(form)
        return self.render_to_response(
            self.get_context_data(form=None, found=standing_of_opinion(opinion))
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        way_back = way_to(_("Look up my opinion"), self.request)
        said = _("Where your opinion stands, by receipt number and lookup code.")
        return super().get_context_data(
            way_back=way_back, page_meta=meta_of(way_back, self.request, said), **kwargs
        )
