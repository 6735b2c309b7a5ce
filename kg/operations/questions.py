"""The operations that ask: the named questions, what a text asks, and the answer to a question by name or in words."""

from __future__ import annotations

from kg.operations.operation import BilingualText, Operation, OperationParameter
from kg.operations.parameters import LANGUAGE

__all__ = ["QUESTIONS"]

_QUESTIONS = Operation(
    "questions",
    BilingualText("List the named questions.", "列出已命名的问题."),
    "The questions that the graph answers, with their parameters, defaults, columns and queries.",
    gives="questions",
    advice="A named question is tested, and each row of its answer names its claims: prefer one to SPARQL of your own.",
    window=100,
    not_on={"tools": "the tool is list_questions, which looks for words too", "commands": "the command is ask --list"},
)
_UNDERSTAND = Operation(
    "understand",
    BilingualText("Say which named question a text asks.", "说明一段文字问的是哪个已命名的问题."),
    (
        "Whether it is a name, SPARQL, or a question in words, and which with which values it may be, the best first, "
        "with the words that each leaves out. `is_sure`: `ask` answers the first. Words in `unknown` nothing covers."
    ),
    (
        OperationParameter(
            "text",
            "text",
            BilingualText("What is asked", "所问内容"),
            required=True,
            least=1,
            most=500,
            example="who supplies LFP to CATL",
        ),
        LANGUAGE,
    ),
    gives="understanding",
    window=None,
    not_on={
        "tools": "ask takes words, says how it understood them, and offers what else they may mean",
        "commands": "kg ask takes words, says how it understood them, and offers what else they may mean",
    },
)
_ASK = Operation(
    "ask",
    BilingualText("Ask a question, by its name or in words.", "提问: 用问题的名称或用自己的话."),
    (
        "Each row has the claims behind it. An empty cell, or no row, means what the answer says, most often "
        "*not stated*: no source says it, which is not a no. Parameters left out take defaults, which are told. "
        "Words are answered if they mean one question for sure; else what they may mean is offered."
    ),
    (
        OperationParameter(
            "question",
            "text",
            BilingualText("The name of a question, or words", "问题的名称, 如 base-operator, 或一句话"),
            required=True,
            most=500,
            example="base-operator",
        ),
        OperationParameter(
            "parameters",
            "texts by name",
            BilingualText(
                'Its parameters, such as {"base": "base/guian"}; entities by id or by a name that only one has',
                '它的参数, 如 {"base": "base/guian"}; 实体用标识符或唯一的名称',
            ),
        ),
        OperationParameter(
            "only",
            "entity",
            BilingualText("Only rows naming this or what lies in it", "只看提及它或位于其中者的行"),
            most=200,
        ),
        LANGUAGE,
    ),
    advice="Cite the `claims` of a row, and look one up with `claim`.",
    leading=("question",),
)

QUESTIONS = (_QUESTIONS, _UNDERSTAND, _ASK)
