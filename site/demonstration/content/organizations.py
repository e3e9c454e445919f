"""The 36 reporting units and the grassroots organisations under them; every person is invented."""

from demonstration.content.shapes import Organization, Person

# One organisation a line, so that the tree can be read as a list.
# fmt: off
UNITS: tuple[Organization, ...] = (
    Organization("chengdong", "城东街道党工委", "working_committee", "urban", "", Person("郭竹霞", "党工委书记")),
    Organization("chengnan", "城南街道党工委", "working_committee", "urban", "", Person("钱承澄", "党工委书记")),
    Organization("chengxi", "城西街道党工委", "working_committee", "urban", "", Person("梁怀渡", "党工委书记")),
    Organization("zhengyang", "正阳街道党工委", "working_committee", "urban", "", Person("邵启桐", "党工委书记")),
    Organization("zhoubai", "舟白街道党工委", "working_committee", "urban", "", Person("曹望麦", "党工委书记")),
    Organization("fengjia", "冯家街道党工委", "working_committee", "urban", "", Person("顾竹晨", "党工委书记")),
    Organization("zhuoshuizhen", "濯水镇党委", "party_committee", "rural", "", Person("郝远星", "党委书记")),
    Organization("shihui", "石会镇党委", "party_committee", "rural", "", Person("郑岭岚", "党委书记")),
    Organization("heixi", "黑溪镇党委", "party_committee", "rural", "", Person("田望山", "党委书记")),
    Organization("huangxi", "黄溪镇党委", "party_committee", "rural", "", Person("廖映柏", "党委书记")),
    Organization("lishui", "黎水镇党委", "party_committee", "rural", "", Person("龚禾舟", "党委书记")),
    Organization("jinxi", "金溪镇党委", "party_committee", "rural", "", Person("白怀竹", "党委书记")),
    Organization("mala", "马喇镇党委", "party_committee", "rural", "", Person("戴若泉", "党委书记")),
    Organization("line", "邻鄂镇党委", "party_committee", "rural", "", Person("段沐川", "党委书记")),
    Organization("shijia", "石家镇党委", "party_committee", "rural", "", Person("钟润晨", "党委书记")),
    Organization("apengjiangzhen", "阿蓬江镇党委", "party_committee", "rural", "", Person("赖远川", "党委书记")),
    Organization("echi", "鹅池镇党委", "party_committee", "rural", "", Person("庞若帆", "党委书记")),
    Organization("xiaonanhai", "小南海镇党委", "party_committee", "rural", "", Person("刘念星", "党委书记")),
    Organization("zhongtang", "中塘镇党委", "party_committee", "rural", "", Person("史守溪", "党委书记")),
    Organization("shaba", "沙坝镇党委", "party_committee", "rural", "", Person("方云澄", "党委书记")),
    Organization("baishi", "白石镇党委", "party_committee", "rural", "", Person("张映晨", "党委书记")),
    Organization("taiji", "太极镇党委", "party_committee", "rural", "", Person("夏守柏", "党委书记")),
    Organization("shuishizhen", "水市镇党委", "party_committee", "rural", "", Person("汤思稻", "党委书记")),
    Organization("wuli", "五里镇党委", "party_committee", "rural", "", Person("万清桥", "党委书记")),
    Organization("shanling", "杉岭乡党委", "party_committee", "rural", "", Person("何云帆", "党委书记")),
    Organization("shuitian", "水田乡党委", "party_committee", "rural", "", Person("蒋润兰", "党委书记")),
    Organization("baitu", "白土乡党委", "party_committee", "rural", "", Person("常启禾", "党委书记")),
    Organization("jindong", "金洞乡党委", "party_committee", "rural", "", Person("李秋兰", "党委书记")),
    Organization("xinhua", "新华乡党委", "party_committee", "rural", "", Person("向润安", "党委书记")),
    Organization("pengdong", "蓬东乡党委", "party_committee", "rural", "", Person("陈向星", "党委书记")),
    Organization("jiguan", "区级机关工委", "working_committee", "government", "", Person("姜若柏", "工委书记")),
    Organization("jiaoyu", "区教育工委", "working_committee", "school", "", Person("尹向和", "工委书记")),
    Organization("weijian", "区卫生健康委党委", "party_committee", "hospital", "", Person("陆秋晨", "党委书记")),
    Organization("guozi", "区国资委党委", "party_committee", "state_owned", "", Person("潘向兰", "党委书记")),
    Organization("liangxin", "区“两新”工委", "working_committee", "non_public", "", Person("谭望安", "工委书记")),
    Organization("yuanqu", "正阳工业园区党工委", "working_committee", "non_public", "", Person("冉映帆", "党工委书记")),
)

