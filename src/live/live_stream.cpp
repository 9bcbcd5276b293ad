#include "live/live_stream.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::live {
namespace {

SharedText text_of(const StreamState& state) {
    return state_text(
        state.signal == SignalState::Up ? "playing" : "lost", state.since, state.detail
    );
}

}  // namespace

LiveStream::LiveStream(StreamRole role, const Parts& parts)
    : holds_given_up_(parts.holds_given_up),
      held_(parts.gop_bytes, parts.hold_budget),
      picture_budget_(parts.making.budget) {
    watched(Form::Fragments).feed =
        std::make_shared<FragmentFeed>(parts.fragment_pool, role, parts.feed, parts.fragments);
    watched(Form::Painted).feed = std::make_shared<PaintedFeed>(
        parts.picture_pool, role, parts.feed, parts.making, parts.fragments
    );
    watched(Form::Pictures).feed =
        std::make_shared<PictureFeed>(parts.picture_pool, role, parts.feed, parts.making);
}

void LiveStream::push(const AccessUnitPtr& unit) {
    const std::scoped_lock lock(mutex_);
    if (!held_.push(unit)) {
        holds_given_up_.add();
    }
    parameters_ = unit->parameters;
    // Under the lock, so that a viewer who joins gets the held units and then exactly the next one.
    for (const Watched& watched : watched_) {
        if (watched.viewers > 0) {
            watched.feed->push(unit, held_.is_whole());
        }
    }
}

void LiveStream::join(const LiveViewerPtr& viewer, Form form, std::string_view note) {
    const std::scoped_lock lock(mutex_);
    Watched& place = watched(form);
    ++place.viewers;
    place.feed->join(
        viewer,
        {.units = held_.units(), .is_whole = held_.units().empty() || held_.is_whole()},
        note
    );
    if (state_ && state_->signal == SignalState::Lost) {
        viewer->sink->send_text(text_of(*state_));
    }
}

void LiveStream::leave(const LiveViewerPtr& viewer, Form form) {
    const std::scoped_lock lock(mutex_);
    Watched& place = watched(form);
    place.viewers = std::max(0, place.viewers - 1);
    place.feed->leave(viewer);
}

void LiveStream::set_state(StreamState state) {
    const SharedText text = text_of(state);
    {
        const std::scoped_lock lock(mutex_);
        state_ = std::move(state);
    }
    tell(text);
}

void LiveStream::show(const SharedText& scene) {
    const std::scoped_lock lock(mutex_);
    for (const Watched& watched : watched_) {
        if (watched.viewers > 0) {
            watched.feed->show(scene);
        }
    }
}

void LiveStream::tell(const SharedText& text) {
    const std::scoped_lock lock(mutex_);
    for (const Watched& watched : watched_) {
        if (watched.viewers > 0) {
            watched.feed->tell(text);
        }
    }
}

void LiveStream::masks_changed() {
    stills_.clear();
    for (const Watched& watched : watched_) {
        watched.feed->announce_again();
    }
}

void LiveStream::end(const SharedText& text) {
    const std::scoped_lock lock(mutex_);
    for (Watched& watched : watched_) {
        watched.feed->end(watched.viewers > 0 ? text : nullptr);
        watched.viewers = 0;
    }
    held_.clear();
}

void LiveStream::close() {
    for (const Watched& watched : watched_) {
        watched.feed->close();
    }
}

std::optional<Codec> LiveStream::codec() const {
    const std::scoped_lock lock(mutex_);
    return parameters_ ? std::optional{parameters_->codec} : std::nullopt;
}

std::uint32_t LiveStream::width() const {
    const std::scoped_lock lock(mutex_);
    return parameters_ ? parameters_->width : 0;
}

bool LiveStream::can_paint() const {
    const std::scoped_lock lock(mutex_);
    return watched(Form::Painted).viewers > 0 || picture_budget_.has_place();
}

AccessUnitPtr LiveStream::key() const {
    const std::scoped_lock lock(mutex_);
    return held_.units().empty() ? nullptr : held_.units().front();
}

}  // namespace bongsu::live
