"""Reads FlatBuffers tables by field number, without generated code. Every access is checked against the end of the file.

Format: https://flatbuffers.dev/internals/ (a table starts with the distance to its vtable, whose entries are field offsets).
"""
import struct

import numpy as np

from ..errors import ModelError


class Buffer:
    def __init__(self, data: bytes, label: str) -> None:
        self.data = data
        self.label = label

    def read(self, layout: str, position: int):
        try:
            if position < 0:
                raise struct.error("negative offset")
            return struct.unpack_from("<" + layout, self.data, position)[0]
        except struct.error as error:
            raise ModelError(f"{self.label}: damaged at byte {position}: {error}") from error

    def root(self) -> "Table":
        return Table(self, self.read("I", 0))

    def vector(self, position: int, item_size: int) -> tuple[int, int]:
        """(position of the first item, count) of the vector that the offset at `position` points to."""
        start = position + self.read("I", position)
        count = self.read("I", start)
        if start + 4 + count * item_size > len(self.data):
            raise ModelError(f"{self.label}: a vector at byte {start} reaches beyond the end")
        return start + 4, count


class Table:
    def __init__(self, buffer: Buffer, position: int) -> None:
        self._buffer = buffer
        self._position = position
        self._vtable = position - buffer.read("i", position)
        self._fields = (buffer.read("H", self._vtable) - 4) // 2

    def _field(self, number: int) -> int | None:
        if number >= self._fields:
            return None
        offset = self._buffer.read("H", self._vtable + 4 + 2 * number)
        return self._position + offset if offset else None

    def number(self, field: int, layout: str, default=0):
        position = self._field(field)
        return default if position is None else self._buffer.read(layout, position)

    def table(self, field: int) -> "Table | None":
        position = self._field(field)
        return None if position is None else Table(self._buffer, position + self._buffer.read("I", position))

    def tables(self, field: int) -> list["Table"]:
        position = self._field(field)
        if position is None:
            return []
        first, count = self._buffer.vector(position, 4)
        items = range(first, first + 4 * count, 4)
        return [Table(self._buffer, item + self._buffer.read("I", item)) for item in items]

    def array(self, field: int, dtype) -> np.ndarray:
        position = self._field(field)
        if position is None:
            return np.zeros(0, dtype)
        first, count = self._buffer.vector(position, np.dtype(dtype).itemsize)
        return np.frombuffer(self._buffer.data, dtype, count, first)

    def text(self, field: int) -> str:
        return self.array(field, np.uint8).tobytes().decode("utf-8", "replace")
