"""Reads a TFLite model with float or float16 weights into TensorFlow's vocabulary, so that the same operators lower it.

Schema: https://github.com/tensorflow/tensorflow/blob/master/tensorflow/lite/schema/schema.fbs (field and operator numbers).
"""
from pathlib import Path

import numpy as np

from ..errors import ModelError
from .flatbuffer import Buffer, Table
from .graph import SourceGraph, SourceInput, SourceNode

TENSOR_TYPES = {0: np.float32, 1: np.float16, 2: np.int32, 3: np.uint8, 4: np.int64, 9: np.int8}
ACTIVATIONS = {0: None, 1: "Relu", 3: "Relu6"}
PADDINGS = {0: "SAME", 1: "VALID"}
CONVOLUTION, DEPTHWISE = 3, 4


def read(path: Path, part: tuple[int, int] | None = None) -> SourceGraph:
    """part: (first byte, end) of the model inside a larger file."""
    data = path.read_bytes()
    if part:
        data = data[part[0]:part[1]]
    if data[4:8] != b"TFL3":
        raise ModelError(f"{path}: bytes {part or 'from the start'} are not a TFLite model")
    try:
        return _Reader(Buffer(data, str(path))).run()
    except (IndexError, KeyError, ValueError) as error:
        raise ModelError(f"{path}: the TFLite model contradicts itself: {error}") from error


class _Reader:
    def __init__(self, buffer: Buffer) -> None:
        model = buffer.root()
        self.codes = [max(code.number(0, "b"), code.number(3, "i")) for code in model.tables(1)]
        self.graph = model.tables(2)[0]
        buffers = model.tables(4)
        self.tensors = self.graph.tables(0)
        self.names = [f"{tensor.text(3)}#{i}" for i, tensor in enumerate(self.tensors)]
        self.constants: dict[str, np.ndarray] = {}
        for name, tensor in zip(self.names, self.tensors):
            data = buffers[tensor.number(2, "I")].array(0, np.uint8)
            if data.size:
                self.constants[name] = np.frombuffer(data.tobytes(), self._dtype(tensor)).reshape(tensor.array(0, np.int32))
        self.nodes: dict[str, SourceNode] = {}

    @staticmethod
    def _dtype(tensor: Table):
        code = tensor.number(1, "b")
        if code not in TENSOR_TYPES:
            raise ModelError(f"the tensor '{tensor.text(3)}' has the unsupported type {code}")
        return TENSOR_TYPES[code]

    def run(self) -> SourceGraph:
        for operator in self.graph.tables(3):
            code = self.codes[operator.number(0, "I")]
            if code not in OPERATORS:
                raise ModelError(f"the TFLite operator number {code} is not supported; add it to convert/tflite.py")
            inputs = [self.names[i] for i in operator.array(1, np.int32) if i >= 0]
            outputs = [self.names[i] for i in operator.array(2, np.int32)]
            OPERATORS[code](self, inputs, outputs, operator.table(4))
        inputs = [SourceInput(self.names[i], tuple(int(d) for d in self.tensors[i].array(0, np.int32)),
                              np.dtype(self._dtype(self.tensors[i]))) for i in self.graph.array(1, np.int32)]
        self._name_outputs()
        return SourceGraph(inputs, self.nodes, {k: _widened(v) for k, v in self.constants.items()})

    def _name_outputs(self) -> None:
        """Outputs are known by their position, as "output_0", because tensor names repeat."""
        for number, index in enumerate(self.graph.array(2, np.int32)):
            self.add(f"output_{number}", "Identity", [self.names[index]])

    def add(self, name: str, op: str, inputs: list[str], **attributes) -> None:
        self.nodes[name] = SourceNode(name, op, inputs, attributes)

    def constant(self, name: str, array) -> str:
        self.constants[name] = np.asarray(array)
        return name

    def activated(self, code: int, op: str, inputs: list[str], output: str, **attributes) -> None:
        """Adds a node and the activation that TFLite fuses into it."""
        if code not in ACTIVATIONS:
            raise ModelError(f"'{output}': the fused activation {code} is not supported")
        activation = ACTIVATIONS[code]
        self.add(f"{output}!linear" if activation else output, op, inputs, **attributes)
        if activation:
            self.add(output, activation, [f"{output}!linear"])


