"""Joins weights that were trained here (models/<name>/head.onnx) to the layers of a network that somebody else trained."""
from pathlib import Path

import onnx
from onnx import compose

from .errors import ModelError

PREFIX = "head."


def attach(backbone: onnx.ModelProto, path: Path) -> onnx.ModelProto:
    """Every input of the head must be an output of the backbone; the result has the head's outputs only."""
    try:
        head = onnx.load(str(path))
    except Exception as error:  # protobuf raises classes of its own
        raise ModelError(f"{path} is not an ONNX file: {error}") from error
    known = {o.name for o in backbone.graph.output}
    wanted = [i.name for i in head.graph.input]
    if set(wanted) != known:
        raise ModelError(f"{path} takes {sorted(wanted)}, but the recipe's outputs are {sorted(known)}")
    outputs = [o.name for o in head.graph.output]
    head.ir_version = backbone.ir_version
    del head.opset_import[:]
    head.opset_import.extend(backbone.opset_import)
    prefixed = compose.add_prefix(head, PREFIX)
    joined = compose.merge_models(backbone, prefixed, io_map=[(name, PREFIX + name) for name in wanted])
    return _renamed(joined, {PREFIX + name: name for name in outputs})


def _renamed(model: onnx.ModelProto, names: dict[str, str]) -> onnx.ModelProto:
    for node in model.graph.node:
        node.output[:] = [names.get(name, name) for name in node.output]
        node.input[:] = [names.get(name, name) for name in node.input]
    for output in model.graph.output:
        output.name = names.get(output.name, output.name)
    onnx.checker.check_model(model)
    return model
