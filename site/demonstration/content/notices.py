"""The public notices of the demonstration; whom they list is read from the rows."""

from demonstration.content.column_shapes import NoticeText

# fmt: off
NOTICES: dict[str, NoticeText] = {text.key: text for text in (
    NoticeText(
        key="approved-2022",
        title="关于2022年度基层党建创新项目立项名单的公示",
        introduction=(
            "2022年度基层党建创新项目申报、初审和预评估工作已经结束。经各归口单位初审、区委组织部预评估并集体研究，拟对{approved}个项目予以立项。现将名单公示如下，接受党员群众监督。",
            "立项项目实行书记负责制，公示无异议后，由各项目党组织向社会公开承诺并组织实施。",
        ),
    ),
    NoticeText(
        key="grades-2022",
        title="关于2022年度基层党建创新项目考评等次的公示",
        introduction=(
            "根据2022年度基层党建创新项目考评办法，综合专家实地评分、日常了解、立项初评和中期党组织互评情况，{approved}个项目已评定等次，其中特等{special}个、一等{first}个、二等{second}个、三等{third}个。现予公示。",
            "公示期满无异议的，按等次计入组织工作考核加分，兑现奖补资金合计{award_total}万元。",
        ),
    ),
    NoticeText(
        key="first-batch",
        title="关于{year}年度基层党建创新项目首批先行立项名单的公示",
        introduction=(
            "为不误农时、学期等实施节点，对条件成熟的{year}年度申报项目先行评审。经初审、预评估和集体研究，拟对首批{first_batch}个项目先行立项，现予公示。",
            "其余申报继续按程序初审、预评估，申报截止时间仍为{closes}。",
        ),
    ),
    NoticeText(
        key="second-batch",
        title="关于{year}年度基层党建创新项目第二批先行立项名单的公示",
        introduction=(
            "经初审、预评估和会议研究，拟对{year}年度第二批{second_batch}个项目先行立项。现将名单公示如下，欢迎党员群众监督。",
            "申报工作仍在进行，未列入本批名单的申报不受影响。",
        ),
    ),
)}
# fmt: on
