"""Finds recipes: one Python file each, with a docstring and `train(data, out, seed) -> figures`."""
import importlib.util
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .errors import TrainError

Train = Callable[[Path, Path, int], dict[str, float]]


@dataclass(frozen=True)
class Recipe:
    name: str
    summary: str  # the first line of its docstring
    train: Train


def all_in(folder: Path) -> list[Recipe]:
    return [_read(path) for path in sorted(folder.glob("*.py"))]


def find(folder: Path, name: str) -> Recipe:
    path = folder / f"{name}.py"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in folder.glob("*.py")))
        raise TrainError(f"there is no recipe '{name}'; there are: {known}")
    return _read(path)


def fix_seeds(seed: int) -> None:
    random.seed(seed)
    np.random.seed(seed)
    try:
        import torch
    except ImportError:
        return  # recipes that need it say so themselves
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)


def _read(path: Path) -> Recipe:
    spec = importlib.util.spec_from_file_location(f"recipe_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except ImportError as error:
        raise TrainError(f"the recipe {path.name} needs a package: {error}. ./dev train installs those of "
                         f"tools/setup/train-packages.txt") from error
    if not callable(getattr(module, "train", None)) or not module.__doc__:
        raise TrainError(f"{path} must have a docstring and train(data, out, seed)")
    return Recipe(path.stem, module.__doc__.strip().splitlines()[0], module.train)
