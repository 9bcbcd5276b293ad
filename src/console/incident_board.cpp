#include "console/incident_board.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::console {
namespace {

constexpr int kPage = 500;
/// More open incidents than that no wall can show; the gravest come first.
constexpr std::size_t kMostLoaded = 20'000;

}  // namespace

Status IncidentBoard::load(store::IncidentStore& store) {
    store::IncidentQuery query;
    query.is_open_only = true;
    query.hides_merged = true;
    query.order = store::IncidentOrder::GravestFirst;
    query.limit = kPage;
    std::size_t loaded = 0;
    do {
        BONGSU_ASSIGN(const store::SummaryPage page, store.summaries(query));
        const std::scoped_lock lock(mutex_);
        for (const IncidentSummary& incident : page.incidents) {
            // What take() was told of is as new as this, or newer.
            if (!told_.contains(incident.id)) {
                put(incident);
            }
        }
        loaded += page.incidents.size();
        query.cursor = page.next;
    } while (!query.cursor.empty() && loaded < kMostLoaded);
    const std::scoped_lock lock(mutex_);
    is_loaded_ = true;
    told_.clear();
    return {};
}

void IncidentBoard::take(const Incident& incident) {
    const IncidentSummary summary = summary_of(incident);
    const std::scoped_lock lock(mutex_);
    if (!is_loaded_) {
        told_.insert(incident.id);
    }
    put(summary);
}

std::vector<wall::OpenIncident> IncidentBoard::of(const CameraId& camera) const {
    const std::scoped_lock lock(mutex_);
    const auto found = cameras_.find(camera);
    return found != cameras_.end() ? found->second : std::vector<wall::OpenIncident>{};
}

void IncidentBoard::put(const IncidentSummary& incident) {
    auto& open = cameras_[incident.camera];
    std::erase_if(open, [&](const wall::OpenIncident& known) { return known.id == incident.id; });
    if (is_open(incident.state) && incident.merged_into.value().empty()) {
        open.push_back({
            .id = incident.id,
            .gravity = incident.gravity,
            .state = incident.state,
            .kind = incident.kind,
            .since = incident.started,
            .is_escalated = incident.escalation > 0,
        });
    }
    if (open.empty()) {
        cameras_.erase(incident.camera);
    }
}

}  // namespace bongsu::console
