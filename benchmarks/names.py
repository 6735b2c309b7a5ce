"""How fast and how well names are found among 10^5, beside a scan of all of them by rapidfuzz.

    python benchmarks/names.py [NAMES] [QUESTIONS]

Half of the entities are Chinese companies with a full name, a short name and an English one, half are English with a
code. So many questions of each sort are asked: the name itself, a prefix, an alias, a part, a slip (a sign wrong,
missing, added or swapped), pinyin and its initials. Recall is the share of questions that have their entity among the
first ten; where ten others match to the letter as well (ten names hold the same part), ten of these will do. Times
are of one question in one process, in milliseconds: by the clock, and the processor's alone, which other work on
the machine disturbs less.
"""

from __future__ import annotations

import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz, process

from kg.names.index import NameIndex
from kg.names.indexer import build_index
from kg.names.normalize import Name, normalize
from kg.names.pinyin import pinyin_keys

PLACES = [
    "宁德",
    "济宁",
    "贵阳",
    "上海",
    "苏州",
    "常州",
    "合肥",
    "武汉",
    "成都",
    "宜宾",
    "西安",
    "厦门",
    "福州",
    "南京",
    "无锡",
    "杭州",
    "宁波",
    "青岛",
    "烟台",
    "长沙",
    "洛阳",
    "郑州",
    "天津",
    "北京",
]
STEMS = [
    "华",
    "中",
    "金",
    "鑫",
    "瑞",
    "恒",
    "远",
    "盛",
    "隆",
    "泰",
    "宏",
    "天",
    "海",
    "龙",
    "星",
    "科",
    "德",
    "信",
    "伟",
    "博",
    "安",
    "康",
    "和",
    "兴",
    "利",
    "达",
    "通",
    "新",
    "景",
    "明",
    "源",
    "辉",
    "凯",
    "丰",
    "嘉",
    "润",
    "晶",
    "锂",
    "电",
    "钴",
]
TRADES = [
    "新能源",
    "新材料",
    "电池",
    "锂电",
    "储能",
    "正极材料",
    "负极材料",
    "电解液",
    "隔膜",
    "磷化工",
    "汽车",
    "动力",
    "循环",
    "回收",
    "矿业",
    "铜箔",
    "铝箔",
    "氟化工",
    "装备",
    "智能制造",
]
FORMS = ["科技股份有限公司", "科技有限公司", "有限公司", "股份有限公司", "集团有限公司", "实业有限公司"]
FIRST = [
    "Bright",
    "North",
    "East",
    "Blue",
    "Silver",
    "River",
    "Stone",
    "Pacific",
    "Summit",
    "Harbour",
    "Green",
    "Lotus",
    "Prime",
    "Delta",
    "Apex",
    "Orion",
    "Vector",
    "Nova",
    "Atlas",
    "Cedar",
]
SECOND = [
    "wind",
    "field",
    "water",
    "ridge",
    "peak",
    "light",
    "volt",
    "cell",
    "gate",
    "bridge",
    "port",
    "crest",
    "stone",
    "wood",
    "land",
    "view",
    "mark",
    "line",
    "star",
]
ENGLISH = [
    "Energy",
    "Battery",
    "Materials",
    "Lithium",
    "Recycling",
    "Chemicals",
    "Mining",
    "Power",
    "Storage",
    "Motors",
    "Technology",
    "Foil",
    "Cathode",
    "Graphite",
]
ENDINGS = ["Co., Ltd.", "Inc.", "GmbH", "Group", "Limited", "Corporation", "Holdings"]

Question = tuple[str, str]
Find = Callable[[str], list[str]]


def make_names(number: int, chance: random.Random) -> dict[str, list[Name]]:
    """Invent entities with their names until there are so many names."""
    entities: dict[str, list[Name]] = {}
    seen: set[str] = set()
    while len(seen) < number:
        entity = f"company/c{len(entities)}"
        spellings = _chinese(chance) if len(entities) % 2 else _english(chance)
        if seen.isdisjoint(text for text, _, _ in spellings):
            entities[entity] = [Name(entity, "Company", text, language, field) for text, language, field in spellings]
            seen.update(text for text, _, _ in spellings)
    return entities


def _chinese(chance: random.Random) -> list[tuple[str, str, str]]:
    stem = "".join(chance.sample(STEMS, chance.choice((2, 2, 3))))
    short, trade = stem + chance.choice(("", "", "能", "材", "源")), chance.choice(TRADES)
    return [
        (chance.choice(PLACES) + short + trade + chance.choice(FORMS), "zh", "name"),
        (short + trade, "zh", "alias"),
        (f"{' '.join(chance.sample(FIRST, 2))} {chance.choice(ENGLISH)} {chance.randrange(10_000)}", "en", "name"),
    ]


