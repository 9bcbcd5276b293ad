"""Writes small FlatBuffers for tests: a table is a dict of field number -> (layout, value), a nested table or a list."""
import struct

import numpy as np


class Writer:
    def __init__(self, root: dict, identifier: bytes) -> None:
        self.data = bytearray(struct.pack("<I", 0) + identifier)
        self._patch(0, self._table(root))

    def _patch(self, position: int, target: int) -> None:
        struct.pack_into("<I", self.data, position, target - position)

    def _table(self, fields: dict) -> int:
        count = max(fields, default=-1) + 1
        vtable = len(self.data)
        self.data += bytes(4 + 2 * count)
        position = len(self.data)
        self.data += struct.pack("<i", position - vtable)
        pending = []
        for number, value in fields.items():
            struct.pack_into("<H", self.data, vtable + 4 + 2 * number, len(self.data) - position)
            if isinstance(value, tuple):
                self.data += struct.pack("<" + value[0], value[1])
            else:
                pending.append((len(self.data), value))
                self.data += bytes(4)
        struct.pack_into("<HH", self.data, vtable, 4 + 2 * count, len(self.data) - position)
        for place, value in pending:
            self._patch(place, self._value(value))
        return position

    def _value(self, value) -> int:
        if isinstance(value, dict):
            return self._table(value)
        start = len(self.data)
        if isinstance(value, (bytes, str)):
            raw = value.encode() if isinstance(value, str) else value
            self.data += struct.pack("<I", len(raw)) + raw
        elif isinstance(value, np.ndarray):
            self.data += struct.pack("<I", value.size) + value.tobytes()
        else:
            self.data += struct.pack("<I", len(value)) + bytes(4 * len(value))
            for i, item in enumerate(value):
                self._patch(start + 4 + 4 * i, self._table(item))
        return start
