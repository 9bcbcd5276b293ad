#include "media/encoder/repainter.hpp"

#include "media/picture/picture_edit.hpp"

#include <utility>

namespace bongsu::media {

Repainter::Repainter(Repaint look) : look_(std::move(look)), encoder_(look_.quantiser) {}

Result<std::optional<Frame>> Repainter::paint(const AccessUnit& unit) {
    BONGSU_ASSIGN(const auto frame, decoder_.decode(unit));
    return frame ? std::optional{hide(*frame)} : std::nullopt;
}

Result<Frame> Repainter::paint_key(const AccessUnit& unit) {
    BONGSU_ASSIGN(const Frame frame, decoder_.decode_key(unit));
    return hide(frame);
}

Frame Repainter::hide(const Frame& frame) const {
    return black_out(shrink(frame, look_.max_width), look_.black);
}

}  // namespace bongsu::media
