"""The operations that compute on the networks of ties, or draw them.

Each answer says in its notes how it was counted and what is not known; each row names the claims that it rests on.
To add an analysis, declare it here: addresses, tools and commands are made from this.
"""

from __future__ import annotations

from kg.analysis.ranges import ORGANISATION, SITE, STOPPED, SUPPLIED, TIED
from kg.analysis.ranges import STAGE as STAGE_KINDS
from kg.operations.operation import BilingualText, Operation, OperationParameter
from kg.operations.parameters import ENTITY, FILTERS, LANGUAGE, NETWORK_LABELS, NETWORKS, STAGE

__all__ = ["ANALYSIS", "DIRECTIONS", "VIEWS"]

# As in kg.draw, which is too heavy to load for a help text; a test keeps them equal.
VIEWS = ("relations", "supply", "timeline", "map")
DIRECTIONS = ("both", "upstream", "downstream")
# As pictures are headed.
_VIEW_LABELS = {
    "relations": ("关系",),
    "supply": ("supply chain", "供应链"),
    "timeline": ("时间线",),
    "map": ("map of sites", "厂址地图"),
}

_GROUP = "networks"
_FILTERED = (*FILTERS, LANGUAGE)
_WAYS = OperationParameter(
    "count", "integer", BilingualText("How many ways to give", "给出几条路径"), default=3, least=1, most=50
)


def _stage(name: str, default: str, about: BilingualText) -> OperationParameter:
    return OperationParameter(
        name, "concept", about, default=default, least=1, most=200, is_noted=True, kinds=STAGE_KINDS
    )


