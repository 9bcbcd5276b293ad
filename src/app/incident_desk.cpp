#include "app/incident_desk.hpp"

#include "annotation/picture.hpp"
#include "core/log.hpp"
#include "media/picture/picture_edit.hpp"

#include <future>
#include <string>
#include <utility>

namespace bongsu::app {
namespace {

// Events are small; even a city's worth of them in a bad minute fits.
constexpr std::size_t kQueueEvents = 100'000;
// Pictures are large: behind this many waiting events they are left out.
constexpr std::size_t kQueuePictures = 200;
constexpr std::uint64_t kTickKey = 0;
/// How long a person's action may wait for its turn.
constexpr std::chrono::seconds kPatience{5};
/// Incidents that waited longer than this before the start are not escalated any more.
constexpr std::chrono::hours kOldestUnanswered{24};
constexpr int kSnapshotQuality = 90;

/// A question to the desk's thread and its answer. Whoever asks may give up only before the work
/// has begun, so that a timeout always means that nothing was done.
template <class T>
struct Question {
    enum class State { Waiting, Begun, GivenUp };

    bool move(State to) {
        State from = State::Waiting;
        return state.compare_exchange_strong(from, to);
    }

    std::atomic<State> state = State::Waiting;
    std::promise<Result<T>> answer;
};

}  // namespace

/// The engine's view of the store.
class IncidentDesk::StoreSink final : public incidents::IncidentSink {
public:
    explicit StoreSink(store::IncidentStore& store) : store_(store) {}

    Result<std::int64_t> save(const Incident& incident) override { return store_.save(incident); }

    Result<Incident> act(const IncidentId& id, const IncidentAction& action) override {
        return store_.act(id, action);
    }

