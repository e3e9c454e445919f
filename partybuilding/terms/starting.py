"""The terms that a new site explains; editors go on from there in the CMS."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import Group, Permission

from partybuilding.core.words.actors import filled, said
from partybuilding.terms.models import Term

# fmt: off
TERMS = (
    ("创新项目", "基层[[organization]]每年选一件身边的难事，当成项目来办",
        "一个项目一份方案，写明做什么、做到什么程度、什么时候做完、由谁负责，向社会公开，年底考评。"),
    ("公开承诺", "把要办的事、期限和负责人公布出来，请大家监督",
        "公开以后不能悄悄改。确需调整的，要经批准，并在项目页面上写明改了什么、为什么改。"),
    ("立项", "经过评审，同意这个项目列入当年计划", ""),
    ("不予立项", "评审后没有列入当年计划，并把理由告知申报单位", ""),
    ("申报单位", "提出并负责做这个项目的[[organization]]", ""),
    ("联合实施", "几个[[organization]]合起来做一个项目，由其中一个牵头", ""),
    ("[[unit]]", "管这个[[organization]]的上级单位，如乡镇、街道或者部门",
        "申报先由[[unit]]初审，再报[[department_full]]。群众的意见一般也由[[unit]]先办。"),
    ("初审", "[[unit]]先看一遍，决定往上报还是退回去改", ""),
    ("预评估", "[[department]]看材料、听汇报、到现场，先摸一遍底", ""),
    ("[[leader]]", "负责督促这个项目办好的[[district]]级部门或单位领导", ""),
    ("牵头[[secretary]]", "带头做这个项目的[[organization]][[secretary]]，是第一责任人", ""),
    ("[[liaison]]", "[[department]]派来联系、帮助这个项目的干部", ""),
    ("工作队伍", "具体做这个项目的几个人", ""),
    ("[[team]]", "每个项目有一名领导、一名[[secretary]]、一名干部、一支队伍负责", ""),
    ("完成时限", "最晚到哪一天要做完", "项目页面同时写明最初的时限。调整过的，按最初时限算，迟了几天也会写明。"),
    ("逾期", "过了承诺的日子还没有做完", "做完以后也会一直注明“迟了几天”。"),
    ("临期", "离承诺的日子不到三十天，还没有做完", ""),
    ("没有做到", "这一年已经结束，承诺的事到底没有做完", ""),
    ("已终止", "经批准不再做了，页面保留并写明原因", ""),
    ("督导", "[[task_force]]定期到现场看项目做得怎么样", "每个季度开一次会、到现场看一次、通报一次，每半年观摩一次。"),
    ("调度", "开会逐个问进度，当场解决卡住的问题", ""),
    ("实地督导", "到现场去看，不只听汇报、看材料", ""),
    ("反馈通报", "把督导发现的问题书面告诉项目单位", ""),
    ("实地观摩", "各项目单位一起到现场互相看、互相学", ""),
    ("整改", "督导发现的问题，限期改正", ""),
    ("销号", "问题改好了，经核实后从清单上划掉", "由[[task_force]]核实，不是项目单位自己说了算。"),
    ("[[task_force]]", "[[district]]里抽人组成、专门盯项目的小组", ""),
    ("互评", "年中各项目[[organization]]互相评议，不评自己的项目", ""),
    ("等次", "年底考评的结果，分特等、一等、二等、三等", ""),
    ("考核加分", "评上等次的，在年度考核中加分", ""),
    ("奖补资金", "评上等次后补给项目的钱，不发给个人", ""),
    ("公示", "先公布出来，在规定的天数里谁有异议都可以提", ""),
    ("群众评议", "请群众对项目做得好不好作评价，不记姓名", ""),
    ("采纳", "提的意见有道理，照着办", ""),
    ("转办", "意见不归本单位管，转给管这件事的单位办理并答复", ""),
    ("典型案例", "做得好、别处也能学着做的项目，写成文章推广", ""),
    ("[[brand]]", "做出名气、经过认定的做法", ""),
)
# fmt: on


def plant_terms(writers: list[Group]) -> None:
    """Make the first terms, with the right to keep them; none once there are any."""
    if Term.objects.exists():
        return
    for term in TERMS:
        word, plain, more = map(said, term)
        Term.objects.create(word=word, plain=plain, more=more)
    rights = Permission.objects.filter(
        content_type__app_label="partybuilding", content_type__model="term"
    )
    for group in writers:
        group.permissions.add(*rights)


def follow_names(
    sender: Any, *, before: Mapping[str, str], after: Mapping[str, str], **_signal: Any
) -> None:
    """Let the terms that nobody has touched name the actors as they are called now."""
    for term in TERMS:
        old, new = ([filled(text, names) for text in term] for names in (before, after))
        is_taken = old[0] != new[0] and Term.objects.filter(word=new[0]).exists()
        kept = Term.objects.filter(word=old[0], plain=old[1], more=old[2]).first()
        if old != new and kept and not is_taken:
            kept.word, kept.plain, kept.more = new
            kept.save()
