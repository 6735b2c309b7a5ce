"""Work in threads: results in order, and no error lost."""

from __future__ import annotations

import pytest

from kg.parallel import in_background, map_threads


def fail(text: str) -> None:
    raise ValueError(text)


def test_results_come_in_the_order_of_the_items() -> None:
    assert map_threads(lambda number: number * number, range(50)) == [number * number for number in range(50)]


def test_an_error_of_one_item_is_raised() -> None:
    with pytest.raises(ValueError, match="three"):
        map_threads(lambda number: fail("three") if number == 3 else number, range(5))


def test_an_error_that_nobody_waited_for_is_raised() -> None:
    with pytest.raises(ValueError, match="beside"), in_background(lambda: fail("beside")):
        pass


def test_an_error_of_the_block_is_raised() -> None:
    with pytest.raises(ValueError, match="block"), in_background(lambda: 1):
        fail("block")


def test_of_two_errors_that_of_the_function_is_raised() -> None:
    with pytest.raises(ValueError, match="beside") as caught, in_background(lambda: fail("beside")):
        fail("block")
    assert str(caught.value.__context__) == "block"
