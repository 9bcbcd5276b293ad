import tempfile
import unittest
from pathlib import Path

import numpy as np

from bongsu_models.convert import graph, lower, tfjs
from bongsu_models.errors import ModelError
from tests.graphs import GraphFile, integers, run, text

RANDOM = np.random.default_rng(1)


def reference_convolution(image, weights, stride):
    """SAME convolution of one NHWC picture, written as plainly as possible."""
    height, width = (-(-image.shape[1 + a] // stride) for a in range(2))
    kernel = weights.shape[0]
    total = [max((n - 1) * stride + kernel - image.shape[1 + a], 0) for a, n in enumerate((height, width))]
    padded = np.pad(image[0], [(total[0] // 2, total[0] - total[0] // 2), (total[1] // 2, total[1] - total[1] // 2), (0, 0)])
    out = np.zeros((1, height, width, weights.shape[3]), np.float32)
    for y in range(height):
        for x in range(width):
            patch = padded[y * stride:y * stride + kernel, x * stride:x * stride + kernel]
            out[0, y, x] = np.tensordot(patch, weights, 3)
    return out


def convolution(file, name, source, weights, padding, stride):
    return file.node(name, "Conv2D", source, weights, strides=integers(1, stride, stride, 1),
                     dilations=integers(1, 1, 1, 1), padding=text(padding))


class Convolution(unittest.TestCase):
    def test_same_padding_with_stride_puts_the_odd_pixel_at_the_end(self):
        image = RANDOM.normal(size=(1, 7, 10, 3)).astype(np.float32)
        weights = RANDOM.normal(size=(3, 3, 3, 4)).astype(np.float32)
        file = GraphFile((1, 7, 10, 3))
        convolution(file, "c", "image", file.constant("w", weights), "SAME", 2)
        found = run(file, "c", image.transpose(0, 3, 1, 2))
        np.testing.assert_allclose(found, reference_convolution(image, weights, 2), atol=1e-5)

    def test_following_add_of_a_vector_becomes_the_bias(self):
        file = GraphFile((1, 4, 4, 3))
        weights = file.constant("w", RANDOM.normal(size=(1, 1, 3, 2)).astype(np.float32))
        convolution(file, "c", "image", weights, "VALID", 1)
        file.node("a", "Add", "c", file.constant("b", np.array([1, -2], np.float32)))
        with tempfile.TemporaryDirectory() as folder:
            model = lower.to_onnx(tfjs.read(file.write(Path(folder))), {"out": "a"}, None, "test")
        self.assertNotIn("Add", [n.op_type for n in model.graph.node])
        zero = np.zeros((1, 3, 4, 4), np.float32)
        np.testing.assert_array_equal(run(file, "a", zero)[0, 0, 0], [1, -2])

    def test_zero_pad_in_another_axis_order_is_absorbed(self):
        """NanoDet pads in NCHW, transposes, convolves in NHWC and transposes back."""
        file = GraphFile((1, 3, 6, 6))
        weights = RANDOM.normal(size=(3, 3, 3, 2)).astype(np.float32)
        file.node("p", "Pad", "image", file.constant("amounts", np.array([[0, 0], [0, 0], [1, 1], [1, 1]], np.int32)))
        file.node("t", "Transpose", "p", file.constant("to_nhwc", np.array([0, 2, 3, 1], np.int32)))
        convolution(file, "c", "t", file.constant("w", weights), "VALID", 1)
        file.node("back", "Transpose", "c", file.constant("to_nchw", np.array([0, 3, 1, 2], np.int32)))
        with tempfile.TemporaryDirectory() as folder:
            model = lower.to_onnx(tfjs.read(file.write(Path(folder))), {"out": "back"}, None, "test")
        self.assertEqual([n.op_type for n in model.graph.node], ["Conv", "Identity"])
        image = RANDOM.normal(size=(1, 3, 6, 6)).astype(np.float32)
        expected = reference_convolution(image.transpose(0, 2, 3, 1), weights, 1).transpose(0, 3, 1, 2)
        np.testing.assert_allclose(run(file, "back", image), expected, atol=1e-5)

    def test_depthwise_keeps_channels_apart(self):
        file = GraphFile((1, 5, 5, 3))
        weights = np.zeros((1, 1, 3, 1), np.float32)
        weights[0, 0, :, 0] = [1, 10, 100]
        file.node("d", "DepthwiseConv2dNative", "image", file.constant("w", weights), strides=integers(1, 1, 1, 1),
                  padding=text("SAME"))
        found = run(file, "d", np.ones((1, 3, 5, 5), np.float32))
        np.testing.assert_array_equal(found[0, 2, 2], [1, 10, 100])


class Shapes(unittest.TestCase):
    def test_rescaling_follows_baked_sizes(self):
        file = GraphFile((1, 3, 32, 32))
        file.node("t", "Transpose", "image", file.constant("p", np.array([0, 2, 3, 1], np.int32)))
        file.node("r", "ResizeBilinear", "t", file.constant("s", np.array([16, 16], np.int32)), half_pixel_centers={"b": True})
        file.node("out", "Reshape", "r", file.constant("flat", np.array([1, 256, 3], np.int32)))
        found = run(file, "out", np.ones((1, 3, 64, 96), np.float32), size=(64, 96))
        self.assertEqual(found.shape, (1, 32 * 48, 3))

    def test_binary_with_mixed_axis_orders(self):
        image = RANDOM.normal(size=(1, 4, 5, 3)).astype(np.float32)
        file = GraphFile((1, 4, 5, 3))
        ramp = np.arange(20, dtype=np.float32).reshape(4, 5, 1)
        file.node("m", "Mul", "image", file.constant("ramp", ramp))
        file.node("s", "SquaredDifference", "m", "image")
        np.testing.assert_allclose(run(file, "s", image.transpose(0, 3, 1, 2)), (image * ramp - image) ** 2, rtol=1e-5)

    def test_split_concat_and_unpack_return_to_source_order(self):
        image = RANDOM.normal(size=(1, 2, 3, 3)).astype(np.float32)
        file = GraphFile((1, 2, 3, 3))
        axis = file.constant("axis", np.array(3, np.int32))
        file.node("split", "SplitV", "image", file.constant("sizes", np.array([1, 2], np.int32)), axis)
        file.node("joined", "ConcatV2", "split:1", "split", axis)
        found = run(file, "joined", image.transpose(0, 3, 1, 2))
        np.testing.assert_array_equal(found, image[:, :, :, [1, 2, 0]])

    def test_unknown_operator_is_named(self):
        file = GraphFile((1, 3, 4, 4))
        file.node("x", "NonMaxSuppressionV5", "image")
        with self.assertRaisesRegex(ModelError, "NonMaxSuppressionV5.*'x'"):
            run(file, "x", np.zeros((1, 3, 4, 4), np.float32))


class Reading(unittest.TestCase):
    def read(self, file):
        with tempfile.TemporaryDirectory() as folder:
            return tfjs.read(file.write(Path(folder)))

    def test_quantised_weights_are_restored(self):
        file = GraphFile((1, 3, 4, 4))
        values = np.array([0.5, -1.25], np.float32)
        file.constant("half", values, {"dtype": "float16"}, values.astype(np.float16))
        file.constant("bytes", np.array([1, 3], np.float32), {"dtype": "uint8", "scale": 2.0, "min": 1.0}, np.array([0, 1], np.uint8))
        constants = self.read(file).constants
        np.testing.assert_array_equal(constants["half"], values)
        np.testing.assert_array_equal(constants["bytes"], [1, 3])

    def test_truncated_weights_are_refused(self):
        file = GraphFile((1, 3, 4, 4))
        file.constant("w", np.zeros(100, np.float32))
        file.data = file.data[:-1]
        with self.assertRaisesRegex(ModelError, "truncated"):
            self.read(file)

    def test_surplus_weights_are_refused(self):
        file = GraphFile((1, 3, 4, 4))
        file.constant("w", np.zeros(4, np.float32))
        file.data += b"\0"
        with self.assertRaisesRegex(ModelError, "left over"):
            self.read(file)

    def test_cycle_is_refused(self):
        nodes = {n: graph.SourceNode(n, "Identity", [m]) for n, m in (("a", "b"), ("b", "a"))}
        with self.assertRaisesRegex(ModelError, "cycle"):
            graph.SourceGraph([], nodes, {}).needed(["a"])
