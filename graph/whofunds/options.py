"""A loader's options: the keyword-only arguments of its function, typed and with defaults."""

import ast
import inspect
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from whofunds.errors import InputError, UsageError

_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_WANTED = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    Path: "a file or folder that is there",
    str: "a text",
}


@dataclass(frozen=True)
class Option:
    """A loader's option as its file has it: name, type and default are Python."""

    name: str
    type: str
    default: str

    def __str__(self) -> str:
        return f"{self.name}: {self.type} = {self.default}"


def declared(function: ast.FunctionDef) -> tuple[Option, ...]:
    """The options of a function that is not run."""
    pairs = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    return tuple(
        Option(
            a.arg,
            ast.unparse(a.annotation) if a.annotation else "str",
            ast.unparse(default) if default else "",
        )
        for a, default in pairs
    )


def converted(
    loader: str, function: Callable[..., Any], given: Mapping[str, object]
) -> dict[str, Any]:
    """Arguments for a loader's function from values that are text, or already what is wanted.

    Raises UsageError for an unknown option or a value of the wrong type.
    """
    try:
        signature = inspect.signature(function, eval_str=True)
    except Exception as error:
        raise InputError(f"{loader}: the types of its options: {error}; mend the loader") from None
    known = {p.name: p for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY}
    found: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            has = ", ".join(known) or "none"
            raise UsageError(f"{loader} has no option {name!r}; its options: {has}")
        annotation = known[name].annotation
        annotation = str if annotation is inspect.Parameter.empty else annotation
        if not _usable(annotation):
            raise InputError(
                f"{loader}: its option {name} has the type {annotation}; "
                "use str, int, float, bool, pathlib.Path or a Literal, or one of these with | None"
            )
        try:
            found[name] = _value(value, annotation)
        except (KeyError, StopIteration, TypeError, ValueError):
            raise UsageError(
                f"{loader}: {name}={value} is not right; give {_wanted(annotation)}"
            ) from None
    if missing := [n for n, p in known.items() if p.default is p.empty and n not in found]:
        raise UsageError(f"{loader} needs {missing[0]}; give it with --set {missing[0]}=VALUE")
    return found


def _usable(annotation: Any) -> bool:
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = [a for a in get_args(annotation) if a is not type(None)]
        return len(kinds) == 1 and _usable(kinds[0])
    return get_origin(annotation) is Literal or annotation in _WANTED


def _value(value: object, annotation: Any) -> object:
    if get_origin(annotation) is Literal:
        return next(choice for choice in get_args(annotation) if str(choice) == str(value))
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = [a for a in get_args(annotation) if a is not type(None)]
        if value is None or (value == "" and str not in kinds):
            return None
        return _value(value, kinds[0])
    if annotation is Path and isinstance(value, (str, Path)):
        if not Path(value).exists():
            raise ValueError(value)
        return Path(value)
    if annotation is bool and isinstance(value, str):
        return _FLAGS[value.strip().lower()]
    if annotation in (int, float) and isinstance(value, (str, int)) and value is not True:
        return annotation(value)
    if not isinstance(value, annotation):
        raise TypeError(value)
    return value


def _wanted(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return f"one of {', '.join(str(c) for c in get_args(annotation))}"
    if get_origin(annotation) in (Union, types.UnionType):
        return _wanted(next(a for a in get_args(annotation) if a is not type(None)))
    return _WANTED.get(annotation, str(annotation))
