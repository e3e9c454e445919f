"""What is written of a case beside its machine, when its page brings it along."""

import pytest

from partybuilding.cases.models import CaseStudy
from partybuilding.cases.services import begin_case_of_page, write_case_of_page
from partybuilding.core.selectors import trail_of
from tests.factories import make_cast, make_project
from tests.factories.spread import make_case

pytestmark = pytest.mark.django_db


def test_a_case_that_its_page_brought_is_noted_in_the_trail() -> None:
    cast = make_cast()
    case = make_case("draft", cast)
    before = len(trail_of(case))
    begin_case_of_page(page=None, record=case)
    assert len(trail_of(case)) == before + 1


def test_what_the_editor_of_a_page_gives_is_written_to_the_case() -> None:
    cast = make_cast()
    case, other = make_case("draft", cast), make_project("graded", cast)
    page = type("Page", (), {"case_id": case.pk})
    write_case_of_page(page=page, material={"project": other}, by=cast["editor"])
    assert CaseStudy.objects.get(pk=case.pk).project == other
