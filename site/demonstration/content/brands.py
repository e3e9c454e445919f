"""The six brands of the demonstration; their names come from public reports."""

from demonstration.content.column_shapes import BrandText
from demonstration.content.shapes import REPORTED

# fmt: off
BRANDS: tuple[BrandText, ...] = (
    BrandText(
        key="dangjianhong", organization="shichangjg", projects=("shichangjg-2022",),
        name="党建红", slogan="办一户、联一户、帮一户",
        summary="市场监管党员带着登记窗口下乡，把营业执照办到家门口。",
        scene="market", promoted=True, source=REPORTED,
        origin="小商小贩最怕两件事，进城跑手续和不知道该问谁。区市场监管局机关二支部把登记窗口装进一只折叠箱，红马甲亮身份，红本子记难题，红印泥当场办，群众顺口叫它“党建红”。",
        practice="九个服务片逢场出摊、预约上门，办完执照不算完，每户经营者都有一名固定的党员联系人，接着管年报、商标和投诉。难题一周答复、一月回访，答得不好可以换人。",
        effect="2022年，407户经营者在家门口拿到营业执照，1100多件难题得到解决。不少人说，现在有事先想到的不是找关系，是找自己那位联系人。",
        spread="一张折叠桌就能开张，适合有窗口职能的机关支部。要学的不是红马甲，是“办完还接着管”的联系人办法；联系人调走时，务必当面交接。",
    ),
    BrandText(
        key="tianliliangxin", organization="zhuoshui", projects=("zhuoshui-2022",),
        name="天理良心调解室", slogan="先摆天理，再讲良心，后论法条",
        summary="老碑旁的调解室，由群众自己点调解员，三天给说法、七天再回访。",
        scene="teahouse", promoted=True, source=REPORTED,
        origin="濯水古镇有一块刻着“天理良心”的老碑，做生意的、过日子的，抬头就看得见。古镇人多事杂，濯水社区党总支借这四个字，在碑旁摆下桌椅，请大家有话进来说。",
        practice="老党员、老匠人、退休法官和商户代表轮流坐堂，双方自己点人。当日受理、三日调结、七日回访；十二个街巷小片各有一名“和事佬”，小事不出街巷。调成之后碑前握手，写一张良心契。",
        effect="纠纷有了固定的去处，街坊和商户愿意先坐下来谈。典型故事隐去姓名编成评书，在古戏台上开讲，听的人笑过之后，往往想起自家的事。",
        spread="能借的不是碑，是“让当事人自己选调解员”和“七天后再问一声”。各地不妨找一找本地人信服的老话，用它作调解室的名字。",
    ),
    BrandText(
        key="daitouxing", organization="apengjiang", projects=("apengjiang-2022",),
        name="带头兴乡村训练营", slogan="在院坝里学本事，带一道难题回村",
        summary="村干部进营过四关，结业领走一道老大难，三个月后由群众打分。",
        scene="courtyard", promoted=True, source=REPORTED,
        origin="阿蓬江镇换届之后，新任村干部过半，有热情没路子。坐在会议室里听的课不少，回村遇事照旧。镇里把讲台撤了，改成“关卡”。",
        practice="调一次真纠纷、算一笔真账、跑一单真销售、讲一堂真党课，四关都在村里过，过不了就留营重来。教官从实干出色的村书记、调解能手、经营能人中选。结业时领走本村拖了半年以上的一道难题。",
        effect="前两期结业的营员都回营交了卷，由当地群众而不是老师打分。营员之间建起“营友圈”，借人、借路、借办法，镇里常说，最值钱的是这张电话表。",
        spread="适合新手多的镇街。开营之前先把真题找好，没有真纠纷、真账目，训练营就会变回培训班；教官要付误工，但不发讲课费。",
    ),
    BrandText(
        key="dangyuanbaoke", organization="zhongyiyuan", projects=("zhongyiyuan-2022",),
        name="党员包科", slogan="一名党员，一个科室，一片乡镇",
        summary="中医院党员专家定点包乡镇，坐诊更带徒，由徒弟的病人打分。",
        scene="clinic", promoted=True, source=REPORTED,
        origin="好医生下乡，来一天热闹一天，走了还是老样子。区中医院党委想明白一件事，病人要的不是专家来过，而是本事留下。",
        practice="每名包科党员定一个科室、一片乡镇，名字上墙。按月出诊，半天坐诊，半天带徒；病历本、药箱、徒弟名册三样必带。教会一项技术，在包科图上贴一片叶子。",
        effect="乡镇医生一项一项学会了过去做不了的适宜技术，扎针推拿不必再进城。年底由徒弟的病人给师傅评价，问的是一句大白话：以后还用不用往城里跑。",
        spread="县级医院都可以试，关键是把“带会了几个人、几项技术”列进考核，不要只数下乡次数；徒弟要由卫生院自己挑，挑愿意学的。",
    ),
    BrandText(
        key="hongseyizhan", organization="juanyan", projects=("juanyan-2022",),
        name="红色驿站", slogan="一年三百六十天，街角有灯有热水",
        summary="厂街共建的街角驿站，一年开放360天，节假日由志愿者值守。",
        scene="station", promoted=False, source=REPORTED,
        origin="厂区临街，环卫工、快递员、公交司机常在墙根下吃冷饭。黔江卷烟厂党委与城南街道党工委一合计，企业出屋子，街道出网格，在街角办起一间谁都能进的驿站。",
        practice="歇脚、充电、热饭、药箱、书角、议事角六个区，全年排班到人，节假日由志愿者轮值。每月末开恳谈会，街坊提的事分开认领，企业能办的企业办，该街道办的街道办。",
        effect="驿站一年开放360天，越是过节越亮灯。来歇脚的人里，有几位后来也报名值了班，门口的排班表因此越写越长。",
        spread="有临街场地的企业和单位都能办。算清两笔账再开门：一年谁来值班，水电谁来出；宁可小一点，也不要开了又关。",
    ),
    BrandText(
        key="gongzuofa12345", organization="lizi", projects=("lizi-2022",),
        name="12345工作法", slogan="办一步，盖一个戳",
        summary="把党建引领乡村治理写成一张大表贴上公开栏，进度谁都看得见。",
        scene="noticeboard", promoted=False, source=REPORTED,
        origin="太极镇李子村过去议过的事不少，议完办到哪一步，只有几个干部知道。村支部把治理的路数理成一张表，从一个核心数到五类人员，朗朗上口叫“12345”，整张贴在村公开栏。",
        practice="群众提的事一件一行，提、议、办、评四步，走一步盖一个戳，戳上有日期。上门办事的“五员”全部由群众推选，谁管哪个院落，名字贴在同一面墙上。",
        effect="村民习惯了先看墙、再找人。哪一格空得太久，不用督导，路过的人就会问。村干部说，被问多了，自己就坐不住。",
        spread="表格可以照抄，戳子不能省。最好从村里最常见的三五类事情做起，办顺了再往表里添，一开始贪多，格子空着反倒伤信用。",
    ),
)
# fmt: on
