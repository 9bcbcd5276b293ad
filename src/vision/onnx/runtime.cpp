#include "vision/onnx/runtime.hpp"

#include <exception>
#include <optional>
#include <string>
#include <unordered_map>

#include <dlfcn.h>

#define ORT_API_MANUAL_INIT
#include <onnxruntime_cxx_api.h>

namespace bongsu::vision::onnx {

struct Runtime::Impl {
    Ort::Env env{nullptr};
};

namespace {

constexpr std::size_t kMaxElements = 64u << 20;  // 256 MiB of floats in one tensor

struct Tensor {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<float> data;
};

Status check_shape(const Tensor& tensor, const std::filesystem::path& model) {
    std::size_t count = 1;
    for (const std::int64_t side : tensor.shape) {
        if (side < 1 || count > kMaxElements / static_cast<std::size_t>(side)) {
            return fail(
                ErrorKind::Unsupported,
                model.string() + ": the tensor '" + tensor.name + "' has no fixed, sensible shape"
            );
        }
        count *= static_cast<std::size_t>(side);
    }
    return {};
}

Result<Tensor> make_tensor(
    std::string name, const Ort::TypeInfo& type, const std::filesystem::path& model
) {
    const auto info = type.GetTensorTypeAndShapeInfo();
    if (info.GetElementType() != ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT) {
        return fail(
            ErrorKind::Unsupported, model.string() + ": the tensor '" + name + "' is not of floats"
        );
    }
    Tensor tensor{std::move(name), info.GetShape(), {}};
    BONGSU_TRY(check_shape(tensor, model));
    std::size_t count = 1;
    for (const std::int64_t side : tensor.shape) {
        count *= static_cast<std::size_t>(side);
    }
    tensor.data.resize(count);
    return tensor;
}

Ort::Value wrap(Tensor& tensor) {
    const auto memory = Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault);
    return Ort::Value::CreateTensor<float>(
        memory, tensor.data.data(), tensor.data.size(), tensor.shape.data(), tensor.shape.size()
    );
}

Ort::Session load(Runtime& runtime, const std::filesystem::path& model) {
    Ort::SessionOptions options;
    options.SetIntraOpNumThreads(1);
    options.SetInterOpNumThreads(1);
    options.SetGraphOptimizationLevel(ORT_ENABLE_ALL);
    options.SetLogSeverityLevel(ORT_LOGGING_LEVEL_ERROR);
    options.AddConfigEntry("session.use_env_allocators", "1");
    options.AddConfigEntry("session.use_device_allocator_for_initializers", "1");
    return Ort::Session(runtime.impl().env, model.c_str(), options);
}

/// One arena for all sessions, grown by what is asked for. By default each session has its own,
/// which takes twice as much each time it grows and is touched bit by bit for hours.
void share_arena(Ort::Env& env) {
    const Ort::ArenaCfg arena(
        std::unordered_map<std::string, std::size_t>{{"arena_extend_strategy", 1}}
    );
    const auto memory = Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault);
    env.CreateAndRegisterAllocator(memory, arena);
}

}  // namespace

Runtime::Runtime(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Runtime::~Runtime() = default;

Result<std::shared_ptr<Runtime>> Runtime::open(const std::filesystem::path& library) {
    void* handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
        const char* reason = dlerror();
        return fail(
            ErrorKind::NotFound,
            "ONNX Runtime cannot be loaded (" + std::string(reason != nullptr ? reason : "?") +
                "). Models are not installed: run ./dev setup"
        );
    }
    using GetApiBase = const OrtApiBase* (*)();
    const auto get_api_base = reinterpret_cast<GetApiBase>(dlsym(handle, "OrtGetApiBase"));
    const OrtApi* api = get_api_base != nullptr ? get_api_base()->GetApi(ORT_API_VERSION) : nullptr;
    if (api == nullptr) {
        return fail(
            ErrorKind::Unsupported,
            library.string() + " does not offer ONNX Runtime's interface version " +
                std::to_string(ORT_API_VERSION) + ". Run tools/models/fetch_models --verify"
        );
    }
    try {
        Ort::InitApi(api);
        auto impl = std::make_unique<Impl>();
        impl->env = Ort::Env(ORT_LOGGING_LEVEL_ERROR, "bongsu");
        share_arena(impl->env);
        return std::shared_ptr<Runtime>(new Runtime(std::move(impl)));
    } catch (const std::exception& error) {
        return fail(
            ErrorKind::Internal, std::string("ONNX Runtime does not start: ") + error.what()
        );
    }
}

