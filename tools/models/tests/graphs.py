"""Small TFJS GraphModels written to disk, and a way to run what they convert to."""
import json
import tempfile
import unittest
from pathlib import Path

import numpy as np

from bongsu_models import cache, selftest
from bongsu_models.convert import lower, tfjs
from bongsu_models.errors import ModelError

TYPES = {"float32": 1, "int32": 3}


class GraphFile:
    def __init__(self, shape):
        self.nodes = [{"name": "image", "op": "Placeholder",
                       "attr": {"dtype": {"type": 1}, "shape": {"shape": {"dim": [{"size": str(d)} for d in shape]}}}}]
        self.weights, self.data = [], b""

    def constant(self, name, array, quantization=None, stored=None):
        array = np.asarray(array)
        self.nodes.append({"name": name, "op": "Const", "attr": {}})
        entry = {"name": name, "shape": list(array.shape), "dtype": array.dtype.name}
        if quantization:
            entry["quantization"] = quantization
        self.weights.append(entry)
        self.data += (stored if stored is not None else array).tobytes()
        return name

    def node(self, name, op, *inputs, **attributes):
        self.nodes.append({"name": name, "op": op, "input": list(inputs), "attr": attributes})
        return name

    def write(self, folder: Path) -> Path:
        (folder / "model.bin").write_bytes(self.data)
        path = folder / "model.json"
        path.write_text(json.dumps({"modelTopology": {"node": self.nodes},
                                    "weightsManifest": [{"paths": ["model.bin"], "weights": self.weights}]}))
        return path


def integers(*items):
    return {"list": {"i": [str(i) for i in items]}}


def text(value: str):
    import base64
    return {"s": base64.b64encode(value.encode()).decode()}


def run(graph_file: GraphFile, output: str, image: np.ndarray, size=None) -> np.ndarray:
    """Converts and runs; skips the calling test when the runtime is not installed."""
    with tempfile.TemporaryDirectory() as folder:
        model = lower.to_onnx(tfjs.read(graph_file.write(Path(folder))), {"out": output}, size, "test")
    return run_model(model, image)["out"]


def run_model(model, image: np.ndarray) -> dict[str, np.ndarray]:
    with tempfile.NamedTemporaryFile(suffix=".onnx") as file:
        file.write(model.SerializeToString())
        file.flush()
        session = runtime().session(Path(file.name))
        result = session.run(image)
        session.close()
        return result


_loaded = []


def runtime():
    if not _loaded:
        try:
            _loaded.append(selftest.load_runtime(cache.root()))
        except ModelError as error:
            raise unittest.SkipTest(str(error)) from error
    return _loaded[0]
