"""Small networks from numbers to a probability, as ONNX: standardise, dense layers with ReLU, sigmoid.

The standardisation is folded into the first layer. Input `features` (1, N), outputs `logit` and `probability` (1, 1).
"""
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 13
INPUT, LOGIT, PROBABILITY = "features", "logit", "probability"


def write(
    path: Path, layers: Sequence[tuple[np.ndarray, np.ndarray]], mean: np.ndarray | None = None,
    deviation: np.ndarray | None = None, maps: dict[str, tuple[int, ...]] | None = None
) -> None:
    """layers: (weights (in, out), bias (out,)) from input to logit; the last has one output.

    maps: names and shapes (1, channels, rows, columns) of a backbone's cuts. The head then takes those instead of `features`
    and pools them itself: mean, then maximum, of every channel, in order of names.
    """
    layers = [(np.asarray(w, np.float64), np.asarray(b, np.float64)) for w, b in layers]
    if mean is not None and deviation is not None:
        weights, bias = layers[0]
        scaled = weights / np.asarray(deviation, np.float64)[:, None]
        layers[0] = (scaled, bias - np.asarray(mean, np.float64) @ scaled)
    nodes, constants, name = _pooling(maps) if maps else [], [], INPUT
    for i, (weights, bias) in enumerate(layers):
        constants += [numpy_helper.from_array(weights.astype(np.float32), f"w{i}"),
                      numpy_helper.from_array(bias.astype(np.float32), f"b{i}")]
        is_last = i == len(layers) - 1
        out = LOGIT if is_last else f"dense{i}"
        nodes.append(helper.make_node("Gemm", [name, f"w{i}", f"b{i}"], [out]))
        if not is_last:
            nodes.append(helper.make_node("Relu", [out], [f"relu{i}"]))
        name = f"relu{i}"
    nodes.append(helper.make_node("Sigmoid", [LOGIT], [PROBABILITY]))
    shapes = maps or {INPUT: (1, len(layers[0][0]))}
    inputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, shape in shapes.items()]
    outputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, [1, 1]) for n in (LOGIT, PROBABILITY)]
    graph = helper.make_graph(nodes, "head", inputs, outputs, constants)
    model = helper.make_model(graph, producer_name="bongsu", opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version = 7
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def _pooling(maps: dict[str, tuple[int, ...]]) -> list[onnx.NodeProto]:
    nodes, parts = [], []
    for name in sorted(maps):
        for kind in ("GlobalAveragePool", "GlobalMaxPool"):
            parts.append(f"{name}.{kind}")
            nodes.append(helper.make_node(kind, [name], [parts[-1]]))
    nodes.append(helper.make_node("Concat", parts, ["pooled"], axis=1))
    nodes.append(helper.make_node("Flatten", ["pooled"], [INPUT], axis=1))
    return nodes
