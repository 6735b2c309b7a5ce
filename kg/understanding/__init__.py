"""What a text asks: which named question, with which values, what was left out of account, what else it may mean.

Words are matched with the wordings of the questions (`kg.questions.wordings`) and with the names of the release, by
rules and counts alone: the same text always means the same. Nothing is answered here, and no query is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lazy import load_from

if TYPE_CHECKING:
    from kg.understanding.interpreter import Interpreter
    from kg.understanding.reading import Understanding

__all__ = ["Interpreter", "Understanding"]

__getattr__ = load_from(__name__, interpreter="Interpreter", reading="Understanding")