    Result<std::vector<Incident>> merge(const IncidentMerge& request) override {
        return store_.merge(request);
    }

private:
    store::IncidentStore& store_;
};

incidents::PictureEncoders IncidentDesk::encoders() {
    return {
        .plain = [](const Frame& frame
                 ) { return annotation::encode_jpeg(frame, kSnapshotQuality); },
        .marked =
            [this](const Frame& frame, const Incident&, const BehaviourEvent& event) {
                const annotation::Overlay overlay{
                    .zones = engine_.zones_of(event.camera),
                    .tracks = {},
                    .highlights = {{event.box, event.gravity, event.kind}},
                    .caption = event.camera.value() + " " + to_iso8601(event.time)
                };
                return annotation::encode_annotated_jpeg(frame, overlay, kSnapshotQuality);
            },
    };
}

IncidentDesk::IncidentDesk(
    const incidents::IncidentSettings& settings,
    store::IncidentStore& store,
    const std::filesystem::path& snapshots,
    const Clock& clock,
    Metrics& metrics
)
    : settings_(settings),
      sink_(std::make_unique<StoreSink>(store)),
      snapshots_(snapshots, encoders()),
      engine_(settings, *sink_, clock, metrics),
      queue_(pool_, kQueueEvents, exec::Overflow::Coalesce) {
    engine_.take_snapshots_with(
        [this](const Incident& incident, const BehaviourEvent& event, const Frame& frame) {
            const auto masks = private_masks_.find(event.camera);
            return masks == private_masks_.end()
                       ? snapshots_.write(incident, event, frame)
                       : snapshots_.write(incident, event, media::black_out(frame, masks->second));
        }
    );
    exec::PeriodicTimers timers(clock);
    timers.add(std::chrono::seconds{1}, [this] { push([this] { engine_.tick(); }, true); });
    ticker_.emplace("incident-tick", std::move(timers));
}

Result<std::unique_ptr<IncidentDesk>> IncidentDesk::create(
    const incidents::IncidentSettings& settings,
    store::IncidentStore& store,
    const std::filesystem::path& snapshots,
    const Clock& clock,
    Metrics& metrics
) {
    BONGSU_ASSIGN(std::vector<Incident> open, store.unended());
    BONGSU_ASSIGN(
        std::vector<IncidentSummary> unanswered, store.unanswered(clock.wall() - kOldestUnanswered)
    );
    auto desk =
        std::unique_ptr<IncidentDesk>(new IncidentDesk(settings, store, snapshots, clock, metrics));
    desk->push(
        [engine = &desk->engine_, open = std::move(open), unanswered = std::move(unanswered)](
        ) mutable {
            engine->restore(std::move(open));
            engine->watch_unanswered(unanswered);
        },
        false
    );
    return desk;
}

IncidentDesk::~IncidentDesk() {
    stop();
}

bool IncidentDesk::push(exec::Task task, bool is_tick) {
    const std::uint64_t key = is_tick ? kTickKey : next_key_++;
    return queue_.push(std::move(task), key) != exec::Admission::Rejected;
}

template <class T>
Result<T> IncidentDesk::ask(std::function<Result<T>(incidents::IncidentEngine&)> question) {
    using State = Question<T>::State;
    const auto asked = std::make_shared<Question<T>>();
    std::future<Result<T>> answer = asked->answer.get_future();
    const bool is_admitted = push(
        [this, asked, question = std::move(question)] {
            if (asked->move(State::Begun)) {
                asked->answer.set_value(question(engine_));
            }
        },
        false
    );
    if (!is_admitted) {
        return fail(ErrorKind::Unavailable, "the incident desk is closed or its queue is full");
    }
    if (answer.wait_for(kPatience) != std::future_status::ready && asked->move(State::GivenUp)) {
        return fail(
            ErrorKind::Timeout,
            "the incident desk was too busy and did not begin; nothing was changed, try again"
        );
    }
    return answer.get();
}

Result<std::size_t> IncidentDesk::subscribe(incidents::IncidentEngine::Subscriber subscriber) {
    return ask<std::size_t>(
        [subscriber = std::move(subscriber)](incidents::IncidentEngine& engine
        ) -> Result<std::size_t> { return engine.subscribe(subscriber); }
    );
}

void IncidentDesk::unsubscribe(std::size_t number) {
    (void)ask<bool>([number](incidents::IncidentEngine& engine) -> Result<bool> {
        engine.unsubscribe(number);
        return true;
    });
}

Result<Incident> IncidentDesk::act(const IncidentId& id, IncidentAction action) {
    return ask<Incident>([id, action = std::move(action)](incidents::IncidentEngine& engine) {
        return engine.act(id, action);
    });
}

Result<Incident> IncidentDesk::merge(IncidentMerge request) {
    return ask<Incident>([request = std::move(request)](incidents::IncidentEngine& engine) {
        return engine.merge(request);
    });
}

void IncidentDesk::set_zones(const CameraConfig& camera) {
    push(
        [this,
         id = camera.id,
         organisation = camera.organisation,
         zones = camera.zones,
         masks = camera.private_masks]() mutable {
            if (masks.empty()) {
                private_masks_.erase(id);
            } else {
                private_masks_.insert_or_assign(id, std::move(masks));
            }
            engine_.set_zones(id, std::move(zones));
            engine_.set_organisation(id, std::move(organisation));
        },
        false
    );
}

void IncidentDesk::take(const BehaviourEvent& event, const Frame* frame) {
    std::optional<Frame> picture;
    if (frame != nullptr && queue_.waiting() < kQueuePictures) {
        picture = *frame;
    }
    const bool is_admitted = push(
        [this, event, picture = std::move(picture)] {
            engine_.handle(event, picture ? &*picture : nullptr);
        },
        false
    );
    if (!is_admitted) {
        ++rejected_;
        log::error("incidents.event_rejected", {{"waiting", queue_.waiting()}});
    }
}

void IncidentDesk::stop() {
    if (!ticker_) {
        return;
    }
    ticker_->stop();
    ticker_.reset();
    std::promise<void> drained;
    push(
        [&] {
            engine_.tick();
            drained.set_value();
        },
        false
    );
    drained.get_future().wait();
    queue_.close();
    pool_.stop();
}

}  // namespace bongsu::app
