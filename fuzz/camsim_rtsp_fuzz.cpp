// links: camsim camsim_testing
// A client's bytes through the simulator's reader and responder, as its connection would take them.
#include "camsim/rtsp_responder.hpp"
#include "camsim/testing/films.hpp"
#include "media/rtsp/reader.hpp"

#include <cstddef>
#include <cstdint>
#include <variant>

namespace {

using namespace bongsu;
using namespace bongsu::camsim;

const MonoTime kNow{std::chrono::seconds{100}};
const WallTime kWall{std::chrono::seconds{1'750'000'000}};

const StreamDirectory& streams() {
    static const StreamDirectory directory = [] {
        StreamDirectory made;
        made.add(std::make_unique<Stream>(
            CameraId("one"),
            StreamRole::Main,
            PlayMode::Live,
            true,
            no_faults(),
            Timeline(camsim::testing::plain_film(30, 10, 9000), kNow, kWall, 0)
        ));
        return made;
    }();
    return directory;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const RtspPolicy open{};
    static const RtspPolicy guarded{.auth = AuthMode::Any, .credentials = {"admin", "secret"}};
    const bool is_guarded = size > 0 && data[0] % 2 == 0;
    RtspResponder responder(
        streams(), is_guarded ? guarded : open, {"nonce", "session", 1, 2}, "127.0.0.1"
    );
    media::RtspReader reader;
    reader.expect_channels({0, 1});
    Bytes rest(data, size);
    while (!rest.empty()) {
        const auto step = reader.step(rest);
        if (!step || (step->consumed == 0 && !step->item)) {
            break;
        }
        if (step->item) {
            if (const auto* request = std::get_if<media::RtspRequest>(&*step->item)) {
                media::write_response(responder.answer(*request, kNow, kWall));
            }
        }
        rest = rest.subspan(step->consumed);
    }
    return 0;
}
