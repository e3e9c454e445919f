"""Messages in one's own words reach their readers; what is stored wrong stops no step."""

import pytest

from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.models import Notice
from partybuilding.core.texts.messages import message_of
from partybuilding.projects import messages
from partybuilding.texts.models import Text
from partybuilding.texts.register import texts
from partybuilding.texts.services import save_text
from tests.factories import Cast, make_cast, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def newest(cast: Cast) -> tuple[str, str]:
    notice = Notice.objects.to(cast["applicant"]).order_by("-pk")[0]
    return notice.subject, notice.body


def test_nobody_edited_anything_and_messages_read_as_before(cast: Cast) -> None:
    project = make_project("approved", cast)
    assert newest(cast) == (
        f"已立项：{project}",
        f"项目（编号{project.code}）已立项，请准备公开承诺。",
    )


def test_ones_own_words_are_sent(cast: Cast) -> None:
    own = "恭喜：{{项目名称}}\n{{申报单位}}（{{上级单位}}）\n\n请于三日内报送承诺。"
    save_text(texts()["told-approved"], own, by=cast["department"])
    project = make_project("approved", cast)
    unit = project.organization.unit
    assert unit is not None
    assert newest(cast) == (
        f"恭喜：{project}",
        f"{project.organization.name}（{unit.name}）\n请于三日内报送承诺。",
    )


def test_what_a_person_wrote_is_not_read_as_a_text(cast: Cast) -> None:
    project = make_project("first_passed", cast)
    values = messages.values_of(project, reason="{{上级单位}}\n\n一、乙。")
    message = message_of(messages.RETURNED, "", values)
    assert message.body == "{{上级单位}}\n\n一、乙。"


def test_the_reason_cannot_be_kept_from_its_reader(cast: Cast) -> None:
    with pytest.raises(ConditionUnmet):
        save_text(texts()["told-declined"], "未立项：{{项目名称}}", by=cast["department"])
    with pytest.raises(ConditionUnmet):  # and where there is none to be told, none can be asked for
        save_text(texts()["told-passed"], "初审通过：{{项目名称}}\n{{理由}}", by=cast["department"])


@pytest.mark.parametrize("body", ["{{没有}}", "题\n{{项目名称", ""])
def test_a_stored_text_that_cannot_be_used_stops_no_step(cast: Cast, body: str) -> None:
    Text.objects.create(code="told-approved", version=1, body=body, delivered="以前的")
    project = make_project("approved", cast)
    assert newest(cast)[0] == f"已立项：{project}"


def test_a_subject_that_came_out_empty_gives_way(cast: Cast) -> None:
    project = make_project("first_passed", cast)
    values = messages.values_of(project, reason="")
    assert message_of(messages.RETURNED, "{{理由}}\n正文", values).subject == "正文"
    assert message_of(messages.RETURNED, "{{理由}}", values).subject == f"退回修改：{project}"
