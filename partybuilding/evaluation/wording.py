"""The words with which the papers of judging are delivered: the letter of explanation and the certificate. Pure."""

from django.utils.translation import gettext_lazy as _

from partybuilding.core.papers.letters import Table
from partybuilding.core.papers.result_letters import PROJECT
from partybuilding.core.texts import Placeholder, Wording

HEADER = ("评审内容", "权重", "原始得分", "计入得分", "所处位置")
WIDTHS = (2.6, 0.8, 1.1, 1.1, 1.6)
SAMPLE_POINTS = Table(
    (
        HEADER,
        ("专家评审", "60%", "88.50", "87.92", "前25%"),
        ("项目互评", "20%", "90.10", "90.10", "25%—50%"),
        ("立项初评", "20%", "85.00", "85.00", "25%—50%"),
    ),
    WIDTHS,
    (0,),
)

EXPLANATION = Wording(
    "explanation-letter",
    (
        *PROJECT,
        Placeholder("公布情况", _("“open to comment” or “announced”"), "已公布"),
        Placeholder(
            "等次和奖励",
            _("Grade, bonus points and award"),
            "评定为一等，年度组织工作考核加1分，奖补资金2万元。",
            required=True,
        ),
        Placeholder("综合得分", _("The composite of all parts"), "88.12", required=True),
        Placeholder("缺项说明", _("What was not scored, where anything was not"), ""),
        Placeholder("得分表", _("The table of points"), SAMPLE_POINTS, required=True, alone=True),
        Placeholder(
            "差距", _("How far the next grade is"), "综合得分与特等最后一项的差距在1.5分以内。"
        ),
        Placeholder("评审组意见", _("What the group said of it"), "做法扎实，群众认可。"),
        Placeholder(
            "计分办法",
            _("How points were computed"),
            "原始得分为各方评分的平均分，计入得分为校正后用于加权的得分。",
            required=True,
        ),
        Placeholder(
            "异议和查询",
            _("How to object, and until when"),
            "对结果有异议的，请在公示期内实名提出。",
            required=True,
        ),
    ),
    """{{年度}}年度[[programme]]评审结果说明函
{{称呼}}实施的《{{项目名称}}》{{编号括注}}参加{{年度}}年度[[programme]]年终考评，结果{{公布情况}}。现将得分和等次情况说明如下：
一、等次和奖励。{{等次和奖励}}
二、得分情况。综合得分{{综合得分}}分。各项均按100分计，得分及其在全部项目中所处位置如下：
{{缺项说明}}
{{得分表}}
三、与上一等次的差距。{{差距}}
四、评审组意见。{{评审组意见}}
五、计分办法。{{计分办法}}
六、异议和查询。{{异议和查询}}
特此说明。""",
)

CERTIFICATE = Wording(
    "certificate",
    (
        Placeholder("年度", _("The programme year"), "2026"),
        Placeholder(
            "联合单位", _("With whom it was carried out, where with anybody"), "与乙村联合"
        ),
        Placeholder("项目名称", _("The project's title"), "邻里驿站连心桥", required=True),
        Placeholder("等次", _("The grade, in large letters"), "一等", required=True, alone=True),
    ),
    """荣誉证书
{{年度}}年度[[programme]]
你单位{{联合单位}}实施的《{{项目名称}}》，经评审，评定为
{{等次}}
特发此证，以资鼓励。""",
    lines=5,
)
