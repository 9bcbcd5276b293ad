// links: app core
// A whole configuration file: every section by its owner's own table, every rule of every camera.
#include "app/city_config.hpp"
#include "app/config_check.hpp"
#include "core/value.hpp"

#include <string_view>

using namespace bongsu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t kMostBytes = std::size_t{1} << 16U;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto document = size <= kMostBytes ? parse_yaml(text, "fuzz") : Value{};
    if (!document) {
        return 0;
    }
    if (const auto config = app::parse_city_config(*document, {})) {
        (void)app::check_config(*config);
    }
    return 0;
}
