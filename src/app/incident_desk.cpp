#include "app/incident_desk.hpp"

#include "annotation/picture.hpp"
#include "core/log.hpp"

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
constexpr int kRestorePages = 20;
constexpr int kPageSize = 500;
constexpr int kSnapshotQuality = 90;

/// Incidents that had not ended when the program stopped.
Result<std::vector<Incident>> unended(store::IncidentStore& store) {
    std::vector<Incident> out;
    store::IncidentQuery query;
    query.limit = kPageSize;
    for (int page_count = 0; page_count < kRestorePages; ++page_count) {
        BONGSU_ASSIGN(store::IncidentPage page, store.list(query));
        for (Incident& incident : page.incidents) {
            if (!incident.ended) {
                out.push_back(std::move(incident));
            }
        }
        if (page.next.empty()) {
            break;
        }
        query.cursor = page.next;
    }
    return out;
}

}  // namespace

/// The engine's view of the store.
class IncidentDesk::StoreSink final : public incidents::IncidentSink {
public:
    explicit StoreSink(store::IncidentStore& store) : store_(store) {}

    Status save(const Incident& incident) override { return store_.save(incident); }

    Result<Incident> change_state(const IncidentId& id, IncidentState to, const IncidentStep& step)
        override {
        return store_.change_state(
            id, {.to = to, .who = step.who, .why = step.why, .when = step.time}
        );
    }

    Result<Incident> add_step(const IncidentId& id, const IncidentStep& step) override {
        BONGSU_TRY(store_.add_step(id, step));
        return store_.get(id);
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
    : sink_(std::make_unique<StoreSink>(store)),
      snapshots_(snapshots, encoders()),
      engine_(settings, *sink_, clock, metrics),
      queue_(pool_, kQueueEvents, exec::Overflow::Coalesce) {
    engine_.take_snapshots_with(
        [this](const Incident& incident, const BehaviourEvent& event, const Frame& frame) {
            return snapshots_.write(incident, event, frame);
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
    BONGSU_ASSIGN(std::vector<Incident> open, unended(store));
    auto desk =
        std::unique_ptr<IncidentDesk>(new IncidentDesk(settings, store, snapshots, clock, metrics));
    desk->push(
        [engine = &desk->engine_, open = std::move(open)]() mutable {
            engine->restore(std::move(open));
        },
        false
    );
    return desk;
}

IncidentDesk::~IncidentDesk() {
    stop();
}

void IncidentDesk::push(exec::Task task, bool is_tick) {
    const std::uint64_t key = is_tick ? kTickKey : next_key_++;
    if (queue_.push(std::move(task), key) == exec::Admission::Rejected && !is_tick) {
        ++rejected_;
        log::error("incidents.event_rejected", {{"waiting", queue_.waiting()}});
    }
}

void IncidentDesk::subscribe(incidents::IncidentEngine::Subscriber subscriber) {
    push(
        [this, subscriber = std::move(subscriber)]() mutable {
            engine_.subscribe(std::move(subscriber));
        },
        false
    );
}

void IncidentDesk::set_zones(const CameraConfig& camera) {
    push(
        [this, id = camera.id, zones = camera.zones]() mutable {
            engine_.set_zones(id, std::move(zones));
        },
        false
    );
}

void IncidentDesk::take(const BehaviourEvent& event, const Frame* frame) {
    std::optional<Frame> picture;
    if (frame != nullptr && queue_.waiting() < kQueuePictures) {
        picture = *frame;
    }
    push(
        [this, event, picture = std::move(picture)] {
            engine_.handle(event, picture ? &*picture : nullptr);
        },
        false
    );
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
