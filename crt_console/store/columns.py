"""How values of the domain lie in columns that both databases store alike."""

import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, Dialect, Double, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_encoder = msgspec.json.Encoder(order="sorted")


def to_micros(moment: datetime) -> int:
    """Return the microseconds since 1970 of an aware moment."""
    return (moment - EPOCH) // _MICROSECOND


@lru_cache(maxsize=4096)  # a moment is read again with each act on what it belongs to
def from_micros(micros: int) -> datetime:
    """Return the moment, in UTC, that many microseconds after the start of 1970."""
    return EPOCH + timedelta(0, 0, micros)


def to_json(value: Any) -> str:
    """Return plain values as canonical JSON."""
    return _encoder.encode(value).decode()


_tuple_from_json = msgspec.json.Decoder(tuple).decode


class Kept(TypeDecorator[Any]):
    """A value kept in another form; `way_in` and `way_out` take what is not None."""

    way_in: Callable[[Any], Any]
    way_out: Callable[[Any], Any]

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Return what is stored."""
        del dialect
        return None if value is None else self.way_in(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Return what was stored."""
        del dialect
        return None if value is None else self.way_out(value)


class Moment(Kept):
    """An aware moment, kept as microseconds since 1970 in UTC."""

    impl = BigInteger
    cache_ok = True
    way_in = staticmethod(to_micros)
    way_out = staticmethod(from_micros)


class Json(Kept):
    """A mapping or a tuple of plain values, kept as canonical JSON."""

    impl = Text
    cache_ok = True
    way_in = staticmethod(to_json)

    def __init__(self, *, as_tuple: bool = False) -> None:
        super().__init__()
        self.as_tuple = as_tuple
        self.way_out = _tuple_from_json if as_tuple else msgspec.json.decode


class Word(Kept):
    """One word of a closed list, kept as its text."""

    impl = Text
    cache_ok = True
    way_in = staticmethod(str)

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words
        self.way_out = {str(word): word for word in words}.__getitem__


def columns_of(row: type[Any]) -> list[Column[Any]]:
    """Return one column for each field of a row of the domain; `id` is the primary key."""
    hints = typing.get_type_hints(row)
    return [_column(name, hint) for name, hint in hints.items()]


def _column(name: str, hint: Any) -> Column[Any]:
    options = [part for part in _parts(hint) if part is not type(None)]
    nullable = len(options) < len(_parts(hint))
    kind = _type(options[0]) if len(options) == 1 else Json()
    return Column(name, kind, primary_key=name == "id", nullable=nullable)


def _parts(hint: Any) -> tuple[Any, ...]:
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return typing.get_args(hint)
    return (hint,)


def _type(hint: Any) -> TypeEngine[Any]:
    plain = typing.get_origin(hint) or getattr(hint, "__supertype__", hint)
    if plain is tuple:
        return Json(as_tuple=True)
    if issubclass(plain, Mapping):
        return Json()
    if issubclass(plain, StrEnum):
        return Word(plain)
    known: dict[type, TypeEngine[Any]] = {
        str: Text(),
        bool: Boolean(),
        int: BigInteger(),
        float: Double(),
        datetime: Moment(),
    }
    return known[plain]
