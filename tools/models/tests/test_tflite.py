import tempfile
import unittest
from pathlib import Path

import numpy as np

from bongsu_models.convert import lower, tflite
from bongsu_models.errors import ModelError
from tests.flatbuffers import Writer
from tests.graphs import runtime

SIZE = 4
DEQUANTISE, CONVOLUTION, RESHAPE = 6, 3, 22
SAME = 0


def tensor(name, shape, kind, buffer):
    return {0: np.array(shape, np.int32), 1: ("b", kind), 2: ("I", buffer), 3: name}


def operator(code, inputs, outputs, options=None):
    out = {0: ("I", code), 1: np.array(inputs, np.int32), 2: np.array(outputs, np.int32)}
    return out | ({4: options} if options else {})


def model(weights, bias, code=CONVOLUTION):
    """image -> 1x1 convolution (float16 weights) with Relu6 -> reshape to rows."""
    tensors = [tensor("image", [1, SIZE, SIZE, 3], 0, 0), tensor("half", weights.shape, 1, 1),
               tensor("weights", weights.shape, 0, 0), tensor("bias", bias.shape, 0, 2),
               tensor("found", [1, SIZE, SIZE, len(bias)], 0, 0), tensor("rows", [1, SIZE * SIZE, len(bias)], 0, 0)]
    window = {0: ("b", SAME), 1: ("i", 1), 2: ("i", 1), 3: ("b", 3)}  # activation 3 = Relu6
    shape = {0: np.array([1, SIZE * SIZE, len(bias)], np.int32)}
    operators = [operator(0, [1], [2]), operator(1, [0, 2, 3], [4], window), operator(2, [4], [5], shape)]
    graph = {0: tensors, 1: np.array([0], np.int32), 2: np.array([5], np.int32), 3: operators}
    codes = [{0: ("b", DEQUANTISE)}, {0: ("b", code)}, {0: ("b", RESHAPE)}]
    buffers = [{}, {0: weights.astype(np.float16).tobytes()}, {0: bias.tobytes()}]
    return bytes(Writer({0: ("I", 3), 1: codes, 2: [graph], 4: buffers}, b"TFL3").data)


class TfLite(unittest.TestCase):
    weights = np.array([[1, 0, 0], [0, 2, -1]], np.float32).reshape(2, 1, 1, 3)
    bias = np.array([0.5, 4], np.float32)

    def read(self, data, part=None):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "m.tflite"
            path.write_bytes(data)
            return tflite.read(path, part)

    def test_convolution_with_half_weights_and_activation(self):
        graph = self.read(model(self.weights, self.bias))
        converted = lower.to_onnx(graph, {"out": "output_0"}, None, "test")
        image = np.random.default_rng(3).normal(0, 3, (1, SIZE, SIZE, 3)).astype(np.float32)
        with tempfile.NamedTemporaryFile(suffix=".onnx") as file:
            file.write(converted.SerializeToString())
            file.flush()
            session = runtime().session(Path(file.name))
            found = session.run(image.transpose(0, 3, 1, 2))["out"]
            session.close()
        expected = np.clip(image.reshape(1, -1, 3) @ self.weights.reshape(2, 3).T + self.bias, 0, 6)
        np.testing.assert_allclose(found, expected, atol=1e-5)

    def test_model_inside_a_larger_file(self):
        data = model(self.weights, self.bias)
        graph = self.read(b"x" * 100 + data + b"y" * 7, (100, 100 + len(data)))
        self.assertEqual(graph.inputs[0].shape, (1, SIZE, SIZE, 3))

    def test_any_truncation_is_a_clear_error(self):
        data = model(self.weights, self.bias)
        for length in range(8, len(data) - 8, 13):
            with self.assertRaises(ModelError):
                self.read(data[:length])

    def test_unknown_operator_is_named(self):
        with self.assertRaisesRegex(ModelError, "operator number 88"):
            self.read(model(self.weights, self.bias, code=88))

    def test_other_files_are_refused(self):
        with self.assertRaisesRegex(ModelError, "not a TFLite model"):
            self.read(b"PK\3\4 something else entirely")
