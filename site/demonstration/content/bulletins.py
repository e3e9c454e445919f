"""The words around the figures of the three bulletins of 2022; invented, and they say so. Figures come from the rows."""

from dataclasses import dataclass

#: Stands at the end of each bulletin.
NOTE = "（本通报为示例：数据由系统根据演示记录汇总，文字为虚构。）"


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinText:
    """What the task force writes before and after the figures of a quarter."""

    quarter: int
    opening: tuple[str, ...]
    heading: str
    body: tuple[str, ...]


BULLETINS = (
    BulletinText(
        quarter=2,
        opening=(
            (
                "第二季度，各项目单位完成立项，公开承诺并全面启动实施。工作专班会同归口单位，逐个项目开展调度和实地督导，"
                "重点看承诺是否上墙、责任是否到人、第一步是否迈出。"
            ),
        ),
        heading="下一步工作要求",
        body=(
            "一要把承诺抓在手上。党组织书记每月至少研究一次项目推进，对照实施步骤逐项销账，佐证材料随做随存。",
            "二要把问题改到位。对通报的问题，实施单位要在期限内报告整改情况，归口单位要帮助协调，不搞文字整改。",
            "三要把群众请进来。公开栏要放在群众看得到的地方，进展有变化及时更新，听取群众意见要有回音。",
        ),
    ),
    BulletinText(
        quarter=3,
        opening=(
            (
                "第三季度，各项目进入集中攻坚阶段。工作专班组织实地督导，结合中期互评，对上季度通报的问题逐项“回头看”，"
                "整改完成一项、核查一项、销号一项。"
            ),
        ),
        heading="下一步工作要求",
        body=(
            "一要盯住到期承诺。距离年终考评不足一个季度，尚未兑现的承诺要倒排时间，一项一策，确有困难的按程序申请调整并公开理由。",
            "二要用好互评成果。学习借鉴通报中的好做法，把别人的招数变成自己的办法，不比材料比实效。",
            "三要防止前紧后松。上季度已经销号的问题不得反弹，工作专班将随机复查。",
        ),
    ),
    BulletinText(
        quarter=4,
        opening=(
            (
                "第四季度，各项目围绕公开承诺收官见效，陆续提交成果。工作专班完成全年督导和实地观摩，对尚未销号的问题挂账管理，"
                "督促到底。"
            ),
        ),
        heading="下一步工作要求",
        body=(
            "一要善始善终。未销号的问题不因年度结束而免除，实施单位要继续整改，归口单位跟踪到销号为止。",
            "二要总结提炼。把行之有效的做法固化为制度，形成可复制、可推广的案例，为下一年度立项打基础。",
            "三要持续公开。成果、考评结果和整改情况继续在公开栏公布，接受群众监督。",
        ),
    ),
)
