#include "domain/frame.hpp"

#include <cstddef>
#include <vector>

namespace bongsu {

WritableFrame allocate_frame(int width, int height) {
    const int chroma_width = (width + 1) / 2;
    const int chroma_height = (height + 1) / 2;
    const auto luma = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    const auto chroma =
        static_cast<std::size_t>(chroma_width) * static_cast<std::size_t>(chroma_height);
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(luma + 2 * chroma);
    WritableFrame out;
    out.data = {pixels->data(), pixels->data() + luma, pixels->data() + luma + chroma};
    out.frame.width = width;
    out.frame.height = height;
    out.frame.planes = {
        Plane{out.data[0], width, height, width},
        Plane{out.data[1], chroma_width, chroma_height, chroma_width},
        Plane{out.data[2], chroma_width, chroma_height, chroma_width},
    };
    out.frame.owner = std::move(pixels);
    return out;
}

}  // namespace bongsu
