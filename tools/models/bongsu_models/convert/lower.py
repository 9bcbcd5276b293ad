"""Source graph -> ONNX model with a fixed input size."""
from fractions import Fraction

import numpy as np
import onnx

from ..errors import ModelError
from . import ops_math, ops_nn, ops_shape  # noqa: F401  (they fill the table of operators)
from .builder import Builder
from .graph import SourceGraph, node_of, output_of
from .registry import OPERATORS
from .values import NCHW_OF_NHWC, Value, constant, symbolic

INPUT = "image"  # the name of every converted model's input


class Lowering:
    """Holds what the operators need: the ONNX builder, who consumes what, and how the picture size was changed."""

    def __init__(self, graph: SourceGraph, scale: tuple[Fraction, Fraction], reserved: set[str]) -> None:
        self.builder = Builder(reserved)
        self.consumers = graph.consumer_counts()
        self.scale = scale
        self.values: dict[str, list[Value]] = {name: [constant(c)] for name, c in graph.constants.items()}

    def scaled_size(self, size) -> tuple[int, int]:
        """A (height, width) baked into the source graph, for the new picture size."""
        out = [int(s) * f for s, f in zip(size, self.scale)]
        if any(Fraction(s).denominator != 1 for s in out):
            raise ModelError(f"the inner size {tuple(size)} does not scale to whole pixels: use multiples of 32")
        return int(out[0]), int(out[1])

    def scaled_shape(self, value: Value, shape: list[int]) -> tuple[int, ...]:
        """A target shape baked into the source graph; its longest axis is the flattened picture and takes the new size."""
        if -1 not in shape and int(np.prod(shape)) != value.size:
            shape[int(np.argmax(shape))] = -1
        if -1 in shape:
            known = -int(np.prod(shape))
            if known <= 0 or value.size % known:
                raise ModelError(f"{value.size} elements do not fit the shape {shape}")
            shape[shape.index(-1)] = value.size // known
        return tuple(shape)

    def value(self, reference: str) -> Value:
        return self.values[node_of(reference)][output_of(reference)]


def to_onnx(graph: SourceGraph, outputs: dict[str, str], size: tuple[int, int] | None, name: str) -> onnx.ModelProto:
    """outputs: ONNX output name -> source reference. size: (height, width) of the picture, None = as in the source."""
    if len(graph.inputs) != 1:
        raise ModelError(f"'{name}' has {len(graph.inputs)} inputs; one picture is expected")
    source_input = graph.inputs[0]
    channels_first = source_input.shape[1] == 3
    height_axis = 2 if channels_first else 1
    baked = source_input.shape[height_axis:height_axis + 2]
    size = size or baked
    lowering = Lowering(graph, (Fraction(size[0], baked[0]), Fraction(size[1], baked[1])), {INPUT, *outputs})
    shape = list(source_input.shape)
    shape[height_axis:height_axis + 2] = size
    # The ONNX input is always planar (N,C,H,W) floats; a source in N,H,W,C sees it through its axis order, and the cast
    # of one that takes whole numbers 0..255 falls away.
    picture = symbolic(INPUT, shape, np.float32, None if channels_first else NCHW_OF_NHWC)
    lowering.values[source_input.name] = [picture]
    for node in graph.needed(list(outputs.values())):
        lowering.values[node.name] = _lower(lowering, node)
    onnx_input = symbolic(INPUT, (shape[0], 3, *size), np.float32)
    return lowering.builder.model([onnx_input], {k: lowering.value(v) for k, v in outputs.items()}, name)


def _lower(lowering: Lowering, node) -> list[Value]:
    if node.op not in OPERATORS:
        raise ModelError(f"the operator {node.op} of node '{node.name}' is not supported; "
                         f"add it to tools/models/bongsu_models/convert/ops_*.py")
    lowering.builder.begin(node.name)
    result = OPERATORS[node.op](lowering, node, [lowering.value(i) for i in node.inputs])
    return result if isinstance(result, list) else [result]
