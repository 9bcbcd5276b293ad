// links: recording media core
// Bytes of a recorded segment: reading it and following its chain of hashes must never go beyond
// the end.
#include "recording/segment_reader.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace bongsu;
    const media::mp4::MemorySource source(Bytes(data, size));
    const auto content = recording::read_segment(source);
    if (!content) {
        return 0;
    }
    if (content->marks.size() != content->file.fragments.size()) {
        __builtin_trap();
    }
    const auto verdict = recording::verify_chain(source, *content);
    if (!verdict || verdict->bytes > size || verdict->whole > content->marks.size()) {
        __builtin_trap();
    }
    (void)recording::row_of(*content, *verdict, "fuzz.mp4");
    return 0;
}
