"""float32 model -> int8 model in QDQ form (QuantizeLinear/DequantizeLinear pairs that the runtime fuses).

Activations: uint8, one scale per tensor, from ranges measured on calibration pictures (calibration.py).
Weights: int8, symmetric, one scale per output channel. Biases: int32, scale = activation scale x weight scale.
What feeds the heads (Sigmoid, Reshape of the results) stays float, because scores near 0 need fine steps.
"""
import numpy as np
import onnx
from onnx import helper, numpy_helper

from .convert.builder import prune
from .errors import ModelError

QUANTISED_OPS = {"Conv", "Relu", "Clip", "LeakyRelu", "Add", "Concat", "Resize", "MaxPool", "AveragePool", "Mul", "Split"}
FUSED_ACTIVATIONS = {"Relu", "Clip"}  # these disappear into the convolution's own output range


def quantisable(model: onnx.ModelProto) -> list[str]:
    """Tensors that get a range, in graph order."""
    graph = model.graph
    consumers: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            consumers.setdefault(name, []).append(node)
    outputs = {o.name for o in graph.output}
    names = [i.name for i in graph.input if any(n.op_type in ("Conv", "Pad") for n in consumers[i.name])]
    for node in graph.node:
        if node.op_type not in QUANTISED_OPS:
            continue
        for name in node.output:
            users = consumers.get(name, [])
            inner = node.op_type == "Conv" and len(users) == 1 and users[0].op_type in FUSED_ACTIVATIONS
            if name not in outputs and not inner and users and all(u.op_type in QUANTISED_OPS for u in users):
                names.append(name)
    return names


def with_outputs(model: onnx.ModelProto, names: list[str]) -> onnx.ModelProto:
    """A copy of the model that also returns the named inner tensors."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    present = {i.name for i in copy.graph.input} | {o.name for o in copy.graph.output}
    for name in names:
        if name not in present:
            copy.graph.output.append(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    return copy


def quantise(model: onnx.ModelProto, ranges: dict[str, list[float]]) -> onnx.ModelProto:
    """ranges: tensor -> [lowest, highest]."""
    names = quantisable(model)
    missing = [n for n in names if n not in ranges]
    if missing:
        raise ModelError(f"no calibration range for {missing[0]} and {len(missing) - 1} others: run tools/models/author_recipe ranges")
    return _Quantiser(model, {n: ranges[n] for n in names}).run()


class _Quantiser:
    def __init__(self, model: onnx.ModelProto, ranges: dict[str, list[float]]) -> None:
        self.model = onnx.ModelProto()
        self.model.CopyFrom(model)
        self.weights = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
        self.scales = {name: _activation_scale(*bounds) for name, bounds in ranges.items()}
        self.nodes: list[onnx.NodeProto] = []
        self.done: set[str] = set()

    def run(self) -> onnx.ModelProto:
        graph = self.model.graph
        source = list(graph.node)
        for picture in graph.input:
            self._round_trip(picture.name)
        for node in source:
            names = [self._read(n) for n in node.input]
            if node.op_type == "Conv" and node.input[0] in self.scales and node.input[1] in self.weights:
                names = self._convolution_inputs(node, names)
            del node.input[:]
            node.input.extend(names)
            self.nodes.append(node)
            for name in node.output:
                self._round_trip(name)
        kept = [onnx.NodeProto.FromString(n.SerializeToString()) for n in self.nodes]
        del graph.node[:]
        graph.node.extend(kept)
        prune(self.model)
        onnx.checker.check_model(self.model)
        return self.model

    def _read(self, name: str) -> str:
        return f"{name}.dequantised" if name in self.scales else name

    def _constant(self, name: str, array: np.ndarray) -> str:
        if name not in self.done:
            self.done.add(name)
            self.model.graph.initializer.append(numpy_helper.from_array(array, name))
        return name

    def _round_trip(self, name: str) -> None:
        if name not in self.scales:
            return
        scale, zero = self.scales[name]
        parameters = [self._constant(f"{name}.scale", np.array(scale)), self._constant(f"{name}.zero", np.array(zero))]
        stored = f"{name}.quantised"
        self.nodes.append(helper.make_node("QuantizeLinear", [name, *parameters], [stored], name=stored))
        self.nodes.append(helper.make_node("DequantizeLinear", [stored, *parameters], [self._read(name)], name=self._read(name)))

    def _convolution_inputs(self, node: onnx.NodeProto, names: list[str]) -> list[str]:
        weight_name = node.input[1]
        weights = self.weights[weight_name]
        highest = np.abs(weights).reshape(weights.shape[0], -1).max(1)
        scale = (np.maximum(highest, 1e-8) / 127).astype(np.float32)
        stored = np.clip(np.round(weights / scale.reshape(-1, 1, 1, 1)), -127, 127).astype(np.int8)
        out = [names[0], self._dequantised(weight_name, stored, scale)]
        if len(node.input) > 2:
            bias_scale = (scale * self.scales[node.input[0]][0]).astype(np.float32)
            bias = np.round(self.weights[node.input[2]].astype(np.float64) / bias_scale)
            limit = 2**31 - 1
            out.append(self._dequantised(f"{node.output[0]}.bias", np.clip(bias, -limit, limit).astype(np.int32), bias_scale))
        return out

    def _dequantised(self, name: str, stored: np.ndarray, scale: np.ndarray) -> str:
        out = f"{name}.dequantised"
        if out not in self.done:
            self.done.add(out)
            inputs = [self._constant(f"{name}.quantised", stored), self._constant(f"{name}.scale", scale),
                      self._constant(f"{name}.zero", np.zeros(len(scale), stored.dtype))]
            self.nodes.append(helper.make_node("DequantizeLinear", inputs, [out], name=out, axis=0))
        return out


def _activation_scale(lowest: float, highest: float) -> tuple[np.float32, np.uint8]:
    lowest, highest = min(0.0, lowest), max(0.0, highest)
    scale = np.float32(max((highest - lowest) / 255, 1e-8))
    return scale, np.uint8(np.clip(round(-lowest / float(scale)), 0, 255))
