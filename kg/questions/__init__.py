"""Named questions: their files, their parameters, and answers in which each row has its claims.

A question is a query in `ontology/questions/`; none is known here by name. Queries from outside go to `kg.sparql`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lazy import load_from

if TYPE_CHECKING:
    from kg.questions.answer import Answer, answer_rows
    from kg.questions.loader import read_questions
    from kg.questions.question import Question, bind

__all__ = [
    "Answer",
    "Question",
    "answer_rows",
    "bind",
    "read_questions",
]

__getattr__ = load_from(
    __name__,
    answer="Answer answer_rows",
    loader="read_questions",
    question="Question bind",
)
