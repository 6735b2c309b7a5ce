"""The parameters of an operation as pydantic models, for surfaces whose values come from outside as texts or JSON.

Needs pydantic, which comes with the extras `server` and `mcp`; nothing else of this package does.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema, create_model
from pydantic.fields import FieldInfo

from kg.errors import UsageError
from kg.operations.catalogue import OPERATIONS
from kg.operations.operation import OperationParameter

__all__ = ["annotation", "arguments_model", "read_arguments", "words_of"]

_DAY = r"^\d{4}-\d{2}-\d{2}$"


def annotation(parameter: OperationParameter, *, empty: bool = False) -> tuple[Any, FieldInfo]:
    """Give the type of a parameter and the field that holds its default, range, words and example.

    With `empty` an empty text passes, for whoever runs the operation to say what it lacks.
    """
    options: dict[str, Any] = {"description": parameter.about.en}
    if parameter.example:
        options["examples"] = [parameter.example]
    default = ... if parameter.required else _default(parameter)
    optional = default is None
    inner = _type(parameter, empty=empty)
    return (inner | None if optional else inner), Field(default, **options)


def _default(parameter: OperationParameter) -> Any:
    return list(parameter.default) if isinstance(parameter.default, tuple) else parameter.default


def _type(parameter: OperationParameter, *, empty: bool) -> Any:
    """Give the type with its range. The range stands inside, so that an optional value is described well."""
    # A choice may be given by a label; the schema lists the choices themselves.
    literal = (
        Annotated[Literal[parameter.choices], BeforeValidator(parameter.read_choice)] if parameter.choices else Any
    )
    if parameter.kind == "integer":
        return Annotated[int, Field(ge=parameter.least, le=parameter.most)]
    if parameter.kind == "flag":
        return bool
    if parameter.kind == "choice":
        return literal
    if parameter.kind == "choices":
        return list[literal]  # type: ignore[valid-type]
    if parameter.kind == "texts":
        return Annotated[list[str], Field(max_length=parameter.longest)]
    if parameter.kind == "texts by name":
        return dict[str, str]
    if parameter.kind == "day":
        # What is no day is told by the filters themselves, in better words.
        return Annotated[str, WithJsonSchema({"type": "string", "pattern": _DAY})]
    least = None if empty else 1 if parameter.required else parameter.least
    return Annotated[str, Field(min_length=least, max_length=parameter.longest)]


@cache
def arguments_model(name: str) -> type[BaseModel]:
    """Make the model of the arguments of an operation."""
    fields: dict[str, Any] = {one.name: annotation(one) for one in OPERATIONS[name].all_parameters}
    return create_model(f"{name.title()}Arguments", __config__=ConfigDict(extra="forbid"), **fields)


def read_arguments(name: str, given: dict[str, Any], also: tuple[str, ...] = ()) -> dict[str, Any]:
    """Read arguments from outside: names as they are today, values of the right type and range.

    Raises UsageError, with all that is wrong. What is given as an empty text asks nothing, unless it is needed.
    """
    operation = OPERATIONS[name]
    named = operation.name_parameters(given, also)
    needed = {one.name for one in operation.all_parameters if one.required}
    kept = {key: value for key, value in named.items() if key not in also and (value != "" or key in needed)}
    try:
        read = arguments_model(name).model_validate(kept)
    except ValidationError as error:
        raise UsageError(f"the request is not as it should be ({words_of(error)})") from error
    return {key: getattr(read, key) for key in kept}


def words_of(error: ValidationError) -> str:
    """Say what is wrong with each argument."""
    return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_url=False))
