"""The rules of the programme year 2022, as the demonstration plays it.

Counts and the total of the award money (348,000 yuan) are the published ones; how the money divides
by grade, the weights and the points are the demonstration's own.
"""

from demonstration.content.shapes import (
    Criterion,
    CycleRules,
    GradeClass,
    ReviewComponent,
    Topic,
    TopicGuidance,
)

TOPICS: tuple[Topic, ...] = (
    Topic("six_actions", "深化基层党建“六项行动”"),
    Topic("demonstration", "“百千万”示范培育"),
    Topic("joining_circles", "融圈入群"),
    Topic("rural_revitalisation", "乡村振兴"),
    Topic("grassroots_governance", "基层治理"),
    Topic("party_education", "党建育人"),
    Topic("party_medical_care", "党建促医"),
    Topic("enterprise_development", "党建强企"),
)

# fmt: off
TOPIC_GUIDANCE: tuple[TopicGuidance, ...] = (
    TopicGuidance("rural", "six_actions", "围绕农村党员教育管理、流动党员联系和组织生活质量，选一个最薄弱的环节集中突破。"),
    TopicGuidance("rural", "demonstration", "挖掘本地红色资源和先进典型，培育看得见、学得会的示范支部。"),
    TopicGuidance("rural", "joining_circles", "依托院落、产业和乡情纽带，把党的工作融入群众的日常往来。"),
    TopicGuidance("rural", "rural_revitalisation", "以党组织领办、联建、带动为抓手，在壮大集体经济、联农带农上形成可算账的成效。"),
    TopicGuidance("rural", "grassroots_governance", "从议事、调解、公益、移风易俗等小事切入，完善党组织领导的乡村治理办法。"),
    TopicGuidance("urban", "six_actions", "针对社区党员作用发挥、在职党员报到和组织生活，提出居民可感的改进举措。"),
    TopicGuidance("urban", "demonstration", "打造服务功能完善、居民认可的社区党组织，总结可供其他社区借鉴的做法。"),
    TopicGuidance("urban", "joining_circles", "联系商圈、楼宇和新就业群体，推动需求、资源、服务在网格内对接。"),
    TopicGuidance("urban", "grassroots_governance", "聚焦停车、物业、楼道、一老一小等具体难题，健全党建引领网格治理机制。"),
    TopicGuidance("government", "six_actions", "破解机关党建与业务“两张皮”，让党员在服务窗口和基层一线发挥作用。"),
    TopicGuidance("government", "demonstration", "结合部门职能培育模范机关示范点，以群众评价检验成效。"),
    TopicGuidance("government", "joining_circles", "主动联系服务对象聚集的场所和群体，把组织活动办到群众中间。"),
    TopicGuidance("government", "rural_revitalisation", "发挥部门专长，组织机关党员下沉帮带，为农村产业和人才补短板。"),
    TopicGuidance("government", "grassroots_governance", "推动审批、执法、法律、救助等力量下沉，在基层解决群众急难愁盼。"),
    TopicGuidance("state_owned", "six_actions", "把党员责任区、示范岗落到班组和现场，解决服务质量与安全中的实际问题。"),
    TopicGuidance("state_owned", "demonstration", "总结生产经营中的支部工作法，培育可推广的国企党建品牌。"),
    TopicGuidance("state_owned", "joining_circles", "打开围墙与属地共建共享，服务职工、户外劳动者和周边群众。"),
    TopicGuidance("state_owned", "rural_revitalisation", "利用企业网络和技术，面向农村提供稳定可持续的帮扶服务。"),
    TopicGuidance("state_owned", "grassroots_governance", "发挥水、电、气、运等民生企业优势，参与社区安全和隐患治理。"),
    TopicGuidance("state_owned", "enterprise_development", "围绕重点工程和经营难题开展党员攻关，以成效体现组织力。"),
    TopicGuidance("school", "six_actions", "理顺学校党组织领导作用，解决教师党员组织生活和师德建设中的短板。"),
    TopicGuidance("school", "demonstration", "结合校园文化和地方传统，培育有辨识度的育人示范项目。"),
    TopicGuidance("school", "party_education", "从学生成长中的真问题出发，探索党员教师育人的新方式。"),
    TopicGuidance("hospital", "six_actions", "推动支部建在科室、作用显在岗位，改进窗口和病区服务。"),
    TopicGuidance("hospital", "party_medical_care", "以党员带动优化就医体验，促进优质医疗力量向基层延伸。"),
    TopicGuidance("non_public", "joining_circles", "扩大新业态、新就业群体的组织覆盖，办好他们最急需的小事。"),
    TopicGuidance("non_public", "enterprise_development", "围绕质量、用工、创新等企业难题，体现党组织和党员的实质作用。"),
    TopicGuidance("non_public", "rural_revitalisation", "发挥市场主体优势，帮助农户解决销路、标准和品牌问题。"),
    TopicGuidance("non_public", "grassroots_governance", "引导行业协会和社会组织党组织参与法律、养老、物业等基层服务。"),
)

INITIAL_RATING: tuple[Criterion, ...] = (
    Criterion("precision", "选题精准度", 30, "难题找得准，切口小，群众有感受。"),
    Criterion("distinctiveness", "特色辨识度", 25, "有本地、本行业特点，与既有做法区别明显。"),
    Criterion("feasibility", "方案可行性", 25, "步骤、目标、时限、责任具体，条件已具备。"),
    Criterion("spread", "推广价值", 20, "办法简便，其他党组织学得会、用得上。"),
)

EXPERT_CRITERIA: tuple[Criterion, ...] = (
    Criterion("progress", "项目推进情况", 30, "承诺事项逐项兑现，过程资料真实完整。"),
    Criterion("distinctiveness", "辨识度", 30, "做法独特，群众说得出、记得住。"),
    Criterion("effect", "破解党建难题成效", 40, "对照立项时的难题，变化看得见、可检验。"),
)
# fmt: on

CYCLE_2022 = CycleRules(
    year=2022,
    name="2022年度基层党建创新项目",
    window_opens="2022-03-01",
    window_closes="2022-03-31",
    implementation_ends="2022-12-31",
    peer_review=("2022-07-11", "2022-07-22"),
    year_end_review=("2022-12-26", "2023-01-06"),
    announcement="2023-01-16",
    approval_quota=64,
    supervision=(
        ("dispatch", "调度会", 4),
        ("site_supervision", "实地督导", 4),
        ("feedback_notice", "反馈通报", 4),
        ("observation", "实地观摩", 2),
    ),
    criteria=INITIAL_RATING,
    grades=(
        GradeClass("special", "特等", 1, "2.0", 30_000),
        GradeClass("first", "一等", 12, "1.5", 10_000),
        GradeClass("second", "二等", 32, "1.0", 5_000),
        GradeClass("third", "三等", 19, "0.5", 2_000),
    ),
    components=(
        ReviewComponent("expert_score", "专家实地评分", 50),
        ReviewComponent("daily_knowledge", "日常了解", 20),
        ReviewComponent("initial_rating", "立项初评", 10),
        ReviewComponent("peer_review", "中期党组织互评", 20),
    ),
)
