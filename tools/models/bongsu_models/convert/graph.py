"""A source graph as the readers produce it: nodes in TensorFlow's vocabulary, constants as numpy arrays."""
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..errors import ModelError


@dataclass
class SourceNode:
    name: str
    op: str
    inputs: list[str]  # "node" or "node:output"
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass
class SourceInput:
    name: str
    shape: tuple[int, ...]
    dtype: np.dtype


@dataclass
class SourceGraph:
    inputs: list[SourceInput]
    nodes: dict[str, SourceNode]
    constants: dict[str, np.ndarray]

    def needed(self, outputs: list[str]) -> list[SourceNode]:
        """The nodes that the outputs depend on, each after its inputs. Iterative: graphs are deeper than Python's stack."""
        done: set[str] = set()
        order: list[SourceNode] = []
        open_nodes: set[str] = set()
        stack = [(node_of(name), False) for name in reversed(outputs)]
        leaves = set(self.constants) | {i.name for i in self.inputs}
        while stack:
            name, children_done = stack.pop()
            if name in done or name in leaves:
                continue
            if children_done:
                done.add(name)
                order.append(self.nodes[name])
                continue
            if name not in self.nodes:
                raise ModelError(f"the graph refers to the node '{name}', which it does not contain")
            if name in open_nodes:
                raise ModelError(f"the graph has a cycle through the node '{name}'")
            open_nodes.add(name)
            stack.append((name, True))
            stack.extend((node_of(i), False) for i in reversed(self.nodes[name].inputs))
        return order

    def consumer_counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for node in self.nodes.values():
            for name in node.inputs:
                counts[node_of(name)] = counts.get(node_of(name), 0) + 1
        return counts


def node_of(reference: str) -> str:
    """The node part of a reference such as "split:1"."""
    head, separator, tail = reference.rpartition(":")
    return head if separator and tail.isdigit() else reference


def output_of(reference: str) -> int:
    """The output index of a reference such as "split:1"."""
    head, separator, tail = reference.rpartition(":")
    return int(tail) if separator and tail.isdigit() else 0
