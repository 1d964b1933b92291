"""Reading a definition (TOML) into a frozen model, with messages that name the file, the key and the remedy."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from analysis.errors import StudyError, suggestion

LARGEST_DEFINITION_BYTES = 300_000  # a province with a hundred corrections has 20,000
MOST_MARKS_OF_A_LINE = 1_000  # opening brackets or points; the longest list of a definition has some dozens


class Definition(BaseModel):
    """Base of every definition read from a file: frozen, strict about types, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_strip_whitespace=True)

    def translation(self, field: str, language: str) -> str | None:
        """Return what ``<field>_<language>`` says; None where the definition has no such field or it is not given."""
        own: str | None = getattr(self, f"{field}_{language}", None)
        return own


Model = TypeVar("Model", bound=Definition)


def _tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


AS_TUPLE = BeforeValidator(_tuple)  # a TOML array becomes a tuple, so that the model is frozen all through
Texts = Annotated[tuple[str, ...], AS_TUPLE]
NonEmpty = Annotated[str, Field(min_length=1)]


def as_member(kind: type[StrEnum]) -> BeforeValidator:
    """Return a validator that reads a TOML text as a member of a closed list."""

    def member(value: object) -> object:
        if isinstance(value, str) and value in {str(code) for code in kind}:
            return kind(value)
        hint = suggestion(str(value), [str(code) for code in kind])
        raise ValueError(f"found {value!r}{hint}; allowed: {', '.join(kind)}. Correct the value.")

    return BeforeValidator(member)


def refuse_twins(ids: list[str], what: str) -> None:
    """Raise ValueError (for a model's validator) where an id stands twice."""
    twins = sorted({item for item in ids if ids.count(item) > 1})
    if twins:
        raise ValueError(f"{what} {', '.join(map(repr, twins))} stands twice; give each its own.")


def read_toml(path: Path, shown: str) -> dict[str, Any]:
    """Return the content of a TOML file; ``shown`` is its name in messages.

    Raises StudyError where the file is missing or no plain file, too large, not UTF-8 or not TOML.
    """
    text = _text_of(path, shown)
    _refuse_depth(text, shown)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise StudyError(f"{shown}: not valid TOML: {error}; correct that line.") from None
    except ValueError:  # int() refuses thousands of digits
        raise StudyError(f"{shown}: a number has more digits than any; correct it.") from None
    except RecursionError:
        raise StudyError(f"{shown}: brackets stand in more layers than a definition has; correct them.") from None


def _text_of(path: Path, shown: str) -> str:
    """Return the text of a definition with line feeds, read no further than a definition may be long."""
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_DEFINITION_BYTES + 1)
    except FileNotFoundError:
        raise StudyError(f"{shown}: the file does not exist; create it or correct the name.") from None
    except OSError as error:
        raise StudyError(
            f"{shown}: the file cannot be read ({error.strerror}); it must be a plain file that you may open."
        ) from None
    if len(content) > LARGEST_DEFINITION_BYTES:
        largest = f"{LARGEST_DEFINITION_BYTES / 1000:.0f} kB"
        raise StudyError(
            f"{shown}: the file is larger than {largest}; a definition never is. Take out what is no TOML."
        )
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise StudyError(f"{shown}: the file is not in UTF-8; save it again with the encoding UTF-8.") from None


def _refuse_depth(text: str, shown: str) -> None:
    """Refuse brackets and names in more layers than a definition has: reading them takes memory without end."""
    for number, line in enumerate(text.split("\n"), start=1):
        if max(map(line.count, "[{.")) > MOST_MARKS_OF_A_LINE:
            raise StudyError(f"{shown}: line {number} holds more brackets or points than a definition; correct it.")


def validate(model: type[Model], content: dict[str, Any], shown: str) -> Model:
    """Return ``content`` as a frozen ``model``; every fault of the file is named in one StudyError."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        faults = [_fault(model, dict(item)) for item in error.errors(include_url=False)]
    raise StudyError("\n".join(f"{shown}: {fault}" for fault in faults))


def _fault(model: type[Definition], item: dict[str, Any]) -> str:
    """Return one line for one fault that pydantic found: key, what was found, what is allowed, what to do."""
    location = tuple(item["loc"])
    key = _key(location)
    if item["type"] == "extra_forbidden":
        allowed = sorted(_names(_model_at(model, location[:-1])))
        hint = suggestion(str(location[-1]), allowed)
        return f"unknown key {key}{hint}; allowed here: {', '.join(allowed)}. Correct or remove the key."
    if item["type"] == "missing":
        return f"key {key} is missing; add it."
    if item["type"] == "value_error":
        return f"{f'key {key}: ' if location else ''}{item['ctx']['error']}"
    message = str(item["msg"]).replace("Input should be", "it must be").replace("a valid string", "text in quotes")
    return f"key {key}: found {_found(item['input'])}; {message}. Correct the value."


def _key(location: tuple[Any, ...]) -> str:
    """Return a location as a reader of the file counts it: ``batch 2, id`` for ("batch", 1, "id")."""
    parts: list[str] = []
    for step in location:
        if isinstance(step, int) and parts:
            parts[-1] = f"{parts[-1]} {step + 1}"
        else:
            parts.append(str(step))
    return "'" + ", ".join(parts) + "'"


def _found(value: object) -> str:
    names = {
        bool: "true/false",
        int: "whole number",
        float: "number",
        str: "text",
        list: "list",
        dict: "table",
    }
    kind = names.get(type(value), type(value).__name__)
    return kind if isinstance(value, list | dict) else f"{value!r} ({kind})"


def _names(model: type[Definition]) -> list[str]:
    return [str(field.alias or name) for name, field in model.model_fields.items() if not field.exclude]


def _model_at(model: type[Definition], location: tuple[Any, ...]) -> type[Definition]:
    """Return the model that owns the keys at ``location``."""
    for step in location:
        if isinstance(step, int):
            continue
        for name, field in model.model_fields.items():
            if step in (name, field.alias):
                model = _inner(field.annotation) or model
    return model


def _inner(annotation: Any) -> type[Definition] | None:
    if isinstance(annotation, type) and issubclass(annotation, Definition):
        return annotation
    return next((found for part in get_args(annotation) if (found := _inner(part))), None)
