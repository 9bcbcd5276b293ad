"""Convolutions, pooling, resizing, activations."""
import numpy as np

from ..errors import ModelError
from .registry import operator
from .values import NCHW_OF_NHWC, Value, constant, symbolic


@operator("Conv2D", "_FusedConv2D", "DepthwiseConv2dNative", "FusedDepthwiseConv2dNative")
def convolution(lowering, node, inputs):
    source, weights = inputs[0], inputs[1]
    if not weights.is_constant:
        raise ModelError(f"the convolution '{node.name}' has computed weights, which is not supported")
    source, padding = _absorb_padding(node.attributes, source)
    kernel = weights.constant.shape[:2]
    strides = node.attributes["strides"][1:3]
    dilations = (node.attributes.get("dilations") or [1, 1, 1, 1])[1:3]
    pads, size = window(padding, source.shape[1:3], kernel, strides, dilations)
    onnx_weights, groups = _weights(node.op, weights.constant, source.shape[3])
    fused = list(node.attributes.get("fused_ops") or [])
    names = [lowering.builder.stored(source, NCHW_OF_NHWC), lowering.builder.initialiser(onnx_weights)]
    if "BiasAdd" in fused:
        names.append(lowering.builder.initialiser(inputs[2].constant.reshape(-1)))
    name = lowering.builder.emit("Conv", names, kernel_shape=list(kernel), strides=list(strides),
                                 dilations=list(dilations), pads=pads, group=groups)
    out = symbolic(name, (source.shape[0], *size, onnx_weights.shape[0]), np.float32, NCHW_OF_NHWC)
    if not fused and lowering.consumers.get(node.name) == 1:
        out.conv_without_bias = lowering.builder.nodes[-1]
    for activation in fused:
        if activation != "BiasAdd":
            out = activate(lowering, out, activation, node.attributes)
    return out


def _absorb_padding(attributes, source):
    """A zero Pad before a VALID convolution becomes the convolution's own padding; returns (source, padding rule)."""
    rule = attributes["padding"]
    if rule == "EXPLICIT":
        return source, np.array(attributes["explicit_paddings"]).reshape(4, 2)[1:3]
    if rule == "VALID" and source.padding and not source.padding.amounts[[0, 3]].any():
        return source.padding.source, source.padding.amounts[1:3]
    return source, rule


def _weights(op, weights, channels):
    """TensorFlow's HWIO (or HWIM for depthwise) to ONNX's OIHW; returns (weights, groups)."""
    height, width, per_group, out = weights.shape
    if "Depthwise" in op:
        return weights.transpose(2, 3, 0, 1).reshape(per_group * out, 1, height, width), per_group
    return weights.transpose(3, 2, 0, 1), channels // per_group


def window(rule, size, kernel, strides, dilations):
    """Pads as ONNX wants them (top, left, bottom, right) and the output size of a sliding window.

    SAME puts the odd pixel at the bottom and right (https://www.tensorflow.org/api_docs/python/tf/nn, "Notes on padding").
    """
    begin, end, out = [], [], []
    for axis in range(2):
        reach = (kernel[axis] - 1) * dilations[axis] + 1
        if isinstance(rule, str) and rule == "SAME":
            count = -(-size[axis] // strides[axis])
            total = max((count - 1) * strides[axis] + reach - size[axis], 0)
            before, after = total // 2, total - total // 2
        else:
            before, after = (0, 0) if isinstance(rule, str) else (int(rule[axis][0]), int(rule[axis][1]))
            count = (size[axis] + before + after - reach) // strides[axis] + 1
        begin.append(before)
        end.append(after)
        out.append(count)
    return begin + end, out


@operator("MaxPool", "AvgPool")
def pool(lowering, node, inputs):
    source = inputs[0]
    kernel, strides = node.attributes["ksize"][1:3], node.attributes["strides"][1:3]
    pads, size = window(node.attributes["padding"], source.shape[1:3], kernel, strides, (1, 1))
    attributes = dict(kernel_shape=list(kernel), strides=list(strides), pads=pads)
    if node.op == "AvgPool":
        attributes["count_include_pad"] = 0
    name = lowering.builder.emit("MaxPool" if node.op == "MaxPool" else "AveragePool",
                                 [lowering.builder.stored(source, NCHW_OF_NHWC)], **attributes)
    return symbolic(name, (source.shape[0], *size, source.shape[3]), source.dtype, NCHW_OF_NHWC)


@operator("ResizeBilinear")
def resize(lowering, node, inputs):
    source = inputs[0]
    size = lowering.scaled_size(inputs[1].constant)
    if size == source.shape[1:3]:
        return source
    rule = "asymmetric"
    if node.attributes.get("align_corners"):
        rule = "align_corners"
    elif node.attributes.get("half_pixel_centers"):
        rule = "half_pixel"
    sizes = lowering.builder.integers([source.shape[0], source.shape[3], *size])
    nothing = lowering.builder.initialiser(np.zeros(0, np.float32))
    name = lowering.builder.emit("Resize", [lowering.builder.stored(source, NCHW_OF_NHWC), nothing, nothing, sizes],
                                 mode="linear", coordinate_transformation_mode=rule)
    return symbolic(name, (source.shape[0], *size, source.shape[3]), np.float32, NCHW_OF_NHWC)


@operator("Relu", "Relu6", "LeakyRelu", "Sigmoid")
def activation(lowering, node, inputs):
    return activate(lowering, inputs[0], node.op, node.attributes)


def activate(lowering, value: Value, kind: str, attributes) -> Value:
    if value.is_constant:
        return constant(_activate_numpy(value.constant, kind, attributes))
    emit = lowering.builder.emit
    if kind == "Relu6":
        bounds = [lowering.builder.initialiser(np.float32(b)) for b in (0, 6)]
        name = emit("Clip", [value.name, *bounds])
    elif kind == "LeakyRelu":
        name = emit("LeakyRelu", [value.name], alpha=_leak(attributes))
    elif kind in ("Relu", "Sigmoid"):
        name = emit(kind, [value.name])
    else:
        raise ModelError(f"the fused activation '{kind}' is not supported")
    return symbolic(name, value.shape, value.dtype, value.order)


def _activate_numpy(array, kind, attributes):
    rules = {
        "Relu": lambda x: np.maximum(x, 0), "Relu6": lambda x: np.clip(x, 0, 6),
        "LeakyRelu": lambda x: np.where(x > 0, x, x * _leak(attributes)), "Sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    }
    return rules[kind](array).astype(array.dtype)


def _leak(attributes) -> float:
    return float(attributes.get("alpha", attributes.get("leakyrelu_alpha", 0.2)))
