"""Stores weights as float16 where that loses nothing (the sources are float16), which halves the file."""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SMALLEST = 64  # elements; below that a Cast node costs more than it saves


def store_as_half(model: onnx.ModelProto) -> onnx.ModelProto:
    """The runtime folds the casts when it loads the model, so speed and results stay the same."""
    out = onnx.ModelProto()
    out.CopyFrom(model)
    graph = out.graph
    initialisers, casts = [], []
    for initialiser in graph.initializer:
        array = numpy_helper.to_array(initialiser)
        with np.errstate(over="ignore"):
            half = array.astype(np.float16) if array.dtype == np.float32 and array.size >= SMALLEST else None
        if half is None or not np.array_equal(half.astype(np.float32), array):
            initialisers.append(initialiser)
            continue
        name = f"{initialiser.name}.half"
        initialisers.append(numpy_helper.from_array(half, name))
        casts.append(helper.make_node("Cast", [name], [initialiser.name], name=name, to=TensorProto.FLOAT))
    nodes = list(graph.node)
    del graph.initializer[:]
    graph.initializer.extend(initialisers)
    del graph.node[:]
    graph.node.extend(casts + nodes)
    onnx.checker.check_model(out)
    return out
