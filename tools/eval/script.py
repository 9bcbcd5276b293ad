"""Makes a module of a command, which has no name that Python could import."""

import importlib.machinery
import importlib.util
import pathlib
import types


def load(path: pathlib.Path) -> types.ModuleType:
    loader = importlib.machinery.SourceFileLoader(path.parent.name + "_" + path.name, str(path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module