struct InferenceSession::Impl {
    std::shared_ptr<Runtime> runtime;  // outlives the session
    std::filesystem::path model;
    Ort::Session session{nullptr};
    Tensor input;
    std::vector<Tensor> outputs;
    std::vector<std::string> output_names;
    std::optional<Ort::IoBinding> binding;

    const Tensor* find(const std::string& name) const {
        for (const Tensor& tensor : outputs) {
            if (tensor.name == name) {
                return &tensor;
            }
        }
        return nullptr;
    }

    Status make_tensors();
    void bind();
};

Status InferenceSession::Impl::make_tensors() {
    const Ort::AllocatorWithDefaultOptions allocator;
    if (session.GetInputCount() != 1) {
        return fail(ErrorKind::Unsupported, model.string() + ": one input is expected");
    }
    BONGSU_ASSIGN(
        input,
        make_tensor(
            session.GetInputNameAllocated(0, allocator).get(), session.GetInputTypeInfo(0), model
        )
    );
    for (std::size_t i = 0; i < session.GetOutputCount(); ++i) {
        std::string name = session.GetOutputNameAllocated(i, allocator).get();
        output_names.push_back(name);
        BONGSU_ASSIGN(
            Tensor output, make_tensor(std::move(name), session.GetOutputTypeInfo(i), model)
        );
        outputs.push_back(std::move(output));
    }
    return {};
}

void InferenceSession::Impl::bind() {
    binding.emplace(session);
    binding->BindInput(input.name.c_str(), wrap(input));
    for (Tensor& output : outputs) {
        binding->BindOutput(output.name.c_str(), wrap(output));
    }
}

InferenceSession::InferenceSession(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

InferenceSession::InferenceSession(InferenceSession&&) noexcept = default;
InferenceSession& InferenceSession::operator=(InferenceSession&&) noexcept = default;
InferenceSession::~InferenceSession() = default;

Result<InferenceSession> InferenceSession::create(
    std::shared_ptr<Runtime> runtime, const std::filesystem::path& model
) {
    try {
        auto impl = std::make_unique<Impl>();
        impl->model = model;
        impl->session = load(*runtime, model);
        impl->runtime = std::move(runtime);
        BONGSU_TRY(impl->make_tensors());
        impl->bind();
        return InferenceSession(std::move(impl));
    } catch (const std::exception& error) {
        return fail(
            ErrorKind::Corrupt,
            "the model " + model.string() + " cannot be loaded: " + error.what() +
                ". Run tools/models/fetch_models --verify"
        );
    }
}

std::span<float> InferenceSession::input() {
    return impl_->input.data;
}

std::span<const std::int64_t> InferenceSession::input_shape() const {
    return impl_->input.shape;
}

const std::vector<std::string>& InferenceSession::output_names() const {
    return impl_->output_names;
}

std::span<const float> InferenceSession::output(const std::string& name) const {
    const Tensor* tensor = impl_->find(name);
    return tensor != nullptr ? std::span<const float>(tensor->data) : std::span<const float>();
}

std::span<const std::int64_t> InferenceSession::output_shape(const std::string& name) const {
    const Tensor* tensor = impl_->find(name);
    return tensor != nullptr ? std::span<const std::int64_t>(tensor->shape)
                             : std::span<const std::int64_t>();
}

Status InferenceSession::run() {
    try {
        impl_->session.Run(Ort::RunOptions{nullptr}, *impl_->binding);
        return {};
    } catch (const std::exception& error) {
        return fail(
            ErrorKind::Internal, impl_->model.string() + ": inference failed: " + error.what()
        );
    }
}

}  // namespace bongsu::vision::onnx