GRASSROOTS: tuple[Organization, ...] = (
    # 城东街道党工委
    Organization("shicheng", "城东街道石城社区党委", "party_committee", "urban", "chengdong", Person("周秋荷", "党委书记、居委会主任")),
    Organization("wenhui", "城东街道文汇社区党委", "party_committee", "urban", "chengdong", Person("肖若霞", "党委书记、居委会主任")),
    Organization("xiaba", "城东街道下坝社区党总支", "general_branch", "urban", "chengdong", Person("崔望荷", "党总支书记、居委会主任")),
    Organization("guanba", "城东街道官坝社区党支部", "branch", "urban", "chengdong", Person("朱思麦", "党支部书记、居委会主任")),
    # 城南街道党工委
    Organization("nanhaicheng", "城南街道南海城社区党委", "party_committee", "urban", "chengnan", Person("余承星", "党委书记、居委会主任")),
    Organization("lijiaxi", "城南街道李家溪社区党支部", "branch", "urban", "chengnan", Person("范思渡", "党支部书记、居委会主任")),
    Organization("qingping", "城南街道青坪社区党支部", "branch", "urban", "chengnan", Person("蔡承稻", "党支部书记、居委会主任")),
    # 城西街道党工委
    Organization("xishan", "城西街道西山社区党委", "party_committee", "urban", "chengxi", Person("王润溪", "党委书记、居委会主任")),
    Organization("dashizi", "城西街道大十字社区党委", "party_committee", "urban", "chengxi", Person("孙禾兰", "党委书记、居委会主任")),
    Organization("yangliu", "城西街道杨柳社区党总支", "general_branch", "urban", "chengxi", Person("乔听竹", "党总支书记、居委会主任")),
    # 正阳街道党工委
    Organization("qunli", "正阳街道群力社区党总支", "general_branch", "urban", "zhengyang", Person("唐秋柏", "党总支书记、居委会主任")),
    Organization("tongping", "正阳街道桐坪社区党支部", "branch", "urban", "zhengyang", Person("彭禾溪", "党支部书记、居委会主任")),
    Organization("tuanjie", "正阳街道团结社区党支部", "branch", "urban", "zhengyang", Person("马启桥", "党支部书记、居委会主任")),
    # 舟白街道党工委
    Organization("xianba", "舟白街道县坝社区党总支", "general_branch", "urban", "zhoubai", Person("侯景泉", "党总支书记、居委会主任")),
    Organization("ludong", "舟白街道路东社区党支部", "branch", "urban", "zhoubai", Person("熊清松", "党支部书记、居委会主任")),
    Organization("jichang", "舟白街道机场社区党支部", "branch", "urban", "zhoubai", Person("谢承宁", "党支部书记、居委会主任")),
    # 冯家街道党工委
    Organization("guihua", "冯家街道桂花社区党总支", "general_branch", "urban", "fengjia", Person("宋云荷", "党总支书记、居委会主任")),
    Organization("yutan", "冯家街道渔滩社区党支部", "branch", "urban", "fengjia", Person("石友麦", "党支部书记、居委会主任")),
    Organization("zhaizi", "冯家街道寨子社区党支部", "branch", "rural", "fengjia", Person("胡望柏", "党支部书记、居委会主任")),
    Organization("zhaoyao", "冯家街道照耀社区党支部", "branch", "rural", "fengjia", Person("罗念竹", "党支部书记、居委会主任")),
    # 濯水镇党委
    Organization("zhuoshui", "濯水镇濯水社区党总支", "general_branch", "rural", "zhuoshuizhen", Person("雷远霞", "党总支书记、居委会主任")),
    Organization("shuanglong", "濯水镇双龙村党支部", "branch", "rural", "zhuoshuizhen", Person("徐友桐", "党支部书记、村委会主任")),
    Organization("sanmen", "濯水镇三门村党支部", "branch", "rural", "zhuoshuizhen", Person("任念安", "党支部书记、村委会主任")),
    # 石会镇党委
    Organization("zhongyuan", "石会镇中元村党支部", "branch", "rural", "shihui", Person("贺远岚", "党支部书记、村委会主任")),
    Organization("huixi", "石会镇会西村党支部", "branch", "rural", "shihui", Person("汪远舟", "党支部书记、村委会主任")),
    # 黑溪镇党委
    Organization("shengdi", "黑溪镇胜地社区党支部", "branch", "rural", "heixi", Person("杜友霞", "党支部书记、居委会主任")),
    Organization("guangming", "黑溪镇光明村党支部", "branch", "rural", "heixi", Person("黎若山", "党支部书记、村委会主任")),
    # 黄溪镇党委
    Organization("gonghe", "黄溪镇共和村党支部", "branch", "rural", "huangxi", Person("黄景宁", "党支部书记、村委会主任")),
    Organization("tanghe", "黄溪镇塘河村党支部", "branch", "rural", "huangxi", Person("许云渡", "党支部书记、村委会主任")),
    # 黎水镇党委
    Organization("zhuyuan", "黎水镇竹园村党支部", "branch", "rural", "lishui", Person("曾向霞", "党支部书记、村委会主任")),
    Organization("xintian", "黎水镇新田村党支部", "branch", "rural", "lishui", Person("邹清麦", "党支部书记、村委会主任")),
    # 金溪镇党委
    Organization("wangling", "金溪镇望岭村党支部", "branch", "rural", "jinxi", Person("姚念帆", "党支部书记、村委会主任")),
    Organization("changchun", "金溪镇长春村党支部", "branch", "rural", "jinxi", Person("吴润桐", "党支部书记、村委会主任")),
    Organization("shanao", "金溪镇山坳村党支部", "branch", "rural", "jinxi", Person("杨知荷", "党支部书记、村委会主任")),
    # 马喇镇党委
    Organization("guanzhuang", "马喇镇官庄村党支部", "branch", "rural", "mala", Person("冯映田", "党支部书记、村委会主任")),
    Organization("xiaowan", "马喇镇小万村党支部", "branch", "rural", "mala", Person("秦知竹", "党支部书记、村委会主任")),
    Organization("yinhe", "马喇镇印合村党支部", "branch", "rural", "mala", Person("孟怀宁", "党支部书记、村委会主任")),
    Organization("shanshu", "马喇镇杉树村党支部", "branch", "rural", "mala", Person("郭映松", "党支部书记、村委会主任")),
    # 邻鄂镇党委
    Organization("songlin", "邻鄂镇松林村党支部", "branch", "rural", "line", Person("钱望霞", "党支部书记、村委会主任")),
    Organization("aizi", "邻鄂镇艾子村党支部", "branch", "rural", "line", Person("梁向泉", "党支部书记、村委会主任")),
    # 石家镇党委
    Organization("shenba", "石家镇渗坝村党支部", "branch", "rural", "shijia", Person("邵怀星", "党支部书记、村委会主任")),
    Organization("guankou", "石家镇关口村党支部", "branch", "rural", "shijia", Person("曹若舟", "党支部书记、村委会主任")),
    # 阿蓬江镇党委
    Organization("apengjiang", "阿蓬江镇机关党总支", "general_branch", "rural", "apengjiangzhen", Person("顾怀松", "党总支书记")),
    Organization("daping", "阿蓬江镇大坪村党支部", "branch", "rural", "apengjiangzhen", Person("郝若月", "党支部书记、村委会主任")),
    Organization("gaoqi", "阿蓬江镇高碛社区党支部", "branch", "rural", "apengjiangzhen", Person("郑景月", "党支部书记、居委会主任")),
    # 鹅池镇党委
    Organization("nanxi", "鹅池镇南溪村党支部", "branch", "rural", "echi", Person("田沐竹", "党支部书记、村委会主任")),
    Organization("xuetang", "鹅池镇学堂村党支部", "branch", "rural", "echi", Person("廖启泉", "党支部书记、村委会主任")),
    # 小南海镇党委
    Organization("xinjian", "小南海镇新建村党支部", "branch", "rural", "xiaonanhai", Person("龚沐晨", "党支部书记、村委会主任")),
    Organization("jingzhu", "小南海镇荆竹村党支部", "branch", "rural", "xiaonanhai", Person("白怀月", "党支部书记、村委会主任")),
    Organization("qiaoliang", "小南海镇桥梁村党支部", "branch", "rural", "xiaonanhai", Person("戴清田", "党支部书记、村委会主任")),
    # 中塘镇党委
    Organization("xingquan", "中塘镇兴泉社区党支部", "branch", "rural", "zhongtang", Person("段岭澄", "党支部书记、居委会主任")),
    Organization("shuangshi", "中塘镇双石村党支部", "branch", "rural", "zhongtang", Person("钟岭田", "党支部书记、村委会主任")),
    Organization("yingxin", "中塘镇迎新村党支部", "branch", "rural", "zhongtang", Person("赖远兰", "党支部书记、村委会主任")),
    # 沙坝镇党委
    Organization("santai", "沙坝镇三台村党支部", "branch", "rural", "shaba", Person("庞望稻", "党支部书记、村委会主任")),
    Organization("muliang", "沙坝镇木良村党支部", "branch", "rural", "shaba", Person("刘岭安", "党支部书记、村委会主任")),
    # 白石镇党委
    Organization("zhonghe", "白石镇中河社区党总支", "general_branch", "rural", "baishi", Person("史溪月", "党总支书记、居委会主任")),
    Organization("fengshan", "白石镇凤山村党支部", "branch", "rural", "baishi", Person("方启舟", "党支部书记、村委会主任")),
    # 太极镇党委
    Organization("lizi", "太极镇李子村党支部", "branch", "rural", "taiji", Person("张清岚", "党支部书记、村委会主任")),
    Organization("luzi", "太极镇鹿子村党支部", "branch", "rural", "taiji", Person("夏念月", "党支部书记、村委会主任")),
    Organization("taihe", "太极镇太河村党支部", "branch", "rural", "taiji", Person("汤竹星", "党支部书记、村委会主任")),
    # 水市镇党委
    Organization("qinggang", "水市镇青杠村党支部", "branch", "rural", "shuishizhen", Person("万望川", "党支部书记、村委会主任")),
    Organization("shuishi", "水市镇水市社区党支部", "branch", "rural", "shuishizhen", Person("何秋舟", "党支部书记、居委会主任")),
    Organization("shuishijg", "水市镇机关党支部", "branch", "government", "shuishizhen", Person("蒋景溪", "党支部书记")),
    # 五里镇党委
    Organization("wufu", "五里镇五福村党支部", "branch", "rural", "wuli", Person("常竹岚", "党支部书记、村委会主任")),
    Organization("hujia", "五里镇胡家村党支部", "branch", "rural", "wuli", Person("李启宁", "党支部书记、村委会主任")),
    # 杉岭乡党委
    Organization("linfeng", "杉岭乡林峰村党支部", "branch", "rural", "shanling", Person("向岭山", "党支部书记、村委会主任")),
    Organization("fengmu", "杉岭乡枫木村党支部", "branch", "rural", "shanling", Person("陈思霞", "党支部书记、村委会主任")),
    # 水田乡党委
    Organization("shilang", "水田乡石郎村党支部", "branch", "rural", "shuitian", Person("姜听泉", "党支部书记、村委会主任")),
    Organization("longqiao", "水田乡龙桥村党支部", "branch", "rural", "shuitian", Person("尹映和", "党支部书记、村委会主任")),
    # 白土乡党委
    Organization("santang", "白土乡三塘村党支部", "branch", "rural", "baitu", Person("陆溪耘", "党支部书记、村委会主任")),
    Organization("liangdong", "白土乡凉洞村党支部", "branch", "rural", "baitu", Person("潘知渡", "党支部书记、村委会主任")),
    # 金洞乡党委
    Organization("fengtai", "金洞乡凤台村党支部", "branch", "rural", "jindong", Person("谭知耘", "党支部书记、村委会主任")),
    Organization("yangjia", "金洞乡杨家村党支部", "branch", "rural", "jindong", Person("冉远麦", "党支部书记、村委会主任")),
    # 新华乡党委
    Organization("lizicun", "新华乡梨子村党支部", "branch", "rural", "xinhua", Person("周沐月", "党支部书记、村委会主任")),
    Organization("datian", "新华乡大田村党支部", "branch", "rural", "xinhua", Person("肖守兰", "党支部书记、村委会主任")),
    # 蓬东乡党委
    Organization("matian", "蓬东乡麻田村党支部", "branch", "rural", "pengdong", Person("崔望耘", "党支部书记、村委会主任")),
    Organization("pengbo", "蓬东乡蓬勃村党支部", "branch", "rural", "pengdong", Person("朱润柏", "党支部书记、村委会主任")),
    Organization("pengdongjg", "蓬东乡机关党支部", "branch", "government", "pengdong", Person("余知麦", "党支部书记")),
    # 区级机关工委
    Organization("shichangjg", "区市场监管局机关二支部", "branch", "government", "jiguan", Person("范清舟", "党支部书记")),
    Organization("zhengwu", "区政务服务中心党支部", "branch", "government", "jiguan", Person("蔡怀桐", "党支部书记")),
    Organization("tuanqu", "团区委机关党支部", "branch", "government", "jiguan", Person("王友溪", "党支部书记")),
    Organization("shuiwu1", "区税务局第一税务所党支部", "branch", "government", "jiguan", Person("孙念桐", "党支部书记")),
    Organization("fayuan", "区法院立案庭党支部", "branch", "government", "jiguan", Person("乔秋星", "党支部书记")),
    Organization("jiancha", "区检察院第二检察部党支部", "branch", "government", "jiguan", Person("唐思月", "党支部书记")),
    Organization("sifa", "区司法局机关党支部", "branch", "government", "jiguan", Person("彭思星", "党支部书记")),
    Organization("renshe", "区人力社保局就业党支部", "branch", "government", "jiguan", Person("马望桥", "党支部书记")),
    Organization("minzheng", "区民政局机关党支部", "branch", "government", "jiguan", Person("侯望田", "党支部书记")),
    Organization("nongwei", "区农业农村委产业党支部", "branch", "government", "jiguan", Person("熊承桥", "党支部书记")),
    Organization("wenlv", "区文化旅游委机关第一党支部", "branch", "government", "jiguan", Person("谢望星", "党支部书记")),
    Organization("huanjing", "区生态环境局机关党支部", "branch", "government", "jiguan", Person("宋景岚", "党支部书记")),
    Organization("linye", "区林业局机关党支部", "branch", "government", "jiguan", Person("石望溪", "党支部书记")),
    Organization("caizheng", "区财政局机关党支部", "branch", "government", "jiguan", Person("胡启星", "党支部书记")),
    Organization("zhujian", "区住房城乡建委机关党支部", "branch", "government", "jiguan", Person("罗怀泉", "党支部书记")),
    Organization("jiaotong", "区交通局公路养护党支部", "branch", "government", "jiguan", Person("雷知桥", "党支部书记")),
    Organization("jiaoxun", "区公安局交巡警支队党支部", "branch", "government", "jiguan", Person("徐向安", "党支部书记")),
    Organization("yingji", "区应急局机关党支部", "branch", "government", "jiguan", Person("任映竹", "党支部书记")),
    Organization("dangan", "区档案馆党支部", "branch", "government", "jiguan", Person("贺若川", "党支部书记")),
    Organization("xinfang", "区信访办机关党支部", "branch", "government", "jiguan", Person("汪秋和", "党支部书记")),
    Organization("gongxiao", "区供销合作社机关党支部", "branch", "government", "jiguan", Person("杜远渡", "党支部书记")),
    Organization("rongmei", "区融媒体中心党总支", "general_branch", "government", "jiguan", Person("黎远松", "党总支书记")),
    Organization("wenlian", "区文联党组", "leading_group", "government", "jiguan", Person("黄启松", "党组书记")),
    Organization("canlian", "区残联党组", "leading_group", "government", "jiguan", Person("许沐松", "党组书记")),
    # 区教育工委
    Organization("qzhong", "黔江中学党委", "party_committee", "school", "jiaoyu", Person("曾沐桥", "党委书记")),
    Organization("minzhong", "黔江民族中学党委", "party_committee", "school", "jiaoyu", Person("邹润荷", "党委书记")),
    Organization("xinhuazhong", "新华中学党总支", "general_branch", "school", "jiaoyu", Person("姚承渡", "党总支书记")),
    Organization("renminzhong", "人民中学党委", "party_committee", "school", "jiaoyu", Person("吴知澄", "党委书记")),
    Organization("shiyan", "实验小学党支部", "branch", "school", "jiaoyu", Person("杨润川", "党支部书记、校长")),
    Organization("chengxixiao", "城西小学党支部", "branch", "school", "jiaoyu", Person("冯秋帆", "党支部书记、校长")),
    Organization("zhouxiao", "舟白小学党支部", "branch", "school", "jiaoyu", Person("秦若荷", "党支部书记、校长")),
    Organization("zhuoxiao", "濯水小学党支部", "branch", "school", "jiaoyu", Person("孟云宁", "党支部书记、校长")),
    Organization("minzuxiao", "民族小学党支部", "branch", "school", "jiaoyu", Person("郭映川", "党支部书记、校长")),
    Organization("zhijiao", "区职业教育中心党支部", "branch", "school", "jiaoyu", Person("钱禾耘", "党支部书记、校长")),
    Organization("tejiao", "区特殊教育学校党支部", "branch", "school", "jiaoyu", Person("梁秋麦", "党支部书记、校长")),
    Organization("shihuizhong", "石会中学党支部", "branch", "school", "jiaoyu", Person("邵远耘", "党支部书记、校长")),
    Organization("malaxiao", "马喇小学党支部", "branch", "school", "jiaoyu", Person("曹禾山", "党支部书记、校长")),
    Organization("echizhong", "鹅池中学党支部", "branch", "school", "jiaoyu", Person("顾景渡", "党支部书记、校长")),
    # 区卫生健康委党委
    Organization("zhongyiyuan", "区中医院党委", "party_committee", "hospital", "weijian", Person("郝友桥", "党委书记")),
    Organization("zhongxinyuan", "区中心医院急诊党支部", "branch", "hospital", "weijian", Person("郑禾星", "党支部书记")),
    Organization("fuyou", "区妇幼保健院党支部", "branch", "hospital", "weijian", Person("田清川", "党支部书记、院长")),
    Organization("chengdongwei", "城东社区卫生服务中心党支部", "branch", "hospital", "weijian", Person("廖若桥", "党支部书记、主任")),
    Organization("shihuiyuan", "石会镇中心卫生院党支部", "branch", "hospital", "weijian", Person("龚听溪", "党支部书记、院长")),
    Organization("jingwei", "区精神卫生中心党支部", "branch", "hospital", "weijian", Person("白怀柏", "党支部书记、主任")),
    Organization("jikong", "区疾控中心党支部", "branch", "hospital", "weijian", Person("戴念荷", "党支部书记、主任")),
    Organization("zhuowei", "濯水镇中心卫生院党支部", "branch", "hospital", "weijian", Person("段守山", "党支部书记、院长")),
    Organization("heixiyuan", "黑溪镇卫生院党支部", "branch", "hospital", "weijian", Person("钟云舟", "党支部书记、院长")),
    # 区国资委党委
    Organization("juanyan", "黔江卷烟厂党委", "party_committee", "state_owned", "guozi", Person("赖守川", "党委书记")),
    Organization("shuiwuji", "区水务集团供水党支部", "branch", "state_owned", "guozi", Person("庞思禾", "党支部书记")),
    Organization("gongjiao3", "区公交公司第三车队党支部", "branch", "state_owned", "guozi", Person("刘若松", "党支部书记")),
    Organization("gongdian", "城区供电所党支部", "branch", "state_owned", "guozi", Person("史望舟", "党支部书记")),
    Organization("lvtou", "区旅投集团景区党支部", "branch", "state_owned", "guozi", Person("方启兰", "党支部书记")),
    Organization("ranqi", "区燃气公司安检党支部", "branch", "state_owned", "guozi", Person("张溪禾", "党支部书记")),
    Organization("chengtou", "区城投集团党委", "party_committee", "state_owned", "guozi", Person("夏怀兰", "党委书记")),
    Organization("nongtou", "区农投集团仓储党支部", "branch", "state_owned", "guozi", Person("汤云松", "党支部书记")),
    Organization("liangyou", "区粮油公司党支部", "branch", "state_owned", "guozi", Person("万承桐", "党支部书记")),
    Organization("huanwei", "区环卫公司党支部", "branch", "state_owned", "guozi", Person("何知晨", "党支部书记")),
    Organization("youzheng", "区邮政投递党支部", "branch", "state_owned", "guozi", Person("蒋秋禾", "党支部书记")),
    Organization("linchang", "区国有林场党支部", "branch", "state_owned", "guozi", Person("常听岚", "党支部书记")),
    # 区“两新”工委
    Organization("kuaidi", "区快递行业党委", "party_committee", "non_public", "liangxin", Person("李禾荷", "党委书记")),
    Organization("geti", "区个体私营协会古镇党支部", "branch", "non_public", "liangxin", Person("向沐宁", "党支部书记")),
    Organization("lvsuo", "律师事务所联合党支部", "branch", "non_public", "liangxin", Person("陈怀田", "党支部书记")),
    Organization("dianshang", "区电子商务协会党支部", "branch", "non_public", "liangxin", Person("姜溪松", "党支部书记")),
    Organization("chuzu", "区出租汽车协会党支部", "branch", "non_public", "liangxin", Person("尹润澄", "党支部书记")),
    Organization("yanglao", "夕照养老院党支部", "branch", "non_public", "liangxin", Person("陆知安", "党支部书记")),
    Organization("wuye", "区物业服务行业党委", "party_committee", "non_public", "liangxin", Person("潘向稻", "党委书记")),
    Organization("jianzhu", "同筑建筑劳务公司党支部", "branch", "non_public", "liangxin", Person("谭景桥", "党支部书记")),
    Organization("baobei", "区家政服务协会党支部", "branch", "non_public", "liangxin", Person("冉若田", "党支部书记")),
    # 正阳工业园区党工委
    Organization("silu", "武陵丝语纺织公司党支部", "branch", "non_public", "yuanqu", Person("周怀晨", "党支部书记")),
    Organization("qianshanhe", "黔山禾食品公司党支部", "branch", "non_public", "yuanqu", Person("肖润麦", "党支部书记")),
    Organization("jingcai", "正阳晶材公司党支部", "branch", "non_public", "yuanqu", Person("崔岭竹", "党支部书记")),
    Organization("jingmi", "渝东南精铸公司党支部", "branch", "non_public", "yuanqu", Person("朱清竹", "党支部书记")),
    Organization("wuliu", "园区物流企业联合党支部", "branch", "non_public", "yuanqu", Person("余怀岚", "党支部书记")),
)
# fmt: on

ORGANIZATIONS: tuple[Organization, ...] = UNITS + GRASSROOTS
