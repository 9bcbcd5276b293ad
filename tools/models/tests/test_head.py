import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from bongsu_models import cache, head, install, recipe, selftest
from bongsu_models.errors import ModelError


def backbone() -> onnx.ModelProto:
    """One 1x1 convolution that doubles: image (1, 3, 32, 32) -> c1."""
    weights = numpy_helper.from_array(2 * np.eye(3, dtype=np.float32).reshape(3, 3, 1, 1), "w")
    graph = helper.make_graph([helper.make_node("Conv", ["image", "w"], ["c1"])], "backbone",
                              [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, 32, 32])],
                              [helper.make_tensor_value_info("c1", TensorProto.FLOAT, [1, 3, 32, 32])], [weights])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 7
    return model


def mean_head(name: str = "c1") -> bytes:
    graph = helper.make_graph([helper.make_node("GlobalAveragePool", [name], ["probability"])], "head",
                              [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 3, 32, 32])],
                              [helper.make_tensor_value_info("probability", TensorProto.FLOAT, [1, 3, 1, 1])])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 7
    return model.SerializeToString()


def sum_head() -> bytes:
    graph = helper.make_graph([helper.make_node("ReduceMean", ["features"], ["probability"], axes=[1])], "head",
                              [helper.make_tensor_value_info("features", TensorProto.FLOAT, [1, 60])],
                              [helper.make_tensor_value_info("probability", TensorProto.FLOAT, [1, 1])])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 7
    return model.SerializeToString()


class Heads(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def runtime(self):
        try:
            return selftest.load_runtime(cache.root())
        except ModelError as error:
            self.skipTest(str(error))

    def write(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def test_joined_network_computes_both_parts(self):
        runtime = self.runtime()
        joined = head.attach(backbone(), self.write("head.onnx", mean_head()))
        self.assertEqual([o.name for o in joined.graph.output], ["probability"])
        session = runtime.session(self.write("joined.onnx", joined.SerializeToString()))
        found = session.run(np.full((1, 3, 32, 32), 0.25, np.float32))
        np.testing.assert_allclose(found["probability"].ravel(), 0.5, rtol=1e-5)

    def test_head_for_other_layers_names_both(self):
        with self.assertRaisesRegex(ModelError, "c9.*c1"):
            head.attach(backbone(), self.write("head.onnx", mean_head("c9")))

    def test_broken_head_is_named(self):
        with self.assertRaisesRegex(ModelError, "head.onnx is not an ONNX file"):
            head.attach(backbone(), self.write("head.onnx", b"not weights"))

    def installed(self, expected_mean: float) -> Path:
        self.runtime()
        source = self.folder / "models/thing"
        source.mkdir(parents=True)
        (source / "head.onnx").write_bytes(sum_head())
        digest = {"count": 1, "samples": [expected_mean] * 8} | {k: expected_mean for k in ("mean", "min", "max")}
        content = {"name": "thing", "kind": "head", "licence": {}, "sources": [], "head": "head.onnx",
                   "variants": [{"file": "head.onnx", "numbers": 60, "tolerance": 1e-3,
                                 "expected": {"probability": digest | {"mean_abs": abs(expected_mean)}}}]}
        (source / "recipe.json").write_text(json.dumps(content))
        root = self.folder / "cache"
        root.mkdir()
        (root / "onnxruntime").symlink_to(cache.root() / "onnxruntime")
        install.install(recipe.read(source), root, lambda _: None)
        return root / "thing"

    def test_kept_weights_are_installed_with_their_description(self):
        from bongsu_models import pattern
        folder = self.installed(float(pattern.numbers(60).mean()))
        self.assertEqual(json.loads((folder / "model.json").read_text())["variants"][0]["numbers"], 60)
        self.assertEqual((folder / "head.onnx").read_bytes(), sum_head())

    def test_weights_that_fail_the_self_test_are_not_installed(self):
        with self.assertRaisesRegex(ModelError, "self-test differs"):
            self.installed(123.0)
        self.assertFalse((self.folder / "cache/thing").exists())
