"""Element-wise arithmetic, casts, arg-max. What is constant is folded with numpy."""
import numpy as np
from onnx import TensorProto

from .builder import ONNX_TYPES
from .registry import operator
from .tfjs import DTYPES
from .values import Value, constant, physical, symbolic

BINARY = {
    "Add": ("Add", np.add), "AddV2": ("Add", np.add), "BiasAdd": ("Add", np.add), "Sub": ("Sub", np.subtract),
    "Mul": ("Mul", np.multiply), "RealDiv": ("Div", np.divide), "FloorDiv": ("Div", np.floor_divide),
}


@operator(*BINARY)
def binary(lowering, node, inputs):
    left, right = inputs
    onnx_op, fold = BINARY[node.op]
    if left.is_constant and right.is_constant:
        return constant(fold(left.constant, right.constant).astype(left.dtype))
    if onnx_op == "Add" and _becomes_bias(left, right):
        left.conv_without_bias.input.append(lowering.builder.initialiser(right.constant.reshape(-1)))
        left.conv_without_bias = None
        return left
    names, shape, order = _aligned(lowering, left, right)
    name = lowering.builder.emit(onnx_op, names)
    if node.op == "FloorDiv" and np.issubdtype(left.dtype, np.floating):
        name = lowering.builder.emit("Floor", [name])  # integer division truncates; the models divide indices, never negative
    return symbolic(name, shape, left.dtype, order)


@operator("SquaredDifference")
def squared_difference(lowering, node, inputs):
    names, shape, order = _aligned(lowering, *inputs)
    difference = lowering.builder.emit("Sub", names)
    return symbolic(lowering.builder.emit("Mul", [difference, difference]), shape, inputs[0].dtype, order)


def _becomes_bias(left: Value, right: Value) -> bool:
    return (left.conv_without_bias is not None and right.is_constant and right.rank == 1
            and right.size == left.shape[-1])


def _aligned(lowering, left: Value, right: Value):
    """Names of both operands in one axis order, the broadcast shape, and that order."""
    shape = np.broadcast_shapes(left.shape, right.shape)
    leader = next((v for v in (left, right) if not v.is_constant and v.rank == len(shape)), None)
    order = leader.order if leader else tuple(range(len(shape)))
    return [_broadcastable(lowering, v, order) for v in (left, right)], shape, order


def _broadcastable(lowering, value: Value, order) -> str:
    builder = lowering.builder
    if value.rank == len(order):
        return builder.stored(value, order)
    full = (1,) * (len(order) - value.rank) + value.shape
    if value.is_constant:
        return builder.stored(constant(value.constant.reshape(full)), order)
    name = builder.plain(value)
    if order == tuple(range(len(order))):
        return name
    return builder.emit("Reshape", [name, builder.integers(physical(full, order))]) if _order_free(full, order) else \
        builder.stored(symbolic(builder.emit("Reshape", [name, builder.integers(full)]), full, value.dtype), order)


def _order_free(shape, order) -> bool:
    """Whether the elements lie the same way in either order: the axes longer than one keep their sequence."""
    long_axes = [order[axis] for axis, length in enumerate(shape) if length > 1]
    return long_axes == sorted(long_axes)


@operator("Sqrt")
def square_root(lowering, node, inputs):
    value = inputs[0]
    if value.is_constant:
        return constant(np.sqrt(value.constant))
    return symbolic(lowering.builder.emit("Sqrt", [value.name]), value.shape, value.dtype, value.order)


@operator("Cast")
def cast(lowering, node, inputs):
    value, target = inputs[0], np.dtype(DTYPES[node.attributes["DstT"]])
    if value.is_constant:
        return constant(value.constant.astype(target))
    if value.dtype == target:
        return value
    return symbolic(lowering.builder.emit("Cast", [value.name], to=ONNX_TYPES[target]), value.shape, target, value.order)


@operator("ArgMax")
def arg_max(lowering, node, inputs):
    value, axis = inputs[0], int(inputs[1].constant) % inputs[0].rank
    index = lowering.builder.emit("ArgMax", [lowering.builder.plain(value)], axis=axis, keepdims=0)
    name = lowering.builder.emit("Cast", [index], to=TensorProto.INT32)
    return symbolic(name, [d for i, d in enumerate(value.shape) if i != axis], np.int32)
