"""The words with which a feedback notice is delivered. Pure."""

from django.utils.translation import gettext_lazy as _

from partybuilding.core.papers.letters import Table
from partybuilding.core.texts import Placeholder, Wording

FINDINGS_HEADER = ("序号", "督导发现的问题", "整改要求", "整改时限", "当日情况")
FINDINGS_WIDTHS = (0.6, 2.3, 2.3, 1.2, 1.2)
CHECKS_HEADER = ("序号", "公开承诺", "督导情况", "说明")
CHECKS_WIDTHS = (0.6, 3.0, 1.1, 2.2)
SAMPLE_CHECKS = Table(
    (CHECKS_HEADER, ("1", "建成便民服务点3个", "正常推进", "已建成2个")), CHECKS_WIDTHS, (1, 3)
)
SAMPLE_FINDINGS = Table(
    (
        FINDINGS_HEADER,
        ("1", "服务点未公示办事时间", "张贴办事时间和电话", "2026年7月10日", "待整改"),
    ),
    FINDINGS_WIDTHS,
    (1, 2),
)

FEEDBACK = Wording(
    "feedback-notice",
    (
        Placeholder("季度", _("Year and quarter"), "2026年第二季度"),
        Placeholder(
            "通报名称", _("What kind of notice it is, with the number of a supplement"), "反馈通报"
        ),
        Placeholder("更正说明", _("What it corrects or is corrected by"), "", required=True),
        Placeholder(
            "开头语",
            _("The opening words of the task force"),
            "按照年度督导安排，现将有关情况通报如下。",
        ),
        Placeholder("项目名称", _("The project's title"), "邻里驿站连心桥", required=True),
        Placeholder(
            "编号括注", _("The number with its brackets and name"), "（项目编号：2026-034）"
        ),
        Placeholder(
            "督导开展情况", _("The visits of the quarter"), "2026年5月12日开展实地督导。进展顺利。"
        ),
        Placeholder(
            "承诺说明", _("Leads to the table of promises"), "共核对公开承诺1项，情况如下："
        ),
        Placeholder(
            "承诺表", _("The table of promises that were looked at"), SAMPLE_CHECKS, alone=True
        ),
        Placeholder(
            "问题说明",
            _("How many findings there are, or that there are none"),
            "共1个问题，请逐项整改并在期限内报告：",
            required=True,
        ),
        Placeholder(
            "问题表", _("The table of findings"), SAMPLE_FINDINGS, required=True, alone=True
        ),
        Placeholder("好的做法", _("Good practice that was found"), "坚持每周入户走访。"),
        Placeholder(
            "结束语", _("The closing words of the task force"), "请于收到本通报后抓好落实。"
        ),
    ),
    """{{季度}}[[programme]]督导情况{{通报名称}}
{{更正说明}}
{{开头语}}
现将你单位《{{项目名称}}》{{编号括注}}{{季度}}督导情况反馈如下：
一、督导开展情况。{{督导开展情况}}
二、公开承诺推进情况。{{承诺说明}}
{{承诺表}}
三、发现的问题和整改要求。{{问题说明}}
{{问题表}}
四、好的做法。{{好的做法}}
{{结束语}}
特此通报。""",
)
