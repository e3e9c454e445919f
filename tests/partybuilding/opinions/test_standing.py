"""What the sender of an opinion reads: which project and which commitment it is about."""

import pytest

from partybuilding.opinions.standing import standing_of_opinion
from tests.factories import make_cast
from tests.factories.opinions import make_opinion
from tests.factories.progress import make_kept

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("named", [False, True])
def test_the_commitment_is_named_when_the_opinion_is_about_one(named: bool) -> None:
    cast = make_cast()
    project = make_kept(cast)
    promise = project.commitments.get()
    opinion = make_opinion(cast=cast, project=project, commitment=promise if named else None)
    facts = {fact["label"]: fact["value"] for fact in standing_of_opinion(opinion)["facts"]}
    assert facts["针对项目"] == str(project)
    assert facts.get("公开承诺") == (promise.goal if named else None)
