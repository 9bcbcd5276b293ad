#include "domain/track_state.hpp"

namespace bongsu {

std::string_view to_string(TrackState state) {
    switch (state) {
        case TrackState::Tentative:
            return "tentative";
        case TrackState::Confirmed:
            return "confirmed";
        case TrackState::Lost:
            return "lost";
    }
    return "lost";
}

}  // namespace bongsu
