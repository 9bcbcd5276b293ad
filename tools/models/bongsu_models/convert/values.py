"""Tensors during conversion.

A symbolic value remembers in which order its axes really lie in the ONNX tensor ("order"): logical axis i is stored at
physical axis order[i]. TensorFlow's convolutions are NHWC, ONNX's are NCHW; with the lazy order a TensorFlow Transpose
costs nothing and a real Transpose is emitted only where an operator cannot work on the order at hand.
"""
from dataclasses import dataclass, field

import numpy as np
from onnx import NodeProto

NCHW_OF_NHWC = (0, 2, 3, 1)  # logical N,H,W,C stored as N,C,H,W


@dataclass
class Padding:
    """Says that a value is another value with zeros around it, so that a convolution can do the padding itself."""
    source: "Value"
    amounts: np.ndarray  # (rank, 2), logical axes


@dataclass
class Value:
    shape: tuple[int, ...]
    dtype: np.dtype
    constant: np.ndarray | None = None
    name: str = ""
    order: tuple[int, ...] = ()
    padding: Padding | None = None
    conv_without_bias: NodeProto | None = None  # set while a following Add may still become this convolution's bias
    reordered: dict[tuple[int, ...], str] = field(default_factory=dict)

    @property
    def rank(self) -> int:
        return len(self.shape)

    @property
    def size(self) -> int:
        return int(np.prod(self.shape, dtype=np.int64))

    @property
    def is_constant(self) -> bool:
        return self.constant is not None


def constant(array: np.ndarray) -> Value:
    array = np.asarray(array)
    return Value(array.shape, array.dtype, constant=array)


def symbolic(name: str, shape, dtype, order=None) -> Value:
    shape = tuple(int(d) for d in shape)
    return Value(shape, np.dtype(dtype), name=name, order=tuple(order) if order is not None else tuple(range(len(shape))))


def physical(per_axis, order) -> list:
    """Rearranges one item per logical axis into storage order."""
    out = [None] * len(order)
    for axis, item in enumerate(per_axis):
        out[order[axis]] = item
    return out


def transposed(value: Value, permutation) -> Value:
    """TensorFlow's Transpose: new axis i is old axis permutation[i]. No data moves."""
    if value.is_constant:
        return constant(value.constant.transpose(permutation))
    shape = [value.shape[p] for p in permutation]
    out = symbolic(value.name, shape, value.dtype, [value.order[p] for p in permutation])
    out.reordered = value.reordered
    if value.padding:
        out.padding = Padding(transposed(value.padding.source, permutation), value.padding.amounts[list(permutation)])
    return out