_NETWORK = Operation(
    "network",
    BilingualText("List the ties of a network, each with its claims.", "列出一个网络的各条联系, 附其主张."),
    "Every tie says in which mode it stands, so that a plan is not mistaken for a fact.",
    (
        OperationParameter(
            "network",
            "choice",
            BilingualText("Which network", "哪个网络"),
            default="all",
            choices=("all", *NETWORKS),
            labels=NETWORK_LABELS,
            argument="kind",
            aliases={"kind": {}},
        ),
        *_FILTERED,
    ),
    method="edges",
    leading=("network",),
    group=_GROUP,
    examples=(
        "kg network supply --stage CathodeMaking --mode Stated",
        "kg network ownership --region place/guizhou --rank preferred",
    ),
)
_PARTNERS = Operation(
    "partners",
    BilingualText(
        "Show who is tied to an organisation, through what, in which role and at which stage.",
        "显示谁与一个组织有联系, 通过什么, 以何种角色, 处于何阶段.",
    ),
    (
        "Partners come first: both signed an agreement, or agreed on a collaboration. Who only shares a joint venture, "
        "is said to work together or explores something stands below, and is no partner."
    ),
    (ENTITY._replace(kinds=ORGANISATION), *_FILTERED),
    leading=("entity",),
    window=40,
    group=_GROUP,
    examples=("kg partners CATL", "kg partners company/catl --region place/shandong"),
)
_DEPENDS = Operation(
    "depends",
    BilingualText(
        "Show what an entity's work takes in and who delivers it, stage by stage.",
        "逐环节显示一个实体的工作需要什么, 由谁供应.",
    ),
    (
        "The entity is an organisation, a site, a park, a stage or a product. A base is supplied through whoever runs "
        'or owns it. Where no source tells a supplier, the answer is "nobody known", and the next stage is looked at.'
    ),
    (
        ENTITY._replace(kinds=SUPPLIED),
        OperationParameter(
            "on",
            "flag",
            BilingualText("Downstream: who takes what the entity puts out", "下游: 谁取用它的产出"),
            default=False,
            aliases={"direction": {"upstream": False, "downstream": True}},
        ),
        STAGE._replace(about=BilingualText("Only what this stage makes or takes in", "只看此环节的产出或投入")),
        OperationParameter("depth", "integer", BilingualText("How many stages to go", "走几个环节"), least=1, most=50),
        LANGUAGE,
    ),
    advice="That no source names another supplier does not make one a sole supplier.",
    leading=("entity",),
    window=40,
    group=_GROUP,
    examples=("kg depends base/guian --depth 2", "kg depends company/hunan-yuneng --on"),
)
_PATH = Operation(
    "path",
    BilingualText(
        "Show the best ways by which two things are tied, hop by hop, and the weakest hop of each.",
        "逐跳显示两个事物相连的最佳路径, 及每条路径最弱的一跳.",
    ),
    (
        "A hop costs 1, and more the less sure its mode and its best source are; the cheapest ways come first. A way "
        "is only as sure as its weakest hop."
    ),
    (
        ENTITY._replace(name="one"),
        ENTITY._replace(name="other", example="base/guian"),
        _WAYS,
        OperationParameter(
            "network",
            "choices",
            BilingualText("Where to look, may be repeated", "在哪些网络中找, 可重复"),
            default=("partnership", "supply", "ownership"),
            choices=NETWORKS,
            labels=NETWORK_LABELS,
            argument="networks",
            aliases={"networks": {}},
            is_noted=True,
        ),
        *_FILTERED,
    ),
    leading=("one", "other"),
    window=60,
    group=_GROUP,
    examples=(
        "kg path company/hunan-yuneng company/bmw",
        "kg path CATL place/guizhou --network ownership --network location",
    ),
)
_IMPACT = Operation(
    "impact",
    BilingualText(
        "Show what a stop of something can reach, through which links, and how sure it is.",
        "显示某事物停产会波及什么, 经由哪些联系, 有多确定.",
    ),
    (
        "The entity is an organisation, a site, a park, a stage, a product or an agreement. First comes what stops "
        "with it, then who is delivered to, with the share of the known supply that is lost and who else is known to "
        "deliver the same, then their sites and customers. What is not known is said as such."
    ),
    (
        ENTITY._replace(kinds=STOPPED),
        OperationParameter(
            "days",
            "integer",
            BilingualText("How long the stop lasts", "停产多少天"),
            default=90,
            least=1,
            most=3650,
            is_noted=True,
        ),
        *_FILTERED,
    ),
    advice="It is what the stated ties allow, not a forecast.",
    leading=("entity",),
    window=40,
    group=_GROUP,
    examples=("kg impact company/hunan-yuneng --days 90", "kg impact park/brunp-yichang"),
)
_CHOKEPOINTS = Operation(
    "chokepoints",
    BilingualText(
        "Show whose loss would cut somebody off from every known supplier.", "显示失去谁会使某方断绝全部已知供应商."
    ),
    (
        "Exact, by the dominators of the supply network: all that a chokepoint cuts off is reached only over it. A "
        'delivery is one as well if it is somebody\'s only known one. "splits": the network falls apart without it.'
    ),
    _FILTERED,
    advice="A single known supplier is not a sole supplier: others may be untold.",
    window=30,
    group=_GROUP,
    examples=("kg chokepoints", "kg chokepoints --stage CathodeMaking"),
)
_CONCENTRATION = Operation(
    "concentration",
    BilingualText("Show on how few suppliers the known supply rests.", "显示已知供应依赖多少家供应商."),
    (
        "The Herfindahl index, from 1 (one supplier alone) to near 0 (many equal ones): over the deliveries that are "
        "told, and over yearly rates where they can be compared. The share without a rate is told beside it."
    ),
    (
        OperationParameter(
            "by",
            "choice",
            BilingualText("What to group by", "按什么分组"),
            default="product",
            choices=("product", "stage", "region"),
            labels={"product": ("产品",), "stage": ("环节",), "region": ("地区",)},
            is_noted=True,
        ),
        *_FILTERED,
    ),
    window=30,
    group=_GROUP,
    examples=("kg concentration --by stage", "kg concentration --by region --rank preferred"),
)
_CIRCULARITY = Operation(
    "circularity",
    BilingualText(
        "Show the ways from one stage back to another, and who is told of each link.",
        "显示从一个环节回到另一个环节的路径, 及每一环节有谁.",
    ),
    (
        "The ways lead along kinds of work; each link is looked for among deliveries, works that do both, and chains "
        "that sources tell, which may be an aim. Where nobody is told, the link is open."
    ),
    (
        _stage("start", "BatteryRecycling", BilingualText("The stage where it starts", "起始环节")),
        _stage("end", "CathodeMaking", BilingualText("The stage where it must come back to", "须回到的环节")),
        _WAYS,
        *_FILTERED,
    ),
    window=40,
    group=_GROUP,
    examples=("kg circularity", "kg circularity --to PrecursorMaking -k 1"),
)
_COMMUNITIES = Operation(
    "communities",
    BilingualText("Show groups that are tied among themselves more than to others.", "显示内部联系多于对外联系的群组."),
    "By partnership, supply and ownership, with the Louvain method and a fixed seed.",
    (
        ENTITY._replace(
            name="of",
            required=False,
            about=BilingualText("List the members of the group of this entity", "列出此实体所在群组的成员"),
            kinds=TIED,
        ),
        *_FILTERED,
    ),
    group=_GROUP,
    examples=("kg communities", "kg communities --of CATL"),
)
_GAPS = Operation(
    "gaps",
    BilingualText(
        "Show which links of a chain are told of at a park, and which are missing there.",
        "显示一条链中哪些环节在某园区有所述, 哪些没有.",
    ),
    ("The chain is a stage and all that feed it. Without a park, all parks at which at least two links are told of."),
    (
        ENTITY._replace(
            name="park",
            required=False,
            about=BilingualText("A park, base or place", "园区, 基地或地点"),
            kinds=SITE,
            example="park/brunp-yichang",
        ),
        _stage("toward", "BatteryManufacturing", BilingualText("The stage that is fed", "所供给的环节")),
        LANGUAGE,
    ),
    leading=("park",),
    window=40,
    group=_GROUP,
    examples=("kg gaps", "kg gaps park/brunp-yichang --toward CathodeMaking"),
)
_DRAW = Operation(
    "draw",
    BilingualText(
        "Draw relations, a supply chain, a timeline or a map of sites, to a file.",
        "绘制关系, 供应链, 时间线或场址地图.",
    ),
    (
        "About an entity, or about the best connected part of the whole graph. Every tie in a picture is stated by "
        "claims; what is planned or aimed at is dashed. Relations may become one interactive page that needs no "
        "network; the rest is SVG."
    ),
    (
        OperationParameter(
            "view",
            "choice",
            BilingualText("Which picture", "哪种图"),
            default="relations",
            choices=VIEWS,
            labels=_VIEW_LABELS,
        ),
        ENTITY._replace(
            required=False,
            about=BilingualText("About what; without it, what is best connected", "关于什么; 省略则为联系最多的"),
            argument="about",
            aliases={"about": {}},
        ),
        OperationParameter(
            "network",
            "choice",
            BilingualText("Relations of this network only", "只画此网络的关系"),
            choices=NETWORKS,
            labels=NETWORK_LABELS,
        ),
        OperationParameter(
            "depth", "integer", BilingualText("How many steps to go from the entity", "距实体几步"), least=1, most=6
        ),
        OperationParameter(
            "limit",
            "integer",
            BilingualText("The most boxes, rows or symbols to draw", "最多画多少个"),
            least=1,
            most=300,
        ),
        OperationParameter(
            "direction",
            "choice",
            BilingualText("Only this side of the supply chain", "只画供应链的这一侧"),
            default="both",
            choices=DIRECTIONS,
            labels={"both": ("双向",), "upstream": ("上游",), "downstream": ("下游",)},
        ),
        *_FILTERED,
    ),
    gives="picture",
    leading=("view", "entity"),
    window=None,
    not_on={"tools": "an agent reads rows, not pictures: neighbours, depends and network give what is drawn"},
    group="pictures",
    examples=(
        "kg draw relations company/catl --network partnership",
        "kg draw supply base/guian --direction upstream -o guian.svg",
        "kg draw map place/guizhou --language zh",
    ),
)

ANALYSIS = (
    _NETWORK, _PARTNERS, _DEPENDS, _PATH, _IMPACT, _CHOKEPOINTS, _CONCENTRATION, _CIRCULARITY, _COMMUNITIES, _GAPS,
    _DRAW,
)  # fmt: skip
