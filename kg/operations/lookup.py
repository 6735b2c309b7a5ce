"""The operations that look things up and give grounds: names, entities, claims, coverage."""

from __future__ import annotations

from kg.operations.operation import BilingualText, Operation, OperationParameter
from kg.operations.parameters import ENTITY, LANGUAGE, NEEDED_PROPERTY, PROPERTY

__all__ = ["AFTER_QUESTIONS", "BEFORE_QUESTIONS"]

_KIND = OperationParameter(
    "kind",
    "text",
    BilingualText(
        "Only entities of this class and those below it, such as Company", "只看这一类及其下位类的实体, 如 Company"
    ),
    most=100,
    example="Company",
)
_PLACE = OperationParameter(
    "place",
    "entity",
    BilingualText(
        "Only what lies in this place, however deep, by id or name", "只看位于此地的, 不论多深, 用标识符或名称"
    ),
    most=200,
    example="Guizhou",
    kinds=("Place",),
)
_TEXT = OperationParameter(
    "text",
    "text",
    BilingualText(
        "A name or a part of one: English, Chinese, pinyin, with slips", "名称或其一部分: 英文, 中文, 拼音, 可有错字"
    ),
    required=True,
    least=1,
    most=200,
    example="ningde",
    aliases={"name": {}},
)

