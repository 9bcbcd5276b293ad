// links: media core
// Bytes of a recorded file: the scanner must accept any of them without reading beyond the end.
#include "media/mp4/file_scan.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace bongsu::media::mp4;
    constexpr ScanMarks kMarks{.header = {1, 2, 3}, .trailer = {4, 5, 6}};
    const MemorySource source(bongsu::Bytes(data, size));
    const auto file = scan_file(source, kMarks);
    if (file && file->whole_size > size) {
        __builtin_trap();
    }
    return 0;
}
