#include "app/stream_choice.hpp"

namespace bongsu::app {

void StreamChoice::see(MonoTime now, bool sub_plays, bool main_plays) {
    sub_plays_ = sub_plays;
    main_plays_ = main_plays;
    sub_since_ = sub_plays ? sub_since_.value_or(now) : std::optional<MonoTime>{};
    const bool is_steady = sub_since_ && now - *sub_since_ >= times_.steady;
    if (is_steady) {
        away_since_.reset();
        tried_since_.reset();
    } else {
        away_since_ = away_since_.value_or(now);
    }
    if (tried_since_ && !main_plays && now - *tried_since_ >= times_.attempt) {
        // Another camera may have its turn; this one waits again.
        tried_since_.reset();
        away_since_ = now;
    }
}

bool StreamChoice::wants_main(MonoTime now) const {
    return !needs_main() && !sub_plays_ && away_since_ && now - *away_since_ >= times_.away;
}

StreamRole StreamChoice::wanted(MonoTime now) const {
    if (!is_on_main_) {
        return tried_since_ && main_plays_ && !sub_plays_ ? StreamRole::Main : StreamRole::Sub;
    }
    const Duration wait = main_plays_ ? times_.back : times_.steady;
    const bool is_back = sub_plays_ && sub_since_ && now - *sub_since_ >= wait;
    return is_back ? StreamRole::Sub : StreamRole::Main;
}

void StreamChoice::settle(StreamRole role) {
    is_on_main_ = role == StreamRole::Main;
    tried_since_.reset();
}

}  // namespace bongsu::app
