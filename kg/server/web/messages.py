"""The words of the pages, in English and Chinese. What the graph says is worded by the graph."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kg.release.metadata import LICENCE_SHORT

__all__ = ["LANGUAGES", "words_in"]

LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "zh": "中文"})
"""The languages of the pages, each as it calls itself."""

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "brand": ("Zero-carbon industry graph", "零碳产业知识图谱"),
        "lead": (
            "Companies, public bodies, bases, parks, supply chains and agreements, from phosphate rock to battery "
            "recycling. Every fact is a claim of one document, ranked against rival readings, and says how well its "
            "page bears it out.",
            "企业、政府机构、基地、园区、供应链与协议，从磷矿到电池回收。每一项事实都是某一文献的主张，"
            "与不同说法相互比较、排序，并注明原文对其支持的程度。",
        ),
        "skip": ("Skip to content", "跳到正文"),
        "search": ("Search", "搜索"),
        "search_hint": ("A name in English, Chinese or pinyin", "中文名、英文名或拼音"),
        "words_hint": ("A name, a question in your own words, or SPARQL", "名称、一句话的问题，或 SPARQL"),
        "words_lead": ("For example:", "例如："),
        "words_examples": (
            "who supplies LFP to CATL|parks in Shandong on the national list|what stops if phosphate stops",
            "谁给宁德时代供应磷酸铁锂|国家级名单上的山东园区|磷矿停了，哪些会停",
        ),
        "understood_as": ("Understood as", "理解为"),
        "taken_for": ("taken for", "由此推断："),
        "by_default": ("by default", "默认"),
        "left_out": ("left out of account:", "未计入："),
        "or_meant": ("It may also mean", "也可能是指"),
        "asked_about": ("Questions about it", "相关问题"),
        "not_understood": ("Not answered", "未作答"),
        "not_covered": ("Nothing here covers", "本图谱未涵盖"),
        "several": (
            "It may be one of several questions; choose one.",
            "可能是以下几个问题之一，请选择。",
        ),
        "no_question": ("It asks nothing that is covered here.", "所问内容不在本图谱涵盖范围内。"),
        "only": ("only", "仅限"),
        "only_help": ("only the rows that name this, or something that lies in it", "只看提及它或位于其中者的行"),
        "questions": ("Questions", "问题"),
        "coverage": ("Coverage", "覆盖范围"),
        "conflicts": ("Conflicts", "分歧"),
        "ontology": ("Ontology", "本体"),
        "query": ("SPARQL", "SPARQL"),
        "query_lead": (
            "Ask the accepted view in SPARQL 1.1. Prefixes are set, ids stand as <company/catl>, each claim is a named "
            "graph, and graph:ledger says who makes it.",
            "用 SPARQL 1.1 查询采纳视图。前缀已设定，标识写作 <company/catl>；每条主张是一个命名图，"
            "graph:ledger 记录其出处。",
        ),
        "run": ("Run", "运行"),
        "examples": ("Examples", "示例"),
        "true": ("yes", "是"),
        "false": ("no", "否"),
        "too_large": (
            "The answer is too large for a page; take it as data.",
            "结果过大，无法在页面显示；请以数据格式获取。",
        ),
        "interface": ("API", "接口"),
        "data": ("Data", "数据"),
        "release": ("release", "版本"),
        "licence": (f"Data under {LICENCE_SHORT}", f"数据采用 {LICENCE_SHORT} 许可"),
        "kind": ("kind", "类别"),
        "any_kind": ("any kind", "不限类别"),
        "place": ("in place", "所在地"),
        "results": ("Results", "结果"),
        "nothing_found": ("Nothing here has a name like that.", "没有名称与之相似的条目。"),
        "nothing_disputed": ("No two sources of this release disagree here.", "本版本没有来源在此意见不一。"),
        "certain": ("the very name", "名称完全一致"),
        "here": ("What is here", "内容概览"),
        "borne_out": ("How well the claims are borne out by their pages:", "各项主张的证据强度："),
        "ask": ("Ask", "提问"),
        "ask_lead": ("Questions that have a name, each with its query and the claims behind every row.",
                     "命名问题：每个问题都附有查询语句，每一行答案都附有依据的主张。"),
        "tasks": ("What do you want to do?", "想做什么？"),
        "example": ("such as", "例如"),
        "pictures_of": ("Pictures of", "图示："),
        "terms": ("terms", "个术语"),
        "others": ("other", "其他"),
        "all_questions": ("All questions", "全部问题"),
        "also_called": ("Also called", "又称"),
        "identifiers": ("Identifiers", "标识代码"),
        "same_as": ("The same elsewhere", "其他数据集中的对应条目"),
        "said": ("What is said", "已有主张"),
        "pointing": ("Who points here", "其他条目的引用"),
        "neighbours": ("Neighbours", "相邻条目"),
        "picture": ("Neighbourhood", "关系图"),
        "as_data": ("As data", "数据格式"),
        "with_claims": ("with claims", "含主张"),
        "all": ("all", "全部"),
        "back": ("back to the whole page", "返回完整页面"),
        "claim": ("claim", "条主张"),
        "claims": ("claims", "条主张"),
        "claims_column": ("claims", "主张"),
        "no_claims": ("recorded by the editors", "由编者录入"),
        "by_rule": ("inferred", "推断"),
        "printed": ("printed", "原文"),
        "undated": ("undated", "未注明日期"),
        "characters": ("characters", "字符"),
        "page": ("page", "全文"),
        "compiled": ("one or more of the pages that a table cites together", "由表格同时引用的一个或多个页面"),
        "own": ("our own note", "编者说明"),
        "read_on": ("read", "阅读于"),
        "strength": ("strength of evidence", "证据强度"),
        "outranked": ("outranked", "被其他主张取代"),
        "outranked_by": ("Outranked by", "被取代"),
        "outranks": ("Outranks", "优先于"),
        "corroborates": ("Supports", "佐证"),
        "corroborated_by": ("Supported by", "佐证来源"),
        "rivals": ("Set against", "对立主张"),
        "accepted": ("accepted", "采信"),
        "not_accepted": ("not accepted", "未采信"),
        "deprecated": ("ruled out by an editor", "经编者排除"),
        "a_claim": ("A claim", "一条主张"),
        "says": ("says", "称"),
        "document": ("Document", "文献"),
        "publisher": ("Publisher", "发布者"),
        "published": ("Published", "发布日期"),
        "grade": ("Grade of the source", "来源等级"),
        "mode": ("Mode", "语气"),
        "rank": ("Rank", "排序"),
        "position": ("Position in the text", "文中位置"),
        "note": ("Note of the editors", "编者按"),
        "parts": ("The value in parts", "数值构成"),
        "original": ("Read it at the source", "查看原文"),
        "its_claims": ("What it says", "文中主张"),
        "subject": ("subject", "主体"),
        "property": ("property", "属性"),
        "value": ("value", "取值"),
        "standing": ("standing", "采信状态"),
        "parameters": ("Parameters", "参数"),
        "answer": ("Answer", "答案"),
        "not_stated": ("not stated", "未说明"),
        "empty_answer": ("The sources give no answer. That is not a no.", "来源没有给出答案，这并不表示“否”。"),
        "its_query": ("Its query (SPARQL)", "查询语句（SPARQL）"),
        "row": ("row", "行"),
        "rows": ("rows", "行"),
        "pictures": ("Pictures", "图示"),
        "picture_relations": ("relations, to expand", "关系图（可展开）"),
        "picture_supply": ("supply chain", "供应链"),
        "picture_timeline": ("timeline", "时间线"),
        "picture_map": ("map of sites", "厂址地图"),
        "shown": ("shown", "已显示"),
        "coverage_lead": ("What the graph covers, and where it is thin: single sources, weak sources, stale states.",
                          "图谱涵盖的内容及薄弱之处：单一来源、弱来源、过时状态。"),
        "conflicts_lead": ("Where sources give a property more than one value, side by side; the accepted value first.",
                           "同一属性在不同来源中取值不同之处，并列呈现，采信值在前。"),
        "ontology_lead": ("The words of the graph, by module. Each term says what it is and gives an example.",
                          "图谱所用的术语，按模块排列。每个术语均有定义和示例。"),
        "starting_points": ("Start here", "从这里开始"),
        "class": ("class", "类"),
        "scheme": ("list of concepts", "概念表"),
        "concept": ("concept", "概念"),
        "above": ("within", "上位"),
        "domain": ("of", "适用于"),
        "range": ("gives", "取值类型"),
        "data_lead": ("The whole release, to take home. The same release always has the same bytes.",
                      "完整版本，可供下载。同一版本的字节始终相同。"),
        "file": ("file", "文件"),
        "size": ("bytes", "字节"),
        "described": ("Described as", "元数据"),
        "try_it": ("Try it", "试一试"),
        "interface_lead": ("Everything on these pages, for programs. Each answer names its release.",
                           "本站全部内容均可由程序读取。每个响应都注明版本。"),
        "problem": ("That did not work", "出错了"),
        "perhaps": ("Perhaps you meant", "您是否要找"),
        "previous": ("Previous", "上一页"),
        "next": ("Next", "下一页"),
    }
)  # fmt: skip


def words_in(language: str) -> dict[str, str]:
    """Give the words of the pages in a language.

    >>> words_in("zh")["search"]
    '搜索'
    """
    at = list(LANGUAGES).index(language)
    return {name: forms[at] for name, forms in _WORDS.items()}
