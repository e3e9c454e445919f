"""Words that a new site joins: how people say what offices write; editors go on from there in the CMS."""

from typing import Any

from search.models import Synonym

# fmt: off
WORDS = (
    "老人 老年人 老年 养老 高龄", "独居老人 空巢老人 孤寡老人", "孩子 儿童 小孩 娃娃", "残疾人 残障 听障 视障",
    "孕妇 产妇", "困难家庭 困难群众 低保户", "农民工 务工人员 零工 打工", "欠薪 讨薪 工钱 工资 薪水",
    "快递员 快递小哥 外卖员 骑手", "志愿者 义工 志愿服务", "网格员 网格长", "村干部 村支书 村主任", "书记 支书",
    "营业执照 执照 办照", "停水 断水 供水", "停电 断电 供电", "天然气 燃气 煤气", "电梯 升降机", "水管 管道",
    "血压高 高血压", "血糖高 糖尿病", "看病 就医 就诊", "医生 大夫 医师", "坐诊 出诊 义诊", "中药 中草药 药材",
    "打官司 诉讼 起诉", "纠纷 矛盾 调解", "投诉 举报 反映问题", "提意见 提建议 留言", "投票 表决",
    "公交车 公交 公共汽车", "停车 车位 停车场", "修路 养路 护路", "公路 道路 马路", "暑假 暑期", "托管 看护 课后服务",
    "培训 训练 培训班", "特产 土特产 土货 农产品", "农机 农具", "养蚕 蚕桑", "旅游 景区 游客", "搬迁 易地搬迁 搬家",
    "奖金 奖补资金 奖励资金", "名单 名册", "公示 公告 公布", "逾期 超期 过期", "进度 进展", "答复 回复 回应",
)
# fmt: on


def plant_words(**kwargs: Any) -> None:
    """Join the words; nothing once editors have any of their own."""
    if not Synonym.objects.exists():
        Synonym.objects.bulk_create(Synonym(words=words) for words in WORDS)