def _english(chance: random.Random) -> list[tuple[str, str, str]]:
    word = chance.choice(FIRST) + chance.choice(SECOND) + chance.choice(SECOND)
    rest = " ".join(chance.sample(ENGLISH, 2))
    code = "".join(chance.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=5))
    return [(f"{word} {rest} {chance.choice(ENDINGS)}", "en", "name"), (code, "en", "alias")]


def slip(text: str, chance: random.Random) -> str:
    """Type a name with one slip: wrong, missing, added or swapped."""
    at = chance.randrange(len(text) - 1)
    other = chance.choice(STEMS) if ord(text[at]) > 0x3000 else chance.choice("abcdefghijklmnopqrstuvwxyz")
    kind = chance.randrange(4)
    if kind == 0:
        return text[:at] + other + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[:at] + other + text[at:]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def make_questions(entities: dict[str, list[Name]], number: int, chance: random.Random) -> dict[str, list[Question]]:
    """Ask for some of the entities in every way in which people ask."""
    whole = list(entities.items())
    chinese = [names for _, names in whole if names[0].language == "zh"]
    makers: dict[str, Callable[[], Question]] = {
        "exact": lambda: _of(chance.choice(chance.choice(whole)[1])),
        "prefix": lambda: _cut(chance.choice(whole)[1][0], chance, start=True),
        "alias": lambda: _of(chance.choice(whole)[1][1]),
        "infix": lambda: _cut(chance.choice(whole)[1][0], chance, start=False),
        "slip": lambda: _with(chance.choice(whole)[1][0], lambda text: slip(text, chance)),
        "Chinese slip": lambda: _with(chance.choice(chinese)[0], lambda text: slip(text, chance)),
        "pinyin": lambda: _with(chance.choice(chinese)[1], lambda text: pinyin_keys(text)[0]),
        "initials": lambda: _with(chance.choice(chinese)[0], lambda text: pinyin_keys(text)[1]),
    }
    return {sort: [make() for _ in range(number)] for sort, make in makers.items()}


def _of(name: Name) -> Question:
    return name.text, name.entity


def _with(name: Name, change: Callable[[str], str]) -> Question:
    return change(name.text), name.entity


def _cut(name: Name, chance: random.Random, *, start: bool) -> Question:
    """Take most of a name: what one has typed so far, or remembers of the middle."""
    size = max(4, round(len(name.text) * chance.uniform(0.6, 0.9)))
    at = 0 if start else chance.randrange(len(name.text) - size + 1)
    return name.text[at : at + size].strip(), name.entity


@dataclass
class Measured:
    """How many questions were answered, and how long each took, by the clock and on the processor."""

    found: int = 0
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def row(self) -> str:
        """Write recall, median and 99th percentile."""
        p99 = statistics.quantiles(self.wall, n=100)[98]
        cpu = statistics.quantiles(self.processor, n=100)[98]
        recall = self.found / len(self.wall)
        return f"{recall:9.3f} {statistics.median(self.wall):8.2f} {p99:8.2f} {cpu:8.2f}"


def measure(find: Find, questions: list[Question], held: dict[str, list[str]]) -> Measured:
    """Ask each question; `held` are the keys of the names of each entity."""
    measured = Measured()
    for text, entity in questions:
        wall, processor = time.perf_counter(), time.process_time()
        matches = find(text)
        measured.processor.append((time.process_time() - processor) * 1000)
        measured.wall.append((time.perf_counter() - wall) * 1000)
        asked = normalize(text)
        alike = sum(any(asked in name for name in held[match]) for match in matches)
        measured.found += entity in matches or alike == len(matches) == 10
    return measured


def main() -> None:
    """Measure and print a table."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    asked = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    chance = random.Random(20251)
    entities = make_names(number, chance)
    names = [name for spellings in entities.values() for name in spellings]
    held = {entity: [normalize(name.text) for name in spellings] for entity, spellings in entities.items()}
    questions = make_questions(entities, asked, chance)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        build_index(names, Path(folder))
        built = time.perf_counter() - begun
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
        lookup = NameIndex(Path(folder))
        keys = [normalize(name.text) for name in names]

        def scan(text: str) -> list[str]:
            best = process.extract(normalize(text), keys, scorer=fuzz.WRatio, limit=10)
            return [names[at].entity for _, _, at in best]

        about = f"{len(names):,} names of {len(entities):,} entities"
        print(f"{about}, {size:.0f} MB, built in {built:.1f} s, Python {platform.python_version()}")
        columns = f"{'recall@10':>9} {'p50 ms':>8} {'p99 ms':>8} {'p99 cpu':>8}"
        print(f"{'':14} {columns}   scan: {columns}")
        for sort, some in questions.items():
            ours = measure(lambda text: [match.entity for match in lookup.find(text, limit=10)], some, held)
            # A scan takes a tenth of a second and more for a question: a sample tells enough.
            theirs = measure(scan, some[: max(5, asked // 25)], held)
            print(f"{sort:14} {ours.row()}         {theirs.row()}")


if __name__ == "__main__":
    main()
