"""Messages in one's own words reach their readers; what is stored wrong stops no step."""

import pytest
from django.urls import reverse

from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.models import Notice
from partybuilding.core.texts.messages import message_of
from partybuilding.projects import messages
from partybuilding.supervision.models import Rectification
from partybuilding.texts.models import Text
from partybuilding.texts.register import texts
from partybuilding.texts.services import save_text
from tests.factories import Cast, make_cast, make_project, open_cycle
from tests.factories.feedback import make_issued
from tests.factories.opinions import make_opinion
from tests.factories.screens import client_of
from tests.factories.spread import make_brand, make_case

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


def test_messages_can_be_seen_with_the_records_of_their_kind() -> None:
    cast = make_cast(open_cycle())
    project = make_project("implementing", cast)
    make_issued(project, cast, None, ("台账更新不及时", "补齐记录"))
    opinion = make_opinion("received", cast, project)
    brand = make_brand("nominated", cast)
    case = make_case("draft", cast)
    submitted = make_project("submitted", cast)
    finding = Rectification.objects.latest("pk")
    expected = {
        "told-visit-findings": finding.requirement,
        "told-finding-corrected": finding.finding,
        "told-feedback-issued": project.title,
        "told-opinion-drafted": opinion.number,
        "told-brand-declined": brand.name,
        "told-case-published": case.title,
        "portal-receipt": submitted.organization.unit.name,  # type: ignore[union-attr]
    }
    for code, words in expected.items():
        text = texts()[code]
        record = text.examples(cast["department"]).first()
        assert record is not None, code
        drawn = text.drawn(text.wording.delivered, record)
        assert str(words) in f"{drawn.subject}\n{drawn.body}", code
        assert "{{" not in drawn.subject + drawn.body, code


def test_a_guide_of_ones_own_stands_in_the_portal(cast: Cast) -> None:
    own = "申报须知\n今年只报一个项目。\n有疑问请打便民电话12345。"
    save_text(texts()["guide-start"], own, by=cast["department"])
    page = client_of(cast["applicant"]).get(reverse("portal:start")).text
    assert "申报须知</h1>" in page
    assert "<p>有疑问请打便民电话12345。</p>" in page
    assert "切口小、易操作" not in page


def test_a_receipt_of_ones_own_is_shown_and_leaves_out_what_there_is_not(cast: Cast) -> None:
    project = make_project("submitted", cast)
    own = "已收到：{{项目名称}}\n由{{初审单位}}先审。\n{{办理期限}}"
    save_text(texts()["portal-receipt"], own, by=cast["department"])
    place = reverse("portal:receipt", args=[project.pk])
    page = client_of(cast["applicant"]).get(place).text
    assert f"已收到：{project.title}</h1>" in page
    assert "先审。" in page
    type(project.cycle).objects.update(first_review=False)
    assert "先审。" not in client_of(cast["applicant"]).get(place).text


@pytest.mark.parametrize(
    ("code", "screen", "state"),
    [
        ("guide-commitments", "commitments", "approved"),
        ("guide-results", "results", "implementing"),
    ],
)
def test_guides_of_ones_own_stand_above_what_they_explain(
    code: str, screen: str, state: str, cast: Cast
) -> None:
    project = make_project(state, cast)
    save_text(texts()[code], "填报须知\n先看这一条。\n再看这一条。", by=cast["department"])
    page = client_of(cast["applicant"]).get(reverse(f"portal:{screen}", args=[project.pk])).text
    assert "填报须知" in page
    assert "先看这一条。" in page
    assert "再看这一条。" in page
