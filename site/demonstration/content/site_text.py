"""What head and foot of the demonstration's pages say; all of it is a sample and says so."""

from demonstration.content.column_shapes import SiteText

SITE = SiteText(
    tagline="承诺公开、进度公开、结果公开",
    description="基层党建创新项目公开栏（示例）：查看各级党组织的创新项目、公开承诺、进展和考评结果，并提出意见。",
    host="中共黔江区委（示例）",
    organizer="区委组织部（示例）",
    contact="023-79220000（示例）",
    address="重庆市黔江区某街道某路1号（示例）",
    domain="example.gov.cn",
    site_code="示例0000000001",
    icp_number="渝ICP备00000000号（示例）",
    police_number="渝公网安备 00000000000000号（示例）",
    objection_office="区委组织部组织一科（示例）",
    objection_phone="023-79220000（示例）",
    objection_address="重庆市黔江区某街道某路1号区委组织部组织一科（示例）",
    objection_form="以书面形式实名反映，写明事实和依据；以单位名义反映的，应当加盖公章。",
)
