"""Runs ONNX models through ONNX Runtime's C interface by ctypes: needs the shared library only, no compiler, no wheel.

OrtApi is a table of function pointers whose order is never changed (onnxruntime_c_api.h, "New Ort API functions must be
added at the end"); the numbers below are positions in it.
"""
import ctypes as c
from pathlib import Path

import numpy as np

from .errors import ModelError

API_VERSION = 21
POSITIONS = {
    "GetErrorMessage": 2, "CreateEnv": 3, "CreateSession": 7, "Run": 9, "CreateSessionOptions": 10,
    "SetIntraOpNumThreads": 24, "SessionGetInputCount": 30, "SessionGetOutputCount": 31, "SessionGetInputName": 36,
    "SessionGetOutputName": 37, "CreateTensorWithDataAsOrtValue": 49, "GetTensorMutableData": 51,
    "GetTensorElementType": 60, "GetDimensionsCount": 61, "GetDimensions": 62, "GetTensorTypeAndShape": 65,
    "CreateCpuMemoryInfo": 69, "GetAllocatorWithDefaultOptions": 78, "ReleaseStatus": 93, "ReleaseSession": 95,
    "ReleaseValue": 96, "ReleaseTensorTypeAndShapeInfo": 99, "ReleaseSessionOptions": 100,
}
RETURNS_NOTHING = {"ReleaseStatus", "ReleaseSession", "ReleaseValue", "ReleaseTensorTypeAndShapeInfo", "ReleaseSessionOptions"}
ELEMENT_TYPES = {1: np.float32, 2: np.uint8, 3: np.int8, 6: np.int32, 7: np.int64}  # ONNXTensorElementDataType
LOG_ERROR = 3


class Runtime:
    """One loaded library. Not thread-safe; the commands are single-threaded."""

    def __init__(self, library: Path) -> None:
        try:
            self._library = c.CDLL(str(library))
        except OSError as error:
            raise ModelError(f"cannot load ONNX Runtime from {library}: {error}") from error
        self._library.OrtGetApiBase.restype = c.POINTER(c.c_void_p * 2)
        get_api = c.CFUNCTYPE(c.c_void_p, c.c_uint32)(self._library.OrtGetApiBase().contents[0])
        table = get_api(API_VERSION)
        if not table:
            raise ModelError(f"{library} does not offer interface version {API_VERSION}")
        self._table = c.cast(table, c.POINTER(c.c_void_p * (max(POSITIONS.values()) + 1))).contents
        self._env = self.create("CreateEnv", c.c_int(LOG_ERROR), b"bongsu")
        self._memory = self.create("CreateCpuMemoryInfo", c.c_int(0), c.c_int(0))
        self._allocator = self.create("GetAllocatorWithDefaultOptions")

    def call(self, name: str, *arguments):
        types = [type(a) if isinstance(a, c._SimpleCData) else c.c_void_p for a in arguments]
        if name in RETURNS_NOTHING:
            c.CFUNCTYPE(None, *types)(self._table[POSITIONS[name]])(*arguments)
            return
        status = c.CFUNCTYPE(c.c_void_p, *types)(self._table[POSITIONS[name]])(*arguments)
        if status:
            message = c.CFUNCTYPE(c.c_char_p, c.c_void_p)(self._table[POSITIONS["GetErrorMessage"]])(status).decode()
            self.call("ReleaseStatus", c.c_void_p(status))
            raise ModelError(f"ONNX Runtime, {name}: {message}")

    def create(self, name: str, *arguments) -> c.c_void_p:
        """Calls a function whose last parameter receives a new object."""
        out = c.c_void_p()
        self.call(name, *[c.cast(c.c_char_p(a), c.c_void_p) if isinstance(a, bytes) else a for a in arguments],
                  c.cast(c.byref(out), c.c_void_p))
        return out

    def session(self, model: Path) -> "Session":
        return Session(self, model)


class Session:
    def __init__(self, runtime: Runtime, model: Path) -> None:
        self._runtime = runtime
        options = runtime.create("CreateSessionOptions")
        runtime.call("SetIntraOpNumThreads", options, c.c_int(1))
        self._handle = runtime.create("CreateSession", runtime._env, str(model).encode(), options)
        runtime.call("ReleaseSessionOptions", options)
        self.inputs = self._names("SessionGetInputCount", "SessionGetInputName")
        self.outputs = self._names("SessionGetOutputCount", "SessionGetOutputName")

    def close(self) -> None:
        self._runtime.call("ReleaseSession", self._handle)

    def _names(self, count_call: str, name_call: str) -> list[str]:
        count = c.c_size_t()
        self._runtime.call(count_call, self._handle, c.cast(c.byref(count), c.c_void_p))
        names = []
        for index in range(count.value):
            text = self._runtime.create(name_call, self._handle, c.c_size_t(index), self._runtime._allocator)
            names.append(c.cast(text, c.c_char_p).value.decode())
        return names

    def run(self, image: np.ndarray) -> dict[str, np.ndarray]:
        """Runs a model with one input; the results are copies."""
        runtime = self._runtime
        image = np.ascontiguousarray(image)
        element = next(k for k, t in ELEMENT_TYPES.items() if np.dtype(t) == image.dtype)
        shape = (c.c_int64 * image.ndim)(*image.shape)
        tensor = runtime.create("CreateTensorWithDataAsOrtValue", runtime._memory, c.c_void_p(image.ctypes.data),
                                c.c_size_t(image.nbytes), c.cast(shape, c.c_void_p), c.c_size_t(image.ndim), c.c_int(element))
        input_names = (c.c_char_p * 1)(self.inputs[0].encode())
        output_names = (c.c_char_p * len(self.outputs))(*[n.encode() for n in self.outputs])
        results = (c.c_void_p * len(self.outputs))()
        tensors = (c.c_void_p * 1)(tensor.value)
        runtime.call("Run", self._handle, c.c_void_p(), c.cast(input_names, c.c_void_p), c.cast(tensors, c.c_void_p),
                     c.c_size_t(1), c.cast(output_names, c.c_void_p), c.c_size_t(len(self.outputs)), c.cast(results, c.c_void_p))
        runtime.call("ReleaseValue", tensor)
        return {name: self._take(c.c_void_p(value)) for name, value in zip(self.outputs, results)}

    def _take(self, value: c.c_void_p) -> np.ndarray:
        runtime = self._runtime
        info = runtime.create("GetTensorTypeAndShape", value)
        rank, element = c.c_size_t(), c.c_int()
        runtime.call("GetDimensionsCount", info, c.cast(c.byref(rank), c.c_void_p))
        dimensions = (c.c_int64 * max(1, rank.value))()
        runtime.call("GetDimensions", info, c.cast(dimensions, c.c_void_p), rank)
        runtime.call("GetTensorElementType", info, c.cast(c.byref(element), c.c_void_p))
        runtime.call("ReleaseTensorTypeAndShapeInfo", info)
        shape = tuple(dimensions[:rank.value])
        dtype = np.dtype(ELEMENT_TYPES[element.value])
        data = runtime.create("GetTensorMutableData", value)
        size = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
        array = np.frombuffer(c.string_at(data, size), dtype).reshape(shape)
        runtime.call("ReleaseValue", value)
        return array
