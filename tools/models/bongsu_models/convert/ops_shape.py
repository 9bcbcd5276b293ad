"""Reshaping, joining, splitting, padding, gathering."""
import numpy as np
from onnx import TensorProto

from ..errors import ModelError
from .registry import operator
from .values import Padding, Value, constant, physical, symbolic, transposed


@operator("Identity")
def identity(lowering, node, inputs):
    return inputs[0]


@operator("Transpose")
def transpose(lowering, node, inputs):
    return transposed(inputs[0], [int(p) for p in inputs[1].constant])


@operator("Reshape")
def reshape(lowering, node, inputs):
    value = inputs[0]
    shape = lowering.scaled_shape(value, [int(d) for d in inputs[1].constant.reshape(-1)])
    if value.is_constant:
        return constant(value.constant.reshape(shape))
    if shape == value.shape:
        return value
    name = lowering.builder.emit("Reshape", [lowering.builder.plain(value), lowering.builder.integers(shape)])
    return symbolic(name, shape, value.dtype)


@operator("Squeeze")
def squeeze(lowering, node, inputs):
    value = inputs[0]
    axes = node.attributes.get("squeeze_dims") or [i for i, d in enumerate(value.shape) if d == 1]
    gone = {a % value.rank for a in axes}
    shape = [d for i, d in enumerate(value.shape) if i not in gone]
    return _reshaped(lowering, value, shape)


@operator("ExpandDims")
def expand_dims(lowering, node, inputs):
    value, axis = inputs[0], int(inputs[1].constant)
    shape = list(value.shape)
    shape.insert(axis if axis >= 0 else axis + value.rank + 1, 1)
    return _reshaped(lowering, value, shape)


def _reshaped(lowering, value: Value, shape) -> Value:
    if value.is_constant:
        return constant(value.constant.reshape(shape))
    name = lowering.builder.emit("Reshape", [lowering.builder.plain(value), lowering.builder.integers(shape)])
    return symbolic(name, shape, value.dtype)


@operator("ConcatV2")
def concat(lowering, node, inputs):
    parts, axis = inputs[:-1], int(inputs[-1].constant) % inputs[0].rank
    return join(lowering, parts, axis)


def join(lowering, parts: list[Value], axis: int) -> Value:
    if all(p.is_constant for p in parts):
        return constant(np.concatenate([p.constant for p in parts], axis))
    leader = next(p for p in parts if not p.is_constant)
    shape = list(leader.shape)
    shape[axis] = sum(p.shape[axis] for p in parts)
    names = [lowering.builder.stored(p, leader.order) for p in parts]
    return symbolic(lowering.builder.emit("Concat", names, axis=leader.order[axis]), shape, leader.dtype, leader.order)


@operator("Pack")
def pack(lowering, node, inputs):
    axis = node.attributes.get("axis", 0) % (inputs[0].rank + 1)
    shape = list(inputs[0].shape)
    shape.insert(axis, 1)
    dtype = next((v.dtype for v in inputs if not v.is_constant), inputs[0].dtype)
    parts = [constant(v.constant.astype(dtype)) if v.is_constant else v for v in inputs]
    return join(lowering, [_reshaped(lowering, v, shape) for v in parts], axis)


@operator("Unpack")
def unpack(lowering, node, inputs):
    value, axis = inputs[0], node.attributes.get("axis", 0) % inputs[0].rank
    shape = [d for i, d in enumerate(value.shape) if i != axis]
    return [_reshaped(lowering, part, shape) for part in _split(lowering, value, axis, [1] * value.shape[axis])]


@operator("SplitV")
def split_v(lowering, node, inputs):
    value, sizes, axis = inputs[0], [int(s) for s in inputs[1].constant], int(inputs[2].constant) % inputs[0].rank
    return _split(lowering, value, axis, sizes)


def _split(lowering, value: Value, axis: int, sizes: list[int]) -> list[Value]:
    if value.is_constant:
        return [constant(part) for part in np.split(value.constant, np.cumsum(sizes)[:-1], axis)]
    if len(sizes) == 1:
        return [value]
    names = lowering.builder.emit("Split", [value.name, lowering.builder.integers(sizes)], outputs=len(sizes),
                                  axis=value.order[axis])
    shapes = [[size if i == axis else d for i, d in enumerate(value.shape)] for size in sizes]
    return [symbolic(name, shape, value.dtype, value.order) for name, shape in zip(names, shapes)]


@operator("Pad", "PadV2")
def pad(lowering, node, inputs):
    value, amounts = inputs[0], inputs[1].constant
    fill = float(inputs[2].constant) if node.op == "PadV2" else 0.0
    shape = [d + int(before) + int(after) for d, (before, after) in zip(value.shape, amounts)]
    begin, end = (physical(amounts[:, side], value.order) for side in range(2))
    name = lowering.builder.emit("Pad", [value.name, lowering.builder.integers(begin + end),
                                         lowering.builder.initialiser(np.array(fill, value.dtype))])
    out = symbolic(name, shape, value.dtype, value.order)
    if fill == 0.0:
        out.padding = Padding(value, np.asarray(amounts))
    return out


@operator("SparseToDense")
def sparse_to_dense(lowering, node, inputs):
    if not all(v.is_constant for v in inputs):
        raise ModelError(f"'{node.name}': SparseToDense is only supported on constants")
    indices, shape, values, default = (v.constant for v in inputs)
    dense = np.full([int(d) for d in np.atleast_1d(shape)], default, values.dtype)
    for number, index in enumerate(indices.reshape(-1, dense.ndim)):
        dense[tuple(index)] = values if values.ndim == 0 else values[number]
    return constant(dense)


@operator("GatherNd")
def gather_nd(lowering, node, inputs):
    value, indices = inputs
    shape = (*indices.shape[:-1], *value.shape[indices.shape[-1]:])
    if indices.is_constant:
        index_name = lowering.builder.initialiser(indices.constant.astype(np.int64))
    else:
        index_name = lowering.builder.emit("Cast", [lowering.builder.plain(indices)], to=TensorProto.INT64)
    return symbolic(lowering.builder.emit("GatherND", [lowering.builder.plain(value), index_name]), shape, value.dtype)
