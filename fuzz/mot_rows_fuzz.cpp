// links: eval
// The readers of MOTChallenge text files.
#include "eval/mot/sequence.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    (void)bongsu::eval::parse_mot_rows(text, "fuzz", true);
    (void)bongsu::eval::parse_sequence_info(text, "fuzz");
    return 0;
}
