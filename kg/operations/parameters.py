"""Parameters that several operations share: which language, which ties count."""

from __future__ import annotations

from types import MappingProxyType

from kg.analysis.ranges import MODE, REGION, STATUS
from kg.analysis.ranges import STAGE as STAGE_KINDS
from kg.languages import LANGUAGES
from kg.operations.operation import BilingualText, OperationParameter

__all__ = [
    "ENTITY",
    "FILTERS",
    "LANGUAGE",
    "NEEDED_PROPERTY",
    "NETWORKS",
    "NETWORK_LABELS",
    "PROPERTY",
    "RANKS",
    "STAGE",
]

# As in kg.networks, which is too heavy to load for a help text; a test keeps them equal.
NETWORKS = ("partnership", "supply", "ownership", "location", "process", "work")
RANKS = ("normal", "preferred")

# In Chinese, as pictures and tables have them; those of ranks are the labels of the ontology, which a test keeps equal.
NETWORK_LABELS = MappingProxyType(
    {
        "all": ("全部",),
        "partnership": ("合作",),
        "supply": ("供应",),
        "ownership": ("持股",),
        "location": ("位置", "位于"),
        "process": ("工艺",),
        "work": ("工作", "承担"),
    }
)
_RANK_LABELS = MappingProxyType({"normal": ("普通",), "preferred": ("优先",)})

LANGUAGE = OperationParameter(
    "language", "choice", BilingualText("The language of names", "名称所用的语言"), default="en", choices=LANGUAGES
)
ENTITY = OperationParameter(
    "entity",
    "entity",
    BilingualText("An id, an IRI, or a name that only one entity has", "标识符, IRI, 或只有一个实体所用的名称"),
    required=True,
    example="company/catl",
)
PROPERTY = OperationParameter(
    "property",
    "text",
    BilingualText("Only by this property of the ontology, such as landArea", "只看本体的这一属性, 如 landArea"),
    most=200,
    example="landArea",
    argument="property_name",
    aliases={"property_name": {}},
)
STAGE = OperationParameter(
    "stage",
    "concept",
    BilingualText("Only what is about this stage, or does its work", "只看这一环节或从事它的"),
    most=200,
    kinds=STAGE_KINDS,
)
_REGION = OperationParameter(
    "region", "entity", BilingualText("Only what lies in this place", "只看位于此地的"), most=200, kinds=REGION
)
_STATUS = OperationParameter(
    "status",
    "concept",
    BilingualText("Only what has this status, such as Operating or Signed", "只看处于此状态的, 如 Operating 或 Signed"),
    most=200,
    kinds=STATUS,
)
_RANK = OperationParameter(
    "rank",
    "choice",
    BilingualText("preferred: only what a source that is not weak tells", "preferred: 只看并非仅有弱来源所述的"),
    choices=RANKS,
    labels=_RANK_LABELS,
)
_MODE = OperationParameter(
    "mode",
    "concept",
    BilingualText("Only what is at least as sure: Stated leaves out plans", "只看至少如此确定的: Stated 不含计划"),
    most=200,
    kinds=MODE,
)
_AS_OF = OperationParameter(
    "as_of",
    "day",
    BilingualText("Only what was published by this day, YYYY-MM-DD", "只看此日之前发布的, YYYY-MM-DD"),
    most=10,
)
FILTERS = (STAGE, _REGION, _STATUS, _RANK, _MODE, _AS_OF)
"""Which ties count; what is left out asks nothing. The names are those of `kg.networks.Filters`."""

NEEDED_PROPERTY = PROPERTY._replace(required=True)