def _widened(array: np.ndarray) -> np.ndarray:
    narrow = {np.dtype(np.float16): np.float32, np.dtype(np.int64): np.int32}
    return array.astype(narrow[array.dtype]) if array.dtype in narrow else array


def _convolution(reader: _Reader, inputs, outputs, options: Table) -> None:
    weights = reader.constants[inputs[1]]  # out, height, width, in
    name = reader.constant(f"{inputs[1]}!hwio", weights.transpose(1, 2, 3, 0))
    window = dict(padding=PADDINGS[options.number(0, "b")], dilations=[1, options.number(5, "i", 1), options.number(4, "i", 1), 1],
                  strides=[1, options.number(2, "i", 1), options.number(1, "i", 1), 1])
    reader.activated(options.number(3, "b"), "_FusedConv2D", [inputs[0], name, *inputs[2:]], outputs[0],
                     fused_ops=["BiasAdd"] if len(inputs) > 2 else [], **window)


def _depthwise(reader: _Reader, inputs, outputs, options: Table) -> None:
    weights = reader.constants[inputs[1]]  # 1, height, width, in * multiplier
    multiplier = options.number(3, "i", 1)
    shape = (*weights.shape[1:3], weights.shape[3] // multiplier, multiplier)
    name = reader.constant(f"{inputs[1]}!hwim", weights.reshape(shape))
    window = dict(padding=PADDINGS[options.number(0, "b")], dilations=[1, options.number(6, "i", 1), options.number(5, "i", 1), 1],
                  strides=[1, options.number(2, "i", 1), options.number(1, "i", 1), 1])
    reader.activated(options.number(4, "b"), "FusedDepthwiseConv2dNative", [inputs[0], name, *inputs[2:]], outputs[0],
                     fused_ops=["BiasAdd"] if len(inputs) > 2 else [], **window)


def _dequantise(reader: _Reader, inputs, outputs, options) -> None:
    """float16 weights are stored through this operator; they are constants here."""
    if inputs[0] not in reader.constants:
        raise ModelError(f"'{outputs[0]}': only constant weights can be dequantised; int8 TFLite models are not supported")
    reader.constants[outputs[0]] = reader.constants[inputs[0]].astype(np.float32)


def _binary(op: str):
    def add(reader: _Reader, inputs, outputs, options: Table | None) -> None:
        reader.activated(options.number(0, "b") if options else 0, op, inputs, outputs[0])
    return add


def _concatenation(reader: _Reader, inputs, outputs, options: Table) -> None:
    axis = reader.constant(f"{outputs[0]}!axis", np.int32(options.number(0, "i")))
    reader.activated(options.number(1, "b"), "ConcatV2", [*inputs, axis], outputs[0])


def _reshape(reader: _Reader, inputs, outputs, options: Table | None) -> None:
    if len(inputs) > 1:
        shape = inputs[1]
    else:
        shape = reader.constant(f"{outputs[0]}!shape", options.array(0, np.int32))
    reader.add(outputs[0], "Reshape", [inputs[0], shape])


def _unary(op: str):
    def add(reader: _Reader, inputs, outputs, options) -> None:
        reader.add(outputs[0], op, inputs[:1])
    return add


# BuiltinOperator numbers of the schema.
OPERATORS = {
    0: _binary("AddV2"), 2: _concatenation, CONVOLUTION: _convolution, DEPTHWISE: _depthwise, 6: _dequantise,
    14: _unary("Sigmoid"), 18: _binary("Mul"), 19: _unary("Relu"), 21: _unary("Relu6"), 22: _reshape, 41: _binary("Sub"),
}
