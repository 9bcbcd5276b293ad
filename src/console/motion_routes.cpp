// Searches in recordings: routes tagged "playback" in api/openapi.yaml.
#include "console/motion_jobs.hpp"
#include "console/request_body.hpp"
#include "console/route_families.hpp"
#include "fleet/fleet.hpp"
#include "recording/motion_search.hpp"
#include "scenelog/region_search.hpp"
#include "scenelog/scene_log.hpp"

#include <cmath>
#include <tuple>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using identity::Right;

constexpr Duration kLongestSearch = std::chrono::hours{24 * 7};
constexpr std::size_t kMostCorners = 64;

Result<float> fraction_of(const json::value& value, std::string_view what) {
    boost::system::error_code error;
    const double number = value.to_number<double>(error);
    if (error || !(number >= 0 && number <= 1)) {
        return fail(
            ErrorKind::InvalidArgument,
            "wrong_kind"_code,
            std::string(what) + " must be between 0 and 1"
        );
    }
    return static_cast<float>(number);
}

Result<Polygon> region_of(const json::object& body) {
    const json::value* value = body.if_contains("region");
    const json::array* corners = value != nullptr ? value->if_array() : nullptr;
    if (corners == nullptr || corners->size() > kMostCorners ||
        (!corners->empty() && corners->size() < 3)) {
        return fail(
            ErrorKind::InvalidArgument,
            "region_wrong"_code,
            "region must be a list of 3 to 64 corners [x, y], or empty for the whole picture"
        );
    }
    Polygon region;
    for (const json::value& corner : *corners) {
        const json::array* pair = corner.if_array();
        if (pair == nullptr || pair->size() != 2) {
            return fail(
                ErrorKind::InvalidArgument, "region_wrong"_code, "a corner of region must be [x, y]"
            );
        }
        BONGSU_ASSIGN(const float x, fraction_of((*pair)[0], "region"));
        BONGSU_ASSIGN(const float y, fraction_of((*pair)[1], "region"));
        region.push_back({.x = x, .y = y});
    }
    return region;
}

json::object search_object(const MotionJobState& state) {
    json::array moments;
    for (const recording::MotionMoment& moment : state.moments) {
        moments.push_back(json::object{
            {"time", to_iso8601(moment.from)},
            {"until", to_iso8601(moment.to)},
            {"score", static_cast<double>(moment.score)}
        });
    }
    return {
        {"id", state.id},
        {"is_done", state.is_done},
        {"progress", static_cast<double>(state.progress)},
        {"pictures", state.pictures},
        {"pictures_per_s", std::round(state.pictures_per_s)},
        {"moments", std::move(moments)},
        {"words", state.words}
    };
}

/// What is looked for: changes of the picture, or objects that were followed.
struct Wanted {
    recording::MotionQuery query;
    bool is_objects = false;
};

Result<Wanted> wanted_search(const json::object& body) {
    constexpr float kUsualSensitivity = 0.5F;
    BONGSU_TRY(only_members(body, {"camera", "from", "to", "region", "kind", "sensitivity"}));
    BONGSU_ASSIGN(const std::string camera, text_of(body, "camera"));
    BONGSU_ASSIGN(const TimeSpan span, body_span(body, kLongestSearch));
    BONGSU_ASSIGN(Polygon region, region_of(body));
    BONGSU_ASSIGN(const auto kind, optional_text(body, "kind"));
    if (kind && *kind != "motion" && *kind != "objects") {
        return fail(
            ErrorKind::InvalidArgument, "wrong_kind"_code, "kind must be motion or objects"
        );
    }
    float sensitivity = kUsualSensitivity;
    if (const json::value* value = body.if_contains("sensitivity")) {
        BONGSU_ASSIGN(sensitivity, fraction_of(*value, "sensitivity"));
    }
    return Wanted{
        .query =
            {.camera = CameraId(camera),
             .from = span.from,
             .to = span.to,
             .region = std::move(region),
             .sensitivity = sensitivity},
        .is_objects = kind == "objects",
    };
}

