// links: eval
// The readers of KISA clip files and zone maps.
#include "eval/kisa/clip_file.hpp"
#include "eval/kisa/zone_map.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    (void)bongsu::eval::parse_zone_map(text, "fuzz");
    const auto clip = bongsu::eval::parse_kisa_clip(text, "fuzz");
    if (clip) {
        (void)bongsu::eval::write_kisa_result(*clip);
    }
    return 0;
}
