// links: scenelog
// Blocks of the scene log as a file or a broken disk might give them: heads, checksums, scenes and
// the histories made from them.
#include "scenelog/block.hpp"
#include "scenelog/track_memory.hpp"

#include <cstddef>
#include <cstdint>

using namespace bongsu;
using namespace bongsu::scenelog;

namespace {

void read_scenes(const BlockHead& head, Bytes scenes) {
    BlockReader reader(head, scenes);
    TrackMemory memory;
    auto scene = reader.next();
    while (scene && *scene != nullptr) {
        (void)memory.follow(**scene);
        scene = reader.next();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes input(data, size);
    if (const auto head = read_block_head(input)) {
        const Bytes body = input.subspan(kBlockHeadBytes);
        (void)is_intact(input.first(kBlockHeadBytes), body);
        read_scenes(*head, body);  // whatever the checksum says: it keeps out chance, not malice
    }
    read_scenes({.scenes = 1000}, input);
    return 0;
}
