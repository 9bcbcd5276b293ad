import tempfile
import unittest
from pathlib import Path

import numpy as np

from bongsu_models import half, quantise
from bongsu_models.convert import lower, tfjs
from bongsu_models.errors import ModelError
from tests.graphs import GraphFile, runtime
from tests.test_convert import convolution

RANDOM = np.random.default_rng(2)


def two_layer_model():
    file = GraphFile((1, 16, 16, 3))
    first = file.constant("w1", RANDOM.normal(size=(3, 3, 3, 8)).astype(np.float16).astype(np.float32))
    second = file.constant("w2", RANDOM.normal(size=(3, 3, 8, 4)).astype(np.float16).astype(np.float32))
    convolution(file, "c1", "image", first, "SAME", 1)
    file.node("r", "LeakyRelu", "c1", alpha={"f": 0.1})
    convolution(file, "c2", "r", second, "SAME", 1)
    with tempfile.TemporaryDirectory() as folder:
        return lower.to_onnx(tfjs.read(file.write(Path(folder))), {"out": "c2"}, None, "test")


def run(model, image):
    with tempfile.NamedTemporaryFile(suffix=".onnx") as file:
        file.write(model.SerializeToString())
        file.flush()
        session = runtime().session(Path(file.name))
        out = session.run(image)
        session.close()
        return out


class Quantisation(unittest.TestCase):
    def test_result_stays_close_and_weights_become_bytes(self):
        model = two_layer_model()
        image = RANDOM.uniform(-1, 1, size=(1, 3, 16, 16)).astype(np.float32)
        names = quantise.quantisable(model)
        inner = run(quantise.with_outputs(model, names), image) | {"image": image}
        ranges = {n: [float(inner[n].min()), float(inner[n].max())] for n in names}
        small = quantise.quantise(model, ranges)
        exact, rough = run(model, image)["out"], run(small, image)["out"]
        self.assertLess(np.abs(exact - rough).max(), 0.05 * np.abs(exact).max())
        self.assertGreater(np.abs(exact - rough).max(), 0)
        self.assertLess(small.ByteSize(), model.ByteSize())

    def test_heads_stay_float(self):
        self.assertNotIn("c2", quantise.quantisable(two_layer_model()))

    def test_missing_range_says_what_to_do(self):
        with self.assertRaisesRegex(ModelError, "no calibration range for image.*author_recipe"):
            quantise.quantise(two_layer_model(), {})

    def test_half_storage_changes_no_result(self):
        model = two_layer_model()
        image = RANDOM.uniform(-1, 1, size=(1, 3, 16, 16)).astype(np.float32)
        smaller = half.store_as_half(model)
        self.assertLess(smaller.ByteSize(), 0.8 * model.ByteSize())
        np.testing.assert_array_equal(run(model, image)["out"], run(smaller, image)["out"])
