"""What pictures say in words of their own, in English and in Chinese; names of things come from the graph.

One table: a word that is missing in a language is a KeyError at once, and a test holds the two sides equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kg.errors import UsageError
from kg.languages import LANGUAGES

__all__ = ["LANGUAGES", "WORDS", "Words"]

WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # what every picture says
        "relations": ("Relations", "关系"),
        "supply": ("Supply chain", "供应链"),
        "timeline": ("Timeline", "时间线"),
        "map": ("Map of sites", "厂址地图"),
        "whole": ("the whole graph", "全图"),
        "title": ("{view}: {about}", "{about}：{view}"),
        "nothing": ("Nothing to draw", "没有可绘制的内容"),
        "nothing_why": (
            "This release states no such tie under this choice. That is not a no.",
            "按此筛选，本版本未载明此类关系。这并不等于没有。",
        ),
        "release": ("Release {id}", "版本 {id}"),
        "newest": ("newest document {date}", "最新文献 {date}"),
        "sources": ("{claims} claims of {documents} documents", "{documents} 份文献的 {claims} 条主张"),
        "chosen": ("Choice: {filters}", "筛选：{filters}"),
        "left_out": ("Left out: {what}", "未绘出：{what}"),
        "and": (", ", "、"),
        "more": ("{n} more", "另有 {n} 个"),
        "farther": ("{n} things farther off or less connected", "{n} 个较远或联系较少的对象"),
        "unknown": ("not stated", "未说明"),
        # groups of kinds
        "public": ("Public bodies", "政府与公共机构"),
        "bodies": ("Institutes, finance, associations", "科研、金融与协会"),
        "companies": ("Companies", "企业"),
        "up": ("Companies upstream of it", "上游企业"),
        "level": ("Companies at the same stages", "同环节企业"),
        "down": ("Companies downstream of it", "下游企业"),
        "elsewhere": ("Companies, stage not stated", "企业（环节未说明）"),
        "sites": ("Sites and phases", "厂址与分期"),
        "parks": ("Parks and zones", "园区与开发区"),
        "stages": ("Stages and chains", "环节与产业链"),
        "products": ("Products", "产品"),
        "places": ("Places", "地点"),
        "others": ("Others", "其他"),
        # networks
        "net_supply": ("supplies", "供应"),
        "net_partnership": ("partners", "合作"),
        "net_ownership": ("owns, holds shares in or runs", "持股、控股或运营"),
        "net_location": ("lies in", "位于"),
        "net_process": ("process", "工艺"),
        "net_work": ("does the work of", "承担"),
        # modes and lines
        "solid": ("stated", "已载明"),
        "dashed": ("planned, expected or aimed at", "规划、预期或目标"),
        "built": ("delivered or under contract", "已供应或已签约"),
        "planned": ("planned or expected", "规划或预期"),
        "returns": ("goes back up the chain", "回流至上游"),
        "hairline": ("quantity unknown, or in another unit", "数量未知或单位不同"),
        "same": ("the same company at another stage", "同一企业的另一环节"),
        "runs": ("runs, or belongs to", "运营或隶属"),
        "of_holder": (
            "{own} of these are told of it; {others} are of who runs it ({names}): which of their sites has "
            "part in them, no source says",
            "其中 {own} 条明确属于该厂址；{others} 条属于其运营方（{names}），来源未说明涉及其哪一厂址",
        ),
        "of_holder_paint": ("of who runs it, not told of it", "属于其运营方，未说明属于该厂址"),
        "scale": ("the widest lines of each unit: {amounts}", "各单位中最宽的线：{amounts}"),
        "by_level": ("colour: how far down the chain", "颜色：在产业链中的位置"),
        "largest": ("parallel links show the largest", "并行关系取其最大者"),
        "nobody": ("nobody known", "尚无已知企业"),
        "gap_title": (
            "{stage}: no source of this release names who does this here; that is not a no",
            "{stage}：本版本没有文献指明此处由谁承担；这并不等于没有",
        ),
        "aim": ("only an aim", "仅为目标"),
        "could": ("the stage hands on such goods; no link known", "该环节产出此类货物；尚无已知供应关系"),
        "upstream": ("what it depends on", "其所依赖的上游"),
        "downstream": ("what it reaches", "其所影响的下游"),
        "no_stage": ("Stage not stated", "环节未说明"),
        "takes_only": ("Customers, stage not stated", "客户（环节未说明）"),
        "gives_only": ("Suppliers, stage not stated", "供应商（环节未说明）"),
        "links": ("{n} links", "{n} 条关系"),
        # timeline
        "announced": ("announced", "宣布"),
        "signed": ("signed", "签署"),
        "started": ("construction began", "开工"),
        "launched": ("production began", "投产"),
        "completed": ("completed", "完工"),
        "status_tick": ("status on that day", "当日状态"),
        "status": ("status known then: {status}", "当时状态：{status}"),
        "building": ("under construction", "建设中"),
        "running": ("running", "运行"),
        "due": ("expected or planned", "预计或计划"),
        "span": ("year or month only", "仅知年份或月份"),
        "rows_sites": ("Sites and phases", "厂址与分期"),
        "rows_agreements": ("Agreements", "协议"),
        "rows_local": ("Agreements of who runs it with governments there", "运营方与当地政府的协议"),
        "open": ("since then no end is told", "此后未见终止消息"),
        "undated": ("{n} without a date", "{n} 个无日期"),
        "rows_more": ("{n} more rows ({years})", "另有 {n} 行（{years}）"),
        # map
        "exact": ("own coordinates", "自有坐标"),
        "approximate": ("placed at its administrative area", "置于所属行政区"),
        "not_placed": ("Not placed: {names}", "未能定位：{names}"),
        "sites_here": ("{n} sites", "{n} 处"),
        "by_status": ("status", "状态"),
        "by_kind": ("kind", "类型"),
        "other_sites": ("other sites", "其他厂址"),
        "status_unknown": ("status not stated", "状态未说明"),
        "somewhere": ("{area}, where in it is not stated", "{area}（具体位置未说明）"),
        "outlines": (
            "Outlines: Natural Earth, simplified, as areas are administered; they say nothing about claims to them.",
            "轮廓：Natural Earth，已简化，按实际管辖绘制，不表示对领土归属的立场。",
        ),
        # page
        "search": ("Search", "搜索"),
        "search_hint": ("Name in English or Chinese", "中文或英文名称"),
        "show": ("Show", "显示"),
        "only_stated": ("Only what is stated", "仅显示已载明的"),
        "details": ("Who says so", "出处"),
        "details_hint": (
            "Choose a box, a line or a row of the table to see the claims behind it.",
            "点击方框、连线或表格行，查看其依据。",
        ),
        "table": ("The same ties as a table", "关系列表"),
        "from": ("From", "自"),
        "tie": ("Tie", "关系"),
        "to": ("To", "至"),
        "mode": ("Mode", "语气"),
        "since": ("Since", "起始"),
        "claims": ("Claims", "主张"),
        "fit": ("Whole picture", "全图"),
        "theme": ("Light or dark", "明暗切换"),
        "document": ("Document", "文献"),
        "publisher": ("Publisher", "发布者"),
        "published": ("Published", "发布日期"),
        "grade": ("Grade", "等级"),
        "place": ("Position", "位置"),
        "printed": ("Printed", "原文数字"),
        "note": ("Note", "说明"),
        "claim": ("Claim", "主张"),
        "quantity": ("Quantity", "数量"),
        "until": ("Until", "终止"),
        "product": ("Product", "产品"),
        "stage": ("Stage", "环节"),
        "no_claims": ("Recorded by the editors; no document is cited.", "由编者记录，无文献引用。"),
        "not_accepted": ("outranked by another claim", "被另一主张取代"),
        "characters": ("characters {start}–{end}", "第 {start}–{end} 字符"),
        "page": ("page", "全文"),
        "printed_on": ("printed words, read {day}", "原文文字，阅读于 {day}"),
        "page_on": ("page, read {day}", "全文，阅读于 {day}"),
        "compiled": ("one or more of the pages that a table cites together", "由表格同时引用的一个或多个页面"),
        "own": ("our own note", "编者说明"),
        "hits": ("{n} found", "找到 {n} 个"),
        "ties_of": ("{n} ties", "{n} 条关系"),
        "no_script": ("The picture below does not move, for scripts are switched off.", "脚本已关闭，以下为静态图。"),
        "picture_label": (
            "Diagram of the ties; the table below holds the same.",
            "关系图；下方列表内容相同。",
        ),
    }
)
"""Every text, in the languages of `LANGUAGES`."""


class Words:
    """The words of one language. UsageError for a language there is none of.

    >>> Words("en")("more", n=3)
    '3 more'
    """

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise UsageError(f"pictures speak {' and '.join(LANGUAGES)}, not {language!r}")
        self.language = language
        self._column = LANGUAGES.index(language)

    def __call__(self, key: str, **values: object) -> str:
        """Give a text, its gaps filled."""
        return WORDS[key][self._column].format(**values)

    def join(self, parts: list[str]) -> str:
        """Join the parts of a list."""
        return self("and").join(parts)
