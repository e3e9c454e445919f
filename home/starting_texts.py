"""The texts with which a new site begins; editors go on from there in the CMS.

They say what holds for this software as it stands: no cookie for readers but on the letterbox's forms, no
other server, 关怀版.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class StartingText:
    """A plain page as it is planted.

    Args:
        parts: a heading, and its paragraphs; one that is a tuple is a list.
    """

    slug: str
    title: str
    lead: str
    parts: tuple[tuple[str, tuple[str | tuple[str, ...], ...]], ...]


# fmt: off
ABOUT = StartingText(
    slug="about",
    title="关于本栏",
    lead="承诺了什么、干得怎么样、结果如何，都在这里公开，请大家一起监督。",
    parts=(
        ("本栏公开什么", (
            "[[programme]]每年申报、立项、实施、考评一轮。各级基层[[organization]]从身边的难题里选一件小事，写明怎么做、做到什么程度、什么时候完成、由谁负责，向群众公开承诺，年底接受考评。",
            (
                "创新项目：已立项项目的承诺、进展和考评结果。",
                "公示公告：立项名单等事项的公示，公示期内可以提出异议。",
                "新闻动态：项目申报、评审、实施和督导的消息。",
                "[[brand]]和典型案例：做出成效、值得借鉴的做法。",
                "群众意见：对项目和承诺的意见，以及答复和办理数据。",
            ),
        )),
        ("承诺怎样公开", (
            "承诺经编辑、审核两道关后公开，公开时间由系统自动记录。公开以后，目标、时限和责任人不再直接改动；确需调整的，按程序审批，并在项目页面上写明改了什么、何时改的、为什么改。",
            "逾期的承诺会标明逾期天数，迟完成的也会注明迟了几天，不因事后完成而抹去。",
            "项目终止的，页面保留，并写明终止的原因。",
        )),
        ("公开哪些个人信息", (
            "涉及个人的，只公开姓名和职务。身份证号码、手机号码、银行卡号一律不上网，系统在发布前自动检查。",
        )),
        ("怎样使用本栏", (
            (
                "查项目：进入“创新项目”，可以按年度、领域、[[unit]]、阶段筛选，也可以直接搜索。",
                "看大字：点击页面上方的“关怀版”，文字和按钮会变大，内容不变。",
                "订阅和下载：列表页提供订阅源，全部公开数据可以在“开放数据”下载，打印页面请用文末的“打印本页”。",
                "找不到：请看网站地图，或者用下面的联系方式告诉我们。",
            ),
        )),
    ),
)

ACCESSIBILITY = StartingText(
    slug="accessibility",
    title="无障碍说明",
    lead="不论年龄、视力和使用什么设备，都应当看得到、看得懂、用得了本栏。",
    parts=(
        ("我们做了什么", (
            "本栏按照《Web内容无障碍指南》（WCAG）2.2的AA级要求设计。",
            (
                "关怀版：点击页面上方的“关怀版”，文字和按钮放大，地址和内容与普通版相同。",
                "放大：网页放大到四倍，文字自动换行，不需要左右拖动。",
                "颜色：文字与底色对比清楚；状态除了颜色，还用文字和图形表示；跟随设备的深色模式和高对比度模式。",
                "键盘：不用鼠标，只用键盘也能完成全部操作，当前位置有明显的框线。",
                "读屏：页面有清晰的标题层次和“跳到正文”的链接，图片配有文字说明，表格标明行列。",
                "简单：没有弹窗、飘窗、滚动图片和自动播放；关闭脚本也能正常阅读、筛选和搜索。",
            ),
        )),
        ("还有哪些不足", (
            "附件由各单位提供，个别扫描件可能无法朗读。需要时请与我们联系，我们另行提供文字版本。",
        )),
        ("遇到困难怎么办", (
            "看不清、读不出、点不了，或者需要其他形式的材料，请用下面的联系方式告诉我们。请说明是哪一个页面、使用什么设备、遇到了什么问题，方便我们查找原因。",
        )),
    ),
)

PRIVACY = StartingText(
    slug="privacy",
    title="隐私说明",
    lead="阅读本栏不需要注册登录，我们不追踪读者。",
    parts=(
        ("阅读时", (
            (
                "浏览公开页面不需要提供姓名、电话等任何个人信息。",
                "公开页面不使用Cookie，也不加载其他网站的统计、广告或者字体；只有填写意见和参加群众评议的页面例外，见下文。",
                "选择“关怀版”后，这一选择只保存在您自己的浏览器里，不发送给我们。",
                "与所有网站一样，服务器在收到访问请求时会接触到访问者的网络地址。本系统的运行日志不记录读者的个人信息；服务器所在的政务网络可能依法留存访问日志，用于保障网络安全。",
            ),
        )),
        ("提意见和参加评议时", (
            (
                "不需要姓名、账号和电话。这两个页面使用一个Cookie，只用来确认表单是从本栏提交的，不含个人信息。",
                "为防止恶意刷屏，系统在内存中短时间统计同一网络地址的提交次数，地址经过不可逆处理，不与意见内容一起保存。",
                "自愿留下的联系方式只有办理意见的工作人员看得到，答复之后按期自动删除，不公开。",
                "意见公开前，手机号码、身份证号码、车牌号、住址等会被遮盖，并由工作人员逐条审核。",
                "查询码只显示一次，系统里保存的是无法还原的摘要，任何人都不能凭它知道您是谁。",
                "群众评议只记录选项和日期，不记录是谁填写的。",
            ),
        )),
        ("公开内容中的个人信息", (
            "本栏公开项目责任人等有关人员的姓名和职务，用于接受群众监督。身份证号码、手机号码、银行卡号不公开，照片中的拍摄位置不公开。",
            "认为公开的内容侵犯了您的个人信息权益的，请与我们联系。情况属实的，我们会及时更正或者删除。",
        )),
        ("工作人员登录", (
            "申报单位和工作人员登录后台时使用Cookie，仅用于确认身份和保障安全，退出登录后失效。",
        )),
        ("本说明的更新", (
            "如果处理方式有变化，我们会先修改本说明。页面末尾标有最后更新日期。",
        )),
    ),
)
# fmt: on

TEXTS = (ABOUT, ACCESSIBILITY, PRIVACY)
CATEGORIES = (
    ("work", "工作动态"),
    ("experience", "经验做法"),
    ("supervision", "督导通报"),
    ("policy", "政策解读"),
    ("media", "媒体关注"),
)


def body_of(text: StartingText, say: Callable[[str], str]) -> list[dict[str, str]]:
    """Return a starting text as the blocks of a body; it is written above, so nothing is escaped.

    Args:
        say: puts the names of the actors in their places; they have no marks that need to be escaped.
    """
    blocks = []
    for heading, parts in text.parts:
        blocks.append({"type": "heading", "value": heading})
        html = "".join(
            f"<p>{part}</p>"
            if isinstance(part, str)
            else "<ul>" + "".join(f"<li>{item}</li>" for item in part) + "</ul>"
            for part in parts
        )
        blocks.append({"type": "text", "value": say(html)})
    return blocks
