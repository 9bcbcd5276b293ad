"""The ONNX graph under construction: nodes, deduplicated initialisers, and axis orders made real on demand."""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .values import Value

OPSET = 13  # axes of Squeeze and Unsqueeze, sizes of Split and the channel axis of QuantizeLinear are as in this version
IR_VERSION = 7
ONNX_TYPES = {
    np.dtype(np.float32): TensorProto.FLOAT, np.dtype(np.int32): TensorProto.INT32, np.dtype(np.int64): TensorProto.INT64,
    np.dtype(np.bool_): TensorProto.BOOL, np.dtype(np.uint8): TensorProto.UINT8,
}


class Builder:
    def __init__(self, reserved: set[str]) -> None:
        """reserved: names of the model's input and outputs, which inner tensors must not take."""
        self._taken = set(reserved)
        self.nodes: list[onnx.NodeProto] = []
        self._initialisers: dict[tuple, tuple[str, np.ndarray]] = {}
        self._base = "t"

    def begin(self, source_name: str) -> None:
        """Names of what is emitted next derive from this source node, so that they are the same in every conversion."""
        self._base = source_name.replace(":", "_")

    def unique(self) -> str:
        name, count = self._base, 0
        while name in self._taken:
            count += 1
            name = f"{self._base}.{count}"
        self._taken.add(name)
        return name

    def emit(self, op: str, inputs: list[str], outputs: int = 1, **attributes):
        names = [self.unique() for _ in range(outputs)]
        self.nodes.append(helper.make_node(op, inputs, names, name=names[0], **attributes))
        return names[0] if outputs == 1 else names

    def initialiser(self, array: np.ndarray) -> str:
        array = np.ascontiguousarray(array).reshape(np.shape(array))
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self._initialisers:
            self._initialisers[key] = (f"constant.{len(self._initialisers)}", array)
        return self._initialisers[key][0]

    def integers(self, items) -> str:
        return self.initialiser(np.array([int(i) for i in items], np.int64))

    def stored(self, value: Value, order: tuple[int, ...]) -> str:
        """The ONNX name of the value with its axes in the given order; emits a Transpose if it lies differently."""
        order = tuple(order)
        if value.is_constant:
            return self.initialiser(value.constant.transpose(np.argsort(order)) if value.rank else value.constant)
        if value.order == order:
            return value.name
        # Physical axis p of the result holds the logical axis l with order[l] == p, found at value.order[l] today.
        permutation = [value.order[logical] for logical in np.argsort(order)]
        key = tuple(permutation)
        if key not in value.reordered:
            value.reordered[key] = self.emit("Transpose", [value.name], perm=permutation)
        return value.reordered[key]

    def plain(self, value: Value) -> str:
        return self.stored(value, tuple(range(value.rank)))

    def model(self, inputs: list[Value], outputs: dict[str, Value], name: str) -> onnx.ModelProto:
        for output_name, value in outputs.items():
            self.nodes.append(helper.make_node("Identity", [self.plain(value)], [output_name], name=output_name))
        graph = helper.make_graph(
            self.nodes, name,
            [helper.make_tensor_value_info(v.name, ONNX_TYPES[v.dtype], v.shape) for v in inputs],
            [helper.make_tensor_value_info(n, ONNX_TYPES[v.dtype], v.shape) for n, v in outputs.items()],
            [numpy_helper.from_array(array, n) for n, array in self._initialisers.values()])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="bongsu")
        model.ir_version = IR_VERSION
        prune(model)
        onnx.checker.check_model(model)
        return model


def prune(model: onnx.ModelProto) -> None:
    """Drops nodes and initialisers that no output depends on."""
    graph = model.graph
    needed = {o.name for o in graph.output}
    kept = []
    for node in reversed(graph.node):
        if any(o in needed for o in node.output):
            kept.append(node)
            needed.update(node.input)
    initialisers = [i for i in graph.initializer if i.name in needed]
    del graph.node[:]
    graph.node.extend(reversed(kept))
    del graph.initializer[:]
    graph.initializer.extend(initialisers)
