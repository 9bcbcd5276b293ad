"""How results are kept: models/NAME/head.onnx (weights), figures.json (what was measured), recipe.json, card.md."""
import json
import shutil
import subprocess
from pathlib import Path

from .errors import TrainError

HEAD, FIGURES = "head.onnx", "figures.json"
LARGEST = 2 << 20  # bytes of weights that the repository takes
AUTHOR = Path(__file__).resolve().parents[2] / "models/author_recipe"


def write_figures(folder: Path, seed: int, figures: dict[str, float]) -> None:
    rounded = {name: round(float(value), 4) for name, value in figures.items()}
    (folder / FIGURES).write_text(json.dumps({"seed": seed, "figures": rounded}, indent=1) + "\n")


def read_figures(folder: Path) -> dict[str, float]:
    try:
        return json.loads((folder / FIGURES).read_text())["figures"]
    except (OSError, ValueError, KeyError):
        return {}


def state(folder: Path) -> str:
    if not (folder / HEAD).is_file():
        return "not kept yet"
    return f"kept, {(folder / HEAD).stat().st_size / 1024:.0f} KiB"


def comparison(found: dict[str, float], kept: dict[str, float]) -> str:
    """One line per figure: value, interval, and whether it lies within the interval of the kept one."""
    lines = []
    for name, value in found.items():
        if name.endswith(("_low", "_high")):
            continue
        line = f"  {name:28} {value:.4f}"
        if f"{name}_low" in found:
            line += f"  [{found[f'{name}_low']:.4f}, {found[f'{name}_high']:.4f}]"
        if f"{name}_low" in kept:
            is_within = kept[f"{name}_low"] <= round(value, 4) <= kept[f"{name}_high"]
            line += f"  kept {kept[name]:.4f}: {'reproduced' if is_within else 'NOT REPRODUCED'}"
        lines.append(line)
    return "\n".join(lines)


def keep(out: Path, folder: Path) -> None:
    head = out / HEAD
    if not head.is_file():
        raise TrainError(f"the recipe wrote no {head}")
    if head.stat().st_size > LARGEST:
        raise TrainError(f"{head} has {head.stat().st_size} bytes; at most {LARGEST} are kept")
    if not (folder / "recipe.json").is_file():
        raise TrainError(f"{folder}/recipe.json is missing: it says how the weights are installed (tools/train/README.md)")
    for name in (HEAD, FIGURES):
        shutil.copyfile(out / name, folder / name)
    if subprocess.run([str(AUTHOR), "expected", folder.name], check=False).returncode != 0:
        raise TrainError(f"author_recipe expected {folder.name} failed: the message is above")
    print(f"kept in {folder}; bring card.md up to date")
