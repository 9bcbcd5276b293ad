// links: vision
// The description of an installed model (model.json).
#include "vision/model_store.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    (void)bongsu::vision::parse_model_description(text, "/models/fuzz");
    return 0;
}
