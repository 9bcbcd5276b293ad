"""Reads a TFJS GraphModel: model.json (topology + weight manifest) and its .bin weight files.

Format: https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts (ModelJSON, WeightsManifestConfig).
"""
import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import ModelError
from .graph import SourceGraph, SourceInput, SourceNode

# TensorFlow's DataType enum (tensorflow/core/framework/types.proto); 64-bit integers are narrowed as TFJS itself does.
DTYPES = {
    "DT_FLOAT": np.float32, "DT_HALF": np.float32, "DT_INT32": np.int32, "DT_INT64": np.int32,
    "DT_BOOL": np.bool_, "DT_UINT8": np.uint8,
}
ENUM = {1: "DT_FLOAT", 3: "DT_INT32", 4: "DT_UINT8", 9: "DT_INT64", 10: "DT_BOOL", 19: "DT_HALF"}
STORED = {"float16": np.float16, "uint8": np.uint8, "uint16": np.uint16,
          "float32": np.float32, "int32": np.int32, "bool": np.bool_}


def read(path: Path) -> SourceGraph:
    try:
        model = json.loads(path.read_text())
        topology = model["modelTopology"]["node"]
        weights = read_weights(model["weightsManifest"], lambda part: (path.parent / part).read_bytes())
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path} is not a readable TFJS GraphModel: {error}") from error

    inputs: list[SourceInput] = []
    nodes: dict[str, SourceNode] = {}
    for raw in topology:
        attributes = {k: _attribute(v) for k, v in raw.get("attr", {}).items()}
        if raw["op"] == "Placeholder":
            shape = tuple(1 if d < 0 else d for d in attributes["shape"])
            inputs.append(SourceInput(raw["name"], shape, np.dtype(DTYPES[attributes["dtype"]])))
        elif raw["op"] != "Const":
            data_inputs = [i for i in raw.get("input", []) if not i.startswith("^")]
            nodes[raw["name"]] = SourceNode(raw["name"], raw["op"], data_inputs, attributes)
    return SourceGraph(inputs, nodes, weights)


def read_weights(manifest: list[dict], read_part: Callable[[str], bytes]) -> dict[str, np.ndarray]:
    weights: dict[str, np.ndarray] = {}
    for group in manifest:
        data = b"".join(read_part(part) for part in group["paths"])
        offset = 0
        for entry in group["weights"]:
            quantisation = entry.get("quantization")
            stored = np.dtype(STORED[quantisation["dtype"] if quantisation else entry["dtype"]])
            count = int(np.prod(entry["shape"], dtype=np.int64))
            if offset + count * stored.itemsize > len(data):
                raise ModelError(f"the weights end inside '{entry['name']}': the .bin file is truncated")
            array = np.frombuffer(data, stored, count, offset).reshape(entry["shape"])
            offset += count * stored.itemsize
            weights[entry["name"]] = _dequantise(array, entry)
        if offset != len(data):
            raise ModelError(f"{len(data) - offset} bytes of weights are left over: .json and .bin do not belong together")
    return weights


def _dequantise(array: np.ndarray, entry: dict) -> np.ndarray:
    target = np.dtype({"float32": np.float32, "int32": np.int32, "bool": np.bool_}[entry["dtype"]])
    quantisation = entry.get("quantization")
    if not quantisation or quantisation["dtype"] == "float16":
        return array.astype(target)
    values = array.astype(np.float64) * quantisation["scale"] + quantisation["min"]
    return (np.round(values) if target == np.int32 else values).astype(target)


def _attribute(value: dict[str, Any]) -> Any:
    kind, content = next(iter(value.items()))
    if kind == "s":
        return base64.b64decode(content).decode("latin1")
    if kind == "i":
        return int(content)
    if kind in ("f", "b"):
        return content
    if kind == "type":
        return ENUM.get(content, content)
    if kind == "shape":
        return [int(d["size"]) for d in content.get("dim", [])]
    if kind == "list":
        return _list_attribute(content)
    return None


def _list_attribute(content: dict[str, list]) -> list:
    if "s" in content:
        return [base64.b64decode(item).decode("latin1") for item in content["s"]]
    if "i" in content:
        return [int(item) for item in content["i"]]
    return list(content.get("f", []))
