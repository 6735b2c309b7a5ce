"""The languages in which answers are worded.

It stands apart from `kg.localization`, which words them: the help of the commands names the choice, and should not wait
for what numbers and words need.
"""

from __future__ import annotations

__all__ = ["LANGUAGES"]

LANGUAGES = ("en", "zh")