/// Answers at once: tracks are stored, nothing is decoded.
Result<recording::MotionOutcome> search_objects(
    const ConsoleParts& parts,
    const recording::MotionQuery& query,
    const recording::MotionSearch::Hooks& hooks
) {
    if (parts.scene_log != nullptr) {
        std::ignore = parts.scene_log->flush(query.camera);  // else the newest are missing
    }
    scenelog::RegionQuery wanted;
    wanted.region = query.region.empty() ? Polygon{{0, 0}, {1, 0}, {1, 1}, {0, 1}} : query.region;
    wanted.most_moments = query.most_moments;
    BONGSU_ASSIGN(
        const scenelog::RegionFindings found,
        scenelog::search_region(*parts.scenes, query.camera, {query.from, query.to}, wanted)
    );
    for (const scenelog::RegionMoment& moment : found.moments) {
        hooks.on_moment(
            {.from = moment.from, .to = moment.to, .best = moment.from, .score = moment.score}
        );
    }
    return recording::MotionOutcome{
        .pictures = found.read.scenes,
        .moments = found.moments.size(),
        .is_complete = !found.is_cut,
        .skipped = {},
    };
}

Result<MotionJobs::Work> work_of(const ConsoleParts& parts, Wanted wanted) {
    if (wanted.is_objects) {
        if (parts.scenes == nullptr) {
            return fail(
                ErrorKind::Unavailable, "not_on_this_node"_code, "this node keeps no scenes"
            );
        }
        return [&parts, query = std::move(wanted.query)](
                   const recording::MotionSearch::Hooks& hooks, const std::stop_token& /*stop*/
               ) { return search_objects(parts, query, hooks); };
    }
    if (parts.motion_search == nullptr) {
        return fail(ErrorKind::Unavailable, "not_on_this_node"_code, "this node records nothing");
    }
    return [search = parts.motion_search, query = std::move(wanted.query)](
               const recording::MotionSearch::Hooks& hooks, const std::stop_token& stop
           ) { return search->run(query, hooks, stop); };
}

Result<net::HttpAnswer> start_search(
    const ConsoleParts& parts, MotionJobs& searches, const Call& call
) {
    constexpr int kAccepted = 202;
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_ASSIGN(Wanted wanted, wanted_search(body));
    BONGSU_TRY(call.require_camera(wanted.query.camera));
    BONGSU_ASSIGN(MotionJobs::Work work, work_of(parts, std::move(wanted)));
    BONGSU_ASSIGN(
        const MotionJobState state, searches.start(call.principal->user, std::move(work))
    );
    return json_answer(search_object(state), kAccepted);
}

Result<net::HttpAnswer> get_search(const MotionJobs& searches, const Call& call) {
    BONGSU_ASSIGN(
        const MotionJobState state, searches.get(call.principal->user, call.at("search"))
    );
    return json_answer(search_object(state));
}

Result<net::HttpAnswer> cancel_search(MotionJobs& searches, const Call& call) {
    BONGSU_TRY(searches.cancel(call.principal->user, call.at("search")));
    return no_content();
}

}  // namespace

std::vector<Route> motion_routes(const ConsoleParts& parts) {
    // Shared by the handlers and ended with them.
    const auto searches = std::make_shared<MotionJobs>(parts.clock);
    return {
        {"POST",
         "/api/v1/motion-searches",
         "startMotionSearch",
         Right::Search,
         About::Body,
         Audited::Always,
         [&parts, searches](const Call& call) { return start_search(parts, *searches, call); }},
        {"GET",
         "/api/v1/motion-searches/{search}",
         "getMotionSearch",
         Right::Search,
         About::Listing,
         Audited::OnlyDenials,
         [searches](const Call& call) { return get_search(*searches, call); }},
        {"DELETE",
         "/api/v1/motion-searches/{search}",
         "cancelMotionSearch",
         Right::Search,
         About::Listing,
         Audited::OnlyDenials,
         [searches](const Call& call) { return cancel_search(*searches, call); }},
    };
}

}  // namespace bongsu::console
