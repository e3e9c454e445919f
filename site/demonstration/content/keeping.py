"""Changes of commitments and questions on reports of 2022, and of the open year, as invented for the demonstration."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One proposed change.

    Args:
        key: the application.
        place: the commitment by its place, from 0.
        part: deadline, goal, person or title (of its step).
        proposed, decided: days as "MM-DD".
        new: the new text, the new day as "MM-DD", or the name of the new person.
        post: the post of the new person.
        refused: why it was not approved; empty when it was.
        withdrawn: whether the applicant took it back.
    """

    key: str
    place: int
    part: str
    proposed: str
    decided: str
    new: str
    reason: str
    post: str = ""
    refused: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question on the report of a commitment's step.

    Args:
        side: who asks, "unit" or "taskforce".
        added: what the answer adds to the evidence; may be empty.
        outcome: the words of the judgement.
        again: what is reported after the completion was taken back; empty when it was accepted.
    """

    key: str
    place: int
    side: str
    words: str
    answer: str
    added: str
    outcome: str
    again: str = ""


#: What was not finished by the end of 2022, by application and place of the commitment, and why.
UNFINISHED: dict[tuple[str, int], str] = {
    (
        "zhongyuan-2022",
        3,
    ): "文稿已审定，因年底印刷费未能列支，600册未能付印，拟于2023年一季度印发到户。",
    (
        "songlin-2022",
        1,
    ): "7至8月持续高温干旱，出菇率比去年提高一成二，未达到三成；已搭建遮阴棚、增设喷灌，"
    "列入2023年继续推进。",
}

CHANGES: tuple[Change, ...] = (
    Change(
        key="gonghe-2022",
        place=1,
        part="deadline",
        proposed="06-21",
        decided="06-24",
        new="07-20",
        reason="6月中旬连降大雨，12口病塘满水，须待水位回落后下塘清淤，工期顺延20天。",
    ),
    Change(
        key="shilang-2022",
        place=1,
        part="deadline",
        proposed="07-19",
        decided="07-22",
        new="08-20",
        reason="7月持续高温，水泥路面只能早晚施工并延长养护，修补进度放缓。",
    ),
    Change(
        key="kuaidi-2022",
        place=1,
        part="deadline",
        proposed="08-18",
        decided="08-23",
        new="09-20",
        reason="8月高温限电期间分拨班次调整，街长白天无法到岗，线索收集顺延。",
    ),
    Change(
        key="zhujian-2022",
        place=2,
        part="deadline",
        proposed="10-13",
        decided="10-18",
        new="11-30",
        reason="6栋楼燃气管线迁改方案需重新会审，签约楼栋不减，开工时间顺延。",
    ),
    Change(
        key="wufu-2022",
        place=2,
        part="deadline",
        proposed="10-19",
        decided="10-24",
        new="11-20",
        reason="校舍民宿增设一处疏散楼梯，消防验收后方可开业。",
    ),
    Change(
        key="silu-2022",
        place=2,
        part="deadline",
        proposed="10-20",
        decided="10-25",
        new="11-15",
        reason="托管角原选址临近锅炉房，安全评估后改到职工食堂二楼，需重新装修。",
    ),
    Change(
        key="wenhui-2022",
        place=2,
        part="person",
        proposed="09-06",
        decided="09-08",
        new="邹怀远",
        post="城管网格长",
        reason="原责任人岗位调整，由接任的城管网格长负责。",
    ),
    Change(
        key="zhijiao-2022",
        place=2,
        part="title",
        proposed="10-25",
        decided="10-27",
        new="农民评委线上擂台",
        reason="按照疫情防控要求减少人员聚集，现场擂台改为线上直播，场次和展示作品数量不变。",
    ),
    Change(
        key="linfeng-2022",
        place=2,
        part="goal",
        proposed="09-14",
        decided="09-19",
        new="会诊10场，改方25份",
        reason="部分药农外出务工，到场会诊的人数少于预期。",
        refused="调整将降低原定目标。可结合赶场日集中会诊，请按原承诺抓好落实。",
    ),
    Change(
        key="lvsuo-2022",
        place=2,
        part="deadline",
        proposed="10-17",
        decided="10-20",
        new="12-20",
        reason="年轻律师办案任务较重，考核时间不足。",
        refused="办案任务属年初可预见情况，理由不充分，请合理排班、按期完成。",
    ),
    Change(
        key="minzheng-2022",
        place=2,
        part="deadline",
        proposed="10-11",
        decided="10-12",
        new="11-20",
        reason="跨社区通兑系统正在调试。",
        withdrawn=True,
    ),
)

QUESTIONS: tuple[Question, ...] = (
    Question(
        key="dashizi-2022",
        place=1,
        side="unit",
        words="三轮培训的签到表只看到两轮，第三轮是否全员参加？",
        answer="第三轮按楼栋分四批补训，签到表由各楼栋保存，已收齐。",
        added="第三轮培训分四批补训完毕，290名灯长全部到训。",
        outcome="已核对四批签到表，情况属实。",
    ),
    Question(
        key="santai-2022",
        place=1,
        side="taskforce",
        words="核账合格率怎么算出来的？请说明抽查户数。",
        answer="215户全部核账，不是抽查；不合格的9户已当面更正。",
        added="215户全部核账，206户一次合格。",
        outcome="计算方法清楚，予以认可。",
    ),
    Question(
        key="renshe-2022",
        place=1,
        side="taskforce",
        words="短课40场的场次清单与公示栏张贴的36场不一致。",
        answer="公示栏张贴时尚有4场未录入，现已补贴更新。",
        added="公示栏已更新，40场短课的时间、地点、讲师全部列明。",
        outcome="经实地查看公示栏，已更正，予以认可。",
    ),
    Question(
        key="chengdongwei-2022",
        place=1,
        side="unit",
        words="盐勺油勺入户率100%，外出户是如何送达的？",
        answer="外出的23户由邻居代收并电话教会用法，回访记录已附。",
        added="",
        outcome="回访记录齐全，予以认可。",
    ),
    Question(
        key="qianshanhe-2022",
        place=1,
        side="unit",
        words="“零压报”的依据是什么？",
        answer="敲钟台账与产线停机记录逐条对应，未发现敲钟后不停机、不登记的情况。",
        added="敲钟台账120条与停机记录逐条核对一致。",
        outcome="台账与停机记录相符，予以认可。",
    ),
    Question(
        key="ranqi-2022",
        place=1,
        side="taskforce",
        words="专班抽查两个小区，入户率为81%，与报告的94%不符，请说明。",
        answer="报告数据把“已张贴预约单”的住户一并计入，未剔除敲门未遇户。",
        added="",
        outcome="入户率把未入户的住户计算在内，实际未达到94%，请复敲后据实报告。",
        again="对敲门未遇的住户逐户复敲，入户率达94.3%，数据已剔除仅张贴预约单的住户。",
    ),
)

#: The project that is under way in the open year.
ASKED_NOW = Question(
    key="",
    place=0,
    side="taskforce",
    words="请补充四个点开议现场的照片，并说明各点的参加人数。",
    answer="四个点均已开议，各点人数见补充说明，签到表另附。",
    added="四个点首次开议共参加312人次，现场照片已张贴公开栏。",
    outcome="",
)
OPEN_NOW = Question(
    key="",
    place=1,
    side="unit",
    words="报告议定事项60件，公开栏上只见43件，请核对后说明。",
    answer="",
    added="",
    outcome="",
)
PROPOSED_NOW = "区级部门联动事项须逐项会商确认，联动清单建立时间相应顺延，目标任务不变。"