_FIND = Operation(
    "find",
    BilingualText(
        "Find entities by name: English, Chinese, pinyin, with slips.", "按名称查找实体: 英文, 中文, 拼音, 容错."
    ),
    'Each match says why it matched; "certain" is only the very name of one entity.',
    (_TEXT, _KIND, _PLACE, LANGUAGE),
    advice=(
        "Start here whenever you have a name and need an id. A high score alone is not certain (Envision and Envision "
        "AESC are two companies), so check kind and place with `show` before you take one."
    ),
    leading=("text",),
    window=10,
    limit=10,
    examples=("kg find 宁德", "kg find ningde --kind Company", "kg find 宁德时代 --place Guizhou"),
)
_SUGGEST = Operation(
    "suggest",
    BilingualText("Give names to choose from while one types.", "边输入边给出可选的名称."),
    "The few best names for what has been typed so far.",
    (_TEXT, LANGUAGE),
    gives="entries",
    limit=8,
    not_on={
        "tools": "an agent does not type letter by letter; find gives the same",
        "commands": "a shell does not complete names; find gives the same",
    },
)
_KINDS = Operation(
    "kinds",
    BilingualText("List the classes that have entities.", "列出有实体的类."),
    "The classes with the number of their entities, to narrow a search by.",
    (LANGUAGE,),
    gives="entries",
    window=None,
    not_on={
        "tools": "describe_schema gives the classes with their meaning and number",
        "commands": "coverage counts entities by kind",
    },
)
_SHOW = Operation(
    "show",
    BilingualText("Show one entity with everything stated about it.", "显示一个实体及关于它的全部陈述."),
    (
        "The names of an entity and every statement of the accepted view about it, each with the claims that state it. "
        "`incoming` statements point to the entity."
    ),
    (ENTITY, PROPERTY, LANGUAGE),
    gives="entity",
    advice=(
        "A property that is absent is *not stated* by any source: that is not a no. For the document and the position "
        "behind a statement call `why` or `claim`."
    ),
    leading=("entity",),
    window=40,
    examples=("kg show company/catl",),
)
_NEIGHBOURS = Operation(
    "neighbours",
    BilingualText("Count what an entity is directly tied to, or list it.", "统计与一个实体直接相连的事物, 或列出它们."),
    (
        "Without a relation each relation is given with the number of neighbours by it; with one, those by it with "
        'their claims. "in" are ties that point to the entity.'
    ),
    (
        ENTITY,
        OperationParameter(
            "relation",
            "text",
            BilingualText(
                "List the neighbours by this relation, such as shareholding", "列出由此关系相连的, 如 shareholding"
            ),
            most=200,
            example="shareholding",
        ),
        LANGUAGE,
    ),
    leading=("entity",),
    examples=("kg neighbours company/catl", "kg neighbours company/catl --relation shareholding"),
)
_CLAIMS = Operation(
    "claims",
    BilingualText(
        "List every claim about an entity, or every claim that a document makes.",
        "列出关于一个实体的全部主张, 或一份文献的全部主张.",
    ),
    (
        "Outranked claims too, with the rule by which another stands above: document, date, grade, printed figure and "
        "position."
    ),
    (
        OperationParameter(
            "of",
            "entity",
            BilingualText("The id or name of an entity or a document", "实体或文献的标识符或名称"),
            required=True,
            example="base/yanzhou/phase-one",
        ),
        PROPERTY,
        LANGUAGE,
    ),
    advice="Use it to see how sources disagree on one property, or all that one document states.",
    leading=("of",),
    examples=("kg claims base/yanzhou/phase-one --property landArea", "kg claims document/shandong-times-60gwh"),
)
_CLAIM = Operation(
    "claim",
    BilingualText("Give one claim in full.", "给出一条主张的全部内容."),
    (
        "What a claim says, who says it and where, and what ranks above or below it: the document with its date and "
        "address, the position of the words. The text itself is its publisher's and is not here."
    ),
    (
        OperationParameter(
            "name",
            "text",
            BilingualText("The id of a claim, such as claim/guian-2023-06-17/capacity", "一条主张的标识符"),
            required=True,
            example="claim/shandong-times-60gwh/phase-one-land",
            aliases={"claim_id": {}},
        ),
        LANGUAGE,
    ),
    gives="claim",
    advice="Give the reader document, date and position.",
    window=None,
    not_on={"commands": "kg why shows the claims of a statement in full, kg claims lists them"},
)
_WHY = Operation(
    "why",
    BilingualText(
        "Show where the documents say a statement, or which rule infers it.",
        "显示文献在何处作出此陈述, 或由哪条规则推出.",
    ),
    (
        "Each claim with its document, date, grade, mode and position, or the rule with the grounds of its premises. "
        "Without a value, whatever the graph holds for the subject and the property is explained."
    ),
    (
        OperationParameter(
            "subject",
            "entity",
            BilingualText("An id, an IRI, or a name", "标识符, IRI, 或名称"),
            required=True,
            example="base/guian/phase-one",
        ),
        OperationParameter(
            NEEDED_PROPERTY.name,
            NEEDED_PROPERTY.kind,
            BilingualText("A property of the ontology, such as plannedCapacity", "本体的一个属性, 如 plannedCapacity"),
            required=True,
            most=200,
            example="plannedCapacity",
            argument="predicate",
            aliases={"property_name": {}, "predicate": {}},
        ),
        OperationParameter(
            "value",
            "text",
            BilingualText(
                "An id, a name, a value, or a figure as printed; any if left out", "标识符, 名称, 值, 或所印数字; 可省"
            ),
            argument="target",
        ),
    ),
    gives="explanations",
    advice=(
        "Use it before you repeat a figure as a fact: the mode tells a plan or an aim from what is built, the grade a "
        "machine summary from a primary source. Cite claims by id together with document and date."
    ),
    leading=("subject", "property", "value"),
    window=10,
    examples=("kg why base/yanzhou operator company/shandong-times", "kg why base/guian/phase-one plannedCapacity"),
)
_CONFLICTS = Operation(
    "conflicts",
    BilingualText("List where sources disagree, side by side.", "并列列出来源不一致之处."),
    (
        "Every claim on a property to which the sources give more than one value: the value that plain queries see "
        "first, then each rival with the rule that ranks it below."
    ),
    (
        OperationParameter(
            "entity",
            "entity",
            BilingualText("Only what is disputed about this entity", "只看关于此实体的分歧"),
            example="base/yanzhou",
        ),
        LANGUAGE,
    ),
    advice="Before you report a figure, look whether it is disputed; then give the rival values too.",
    leading=("entity",),
    examples=("kg conflicts base/yanzhou",),
)
_COVERAGE = Operation(
    "coverage",
    BilingualText("Show what the graph covers, and where it is thin.", "显示图谱涵盖什么, 何处薄弱."),
    (
        "Counts by kind, stage and region; single and weak sources; stages without a supplier; stale status; missing "
        "names; questions with an answer."
    ),
    (
        OperationParameter(
            "section",
            "text",
            BilingualText("The title of one section, such as By region", "一节的标题, 如 按地区"),
            most=100,
        ),
        LANGUAGE,
    ),
    gives="sections",
    advice="Call it before you say that something does not exist: what the graph does not cover, it cannot deny.",
    examples=("kg coverage", "kg coverage --section Totals --format csv"),
)
_CHANGES = Operation(
    "changes",
    BilingualText("Show what changed since the release before.", "显示自上一版以来的变化."),
    "The claims that came, went, were restated or were ranked anew, as found when the release was built.",
    not_on={
        "tools": "an agent asks one release and cites its claims; what changed is for who keeps data of their own",
        "commands": "the command is diff, which compares any two releases",
    },
)
_MATCH = Operation(
    "match",
    BilingualText("Put ids beside the names in a CSV file.", "为 CSV 文件中的名称配上标识符."),
    (
        "Columns with the id, the name, the kind, the score, the reason, and whether it is a match come to its own. "
        "Only a match should be taken over unseen."
    ),
    (
        OperationParameter(
            "column", "text", BilingualText("The column that holds the names", "名称所在的列"), default="name", most=500
        ),
        _KIND,
        OperationParameter(
            "trait",
            "texts",
            BilingualText(
                "TRAIT=COLUMN: what else a column tells, such as province=region; may be repeated",
                "TRAIT=COLUMN: 另一列说明什么, 如 province=region; 可重复",
            ),
            default=(),
            most=20,
        ),
    ),
    gives="file",
    leading=(),
    window=None,
    not_on={"tools": "an agent has no file to send; find matches its names"},
    examples=("kg match companies.csv --column company --kind Company --trait province=region > matched.csv",),
)

BEFORE_QUESTIONS = (_FIND, _SUGGEST, _KINDS, _SHOW, _NEIGHBOURS, _CLAIMS, _CLAIM, _WHY)
AFTER_QUESTIONS = (_CONFLICTS, _COVERAGE, _CHANGES, _MATCH)
"""Those that one needs before and after one asks questions."""
