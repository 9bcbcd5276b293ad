"""Keras models of TFJS that a bundler has made scripts of."""
import base64
import tempfile
import unittest
from pathlib import Path

import numpy as np

from bongsu_models.convert import keras, lower
from bongsu_models.errors import ModelError
from tests.graphs import run_model

RANDOM = np.random.default_rng(1)
KERNEL = RANDOM.normal(size=(1, 1, 3, 2)).astype(np.float32)
MEAN, VARIANCE, BETA = (np.array(v, np.float32) for v in ([0.5, -1], [0.25, 4], [0.1, -0.2]))

LAYERS = """[{name:"in",class_name:"InputLayer",config:{batch_input_shape:[null,4,4,3],name:"in"},inbound_nodes:[]},
{name:"c",class_name:"Conv2D",config:{name:"c",trainable:!1,kernel_size:[1,1],strides:[1,1],padding:"same",
data_format:"channels_last",dilation_rate:[1,1],activation:"linear",use_bias:!1},inbound_nodes:[[["in",0,0,{}]]]},
{name:"n",class_name:"BatchNormalization",config:{name:"n",epsilon:.001,center:!0,scale:!1},inbound_nodes:[[["c",0,0,{}]]]},
{name:"r",class_name:"Activation",config:{name:"r",activation:"relu"},inbound_nodes:[[["n",0,0,{}]]]},
{name:"p",class_name:"MaxPooling2D",config:{name:"p",pool_size:[2,2],strides:[2,2],padding:"valid"},inbound_nodes:[[["r",0,0,{}]]]},
{name:"a",class_name:"AveragePooling2D",config:{name:"a",pool_size:[2,2],strides:[2,2],padding:"valid"},
inbound_nodes:[[["r",0,0,{}]]]},
{name:"both",class_name:"Concatenate",config:{name:"both",axis:3},inbound_nodes:[[["p",0,0,{}],["a",0,0,{}]]]},
{name:"flat",class_name:"Flatten",config:{name:"flat, and more: {it}"},inbound_nodes:[[["both",0,0,{}]]]}]""".replace("\n", "")


def bundle(folder: Path, part: str | None = None) -> Path:
    arrays = {"c/kernel": KERNEL, "n/beta": BETA, "n/moving_mean": MEAN, "n/moving_variance": VARIANCE}
    data = base64.b64encode(b"".join(a.tobytes() for a in arrays.values())).decode()
    (folder / "part1.min.js").write_text(part if part is not None else f'!function(){{t.exports="{data}"}}();')
    entries = ",".join(f'{{name:"{n}",shape:{list(a.shape)},dtype:"float32"}}' for n, a in arrays.items())
    path = folder / "model.min.js"
    path.write_text('!function(e){var o={a:1};t.exports={modelTopology:{model_config:{class_name:"Model",config:{layers:'
                    f'{LAYERS}}}}}}},weightsManifest:[{{paths:["part1"],weights:[{entries}]}}]}}}}();')
    return path


class Keras(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_normalisation_goes_into_the_convolution(self):
        model = lower.to_onnx(keras.read(bundle(self.folder)), {"out": "both/planar"}, None, "test")
        self.assertEqual([n.op_type for n in model.graph.node if n.op_type not in ("Identity", "Transpose")],
                         ["Conv", "Relu", "MaxPool", "AveragePool", "Concat"])
        image = RANDOM.normal(size=(1, 3, 4, 4)).astype(np.float32)
        convolved = np.tensordot(image[0].transpose(1, 2, 0), KERNEL[0, 0], 1)
        active = np.maximum((convolved - MEAN) / np.sqrt(VARIANCE + 0.001) + BETA, 0)
        blocks = active.reshape(2, 2, 2, 2, 2)
        expected = np.concatenate([blocks.max((1, 3)), blocks.mean((1, 3))], 2).transpose(2, 0, 1)
        np.testing.assert_allclose(run_model(model, image)["out"][0], expected, atol=1e-5)

    def test_a_layer_that_is_not_supported_is_refused_when_it_is_wanted(self):
        with self.assertRaisesRegex(ModelError, "Keras Flatten"):
            lower.to_onnx(keras.read(bundle(self.folder)), {"out": "flat, and more: {it}"}, None, "test")

    def test_scripts_without_their_content_are_clear_errors(self):
        with self.assertRaisesRegex(ModelError, "part1.min.js holds no base64"):
            keras.read(bundle(self.folder, "nothing"))
        with self.assertRaisesRegex(ModelError, "truncated"):
            keras.read(bundle(self.folder, 'x.exports="AAAA"'))
        empty = self.folder / "empty.min.js"
        empty.write_text("var a={};")
        with self.assertRaisesRegex(ModelError, "is not a readable Keras model"):
            keras.read(empty)
