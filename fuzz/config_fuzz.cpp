// links: domain core
// Configuration as people and programs write it: YAML and JSON into plain data, then a camera.
#include "core/json.hpp"
#include "core/value.hpp"
#include "domain/camera.hpp"

#include <string_view>

using namespace bongsu;

namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 16U;

/// A variable of every name is set.
const char* always(const char*) {
    return "set";
}

void read_camera(const Value& value) {
    (void)parse_camera(value, "camera");
    const auto expanded = expand_environment(value, always);
    if (expanded) {
        (void)parse_camera(*expanded, "camera");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (size > kMostBytes) {
        return 0;
    }
    if (const auto value = parse_yaml(text, "fuzz")) {
        read_camera(*value);
        (void)to_json(*value);
    }
    const auto value = parse_json(text, "fuzz");
    if (value) {
        read_camera(*value);
        if (!parse_json(to_json(*value), "again")) {
            __builtin_trap();  // what is written can be read
        }
    }
    return 0;
}
