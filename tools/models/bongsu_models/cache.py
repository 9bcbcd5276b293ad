"""The cache folder outside the repository: ${BONGSU_CACHE:-~/.cache/bongsu}/models."""
import contextlib
import fcntl
import hashlib
import os
import shutil
from pathlib import Path

from .errors import ModelError


def root() -> Path:
    base = os.environ.get("BONGSU_CACHE") or str(Path.home() / ".cache" / "bongsu")
    return Path(base) / "models"


def sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


@contextlib.contextmanager
def exclusive(folder: Path):
    """Only one command writes at a time; a second one waits."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as error:
        raise ModelError(f"cannot write to the model cache {folder}: {error.strerror}. "
                         f"Set BONGSU_CACHE to a folder that you can write to") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def replacing(folder: Path):
    """Yields an empty folder that takes the place of `folder` when the block succeeds, and vanishes when it fails."""
    fresh, old = folder.with_name(f".new-{folder.name}"), folder.with_name(f".old-{folder.name}")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        yield fresh
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
