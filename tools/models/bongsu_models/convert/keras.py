"""Reads a Keras model as TFJS stores it (LayersModel), bundled into scripts: the topology is an object literal of
JavaScript, and each part of the weights is a string of base64. `<layer>/planar` is a concatenation's result with the
channels before the rows, as heads take it.

Format: https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts (ModelJSON, format "layers-model").
"""
import base64
import binascii
import json
import re
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import ModelError
from .graph import SourceGraph, SourceInput, SourceNode
from .tfjs import read_weights

AXIS, PLANAR = "concatenation.axis", "planar.order"  # names of constants that no layer bears
POOLS = {"MaxPooling2D": "MaxPool", "AveragePooling2D": "AvgPool"}


def read(path: Path) -> SourceGraph:
    suffix = "".join(path.suffixes)
    try:
        model = literal(path.read_text())
        layers = model["modelTopology"]["model_config"]["config"]["layers"]
        weights = read_weights(model["weightsManifest"], lambda part: _bytes_of(path.with_name(part + suffix)))
        return _graph(layers, weights)
    except (OSError, ValueError, KeyError, IndexError, binascii.Error) as error:
        raise ModelError(f"{path} is not a readable Keras model of TFJS: {error}") from error


def literal(script: str) -> dict[str, Any]:
    """The object with a modelTopology in a minified script: names as keys, !0 and !1, numbers without a leading zero."""
    start = script.index("{modelTopology:")
    pieces = re.split(r'("(?:[^"\\]|\\.)*")', script[start:])
    for i in range(0, len(pieces), 2):
        text = re.sub(r"(?<=[{,])([A-Za-z_]\w*):", r'"\1":', pieces[i])
        text = text.replace("!0", "true").replace("!1", "false")
        pieces[i] = re.sub(r"(?<![\w.])\.(?=\d)", "0.", text)
    return json.JSONDecoder().raw_decode("".join(pieces))[0]


def _bytes_of(script: Path) -> bytes:
    found = re.search(r'\.exports="([A-Za-z0-9+/=]+)"', script.read_text())
    if not found:
        raise ValueError(f"{script.name} holds no base64")
    return base64.b64decode(found.group(1), validate=True)


def _graph(layers: list[dict], weights: dict[str, np.ndarray]) -> SourceGraph:
    constants: dict[str, np.ndarray] = {AXIS: np.array(3, np.int32), PLANAR: np.array([0, 3, 1, 2], np.int32)}
    inputs: list[SourceInput] = []
    nodes: dict[str, SourceNode] = {}
    for layer in layers:
        kind, rules, name = layer["class_name"], layer["config"], layer["config"]["name"]
        sources = [edge[0] for edge in layer["inbound_nodes"][0]] if layer["inbound_nodes"] else []
        if kind == "InputLayer":
            inputs.append(SourceInput(name, (1, *rules["batch_input_shape"][1:]), np.dtype(np.float32)))
        elif kind == "Conv2D":
            nodes[name] = _convolution(name, rules, sources, weights, constants)
        elif kind == "BatchNormalization":
            nodes[name] = _normalisation(name, rules, sources, weights, constants)
        elif kind in POOLS:
            nodes[name] = SourceNode(name, POOLS[kind], sources, _window(rules, "pool_size", "ksize"))
        elif kind == "Activation" and rules["activation"] == "relu":
            nodes[name] = SourceNode(name, "Relu", sources)
        elif kind == "Concatenate" and rules["axis"] in (3, -1):
            nodes[name] = SourceNode(name, "ConcatV2", [*sources, AXIS])
            nodes[f"{name}/planar"] = SourceNode(f"{name}/planar", "Transpose", [name, PLANAR])
        else:  # refused when something that is wanted depends on it
            nodes[name] = SourceNode(name, f"Keras {kind}", sources)
    return SourceGraph(inputs, nodes, constants)


def _window(rules: dict, size: str, called: str) -> dict[str, Any]:
    return {called: [1, *rules[size], 1], "strides": [1, *rules["strides"], 1], "padding": rules["padding"].upper()}


def _convolution(
    name: str, rules: dict, sources: list[str], weights: dict[str, np.ndarray], constants: dict[str, np.ndarray]
) -> SourceNode:
    if rules["use_bias"] or rules["activation"] != "linear" or rules["data_format"] != "channels_last":
        return SourceNode(name, "Keras Conv2D with bias, activation or channels first", sources)
    kernel = f"{name}/kernel"
    constants[kernel] = weights[kernel]
    attributes = _window(rules, "kernel_size", "kernel") | {"dilations": [1, *rules["dilation_rate"], 1]}
    return SourceNode(name, "Conv2D", [sources[0], kernel], attributes)


def _normalisation(
    name: str, rules: dict, sources: list[str], weights: dict[str, np.ndarray], constants: dict[str, np.ndarray]
) -> SourceNode:
    """Its factors go into the convolution before it, of which it is the only reader; the rest is a bias."""
    kernel = f"{sources[0]}/kernel"
    factor = 1 / np.sqrt(weights[f"{name}/moving_variance"].astype(np.float64) + rules["epsilon"])
    if rules["scale"]:
        factor = factor * weights[f"{name}/gamma"]
    bias = -weights[f"{name}/moving_mean"] * factor
    if rules["center"]:
        bias = bias + weights[f"{name}/beta"]
    constants[kernel] = (constants[kernel] * factor).astype(np.float32)
    constants[f"{name}/bias"] = bias.astype(np.float32)
    return SourceNode(name, "BiasAdd", [sources[0], f"{name}/bias"])
