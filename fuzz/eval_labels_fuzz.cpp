// links: eval
// The readers of box labels and zone scenarios.
#include "eval/detection/labels.hpp"
#include "eval/zones/scenario.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    (void)bongsu::eval::parse_box_labels(text, "image", "fuzz");
    (void)bongsu::eval::parse_scenarios(text, "/");
    return 0;
}
