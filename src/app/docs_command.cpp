// bongsu docs: the reference pages, written from the tables that the program itself uses.
#include "app/city_config.hpp"
#include "app/commands.hpp"
#include "app/reference_docs.hpp"
#include "audit/metrics.hpp"
#include "behaviours/metrics.hpp"
#include "behaviours/registry.hpp"
#include "camsim/options.hpp"
#include "console/config.hpp"
#include "console/metrics.hpp"
#include "domain/onvif_config.hpp"
#include "eval/measurements.hpp"
#include "identity/config.hpp"
#include "incidents/learning.hpp"
#include "incidents/metrics.hpp"
#include "incidents/settings.hpp"
#include "ingest/ingest.hpp"
#include "ingest/metrics.hpp"
#include "live/config.hpp"
#include "live/metrics.hpp"
#include "net/metrics.hpp"
#include "onvif/metrics.hpp"
#include "pipeline/metrics.hpp"
#include "pipeline/settings.hpp"
#include "recording/config.hpp"
#include "recording/metrics.hpp"
#include "scenelog/config.hpp"
#include "scenelog/metrics.hpp"
#include "store/config.hpp"
#include "store/metrics.hpp"
#include "tracking/settings.hpp"
#include "vision/detector.hpp"
#include "vision/metrics.hpp"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace bongsu::app {
namespace {

std::string config_page() {
    std::vector<SettingsSection> sections{
        {"The file's top level",
         "One YAML file configures a node: `bongsu serve --config FILE`.",
         &city_schema()},
        {"cameras[]",
         "Beside these settings a camera has `url` (and `sub_url`) or `streams`, and optional "
         "lists `masks`, `zones` and `rules`.",
         &camera_schema()},
        {"cameras[].streams[]",
         "One main stream and at most one sub stream; the sub stream is the one analysed.",
         &stream_schema()},
        {"cameras[].onvif",
         "How the camera itself is reached, for its own alarms and for moving it.",
         &onvif_schema()},
        {"cameras[].rules[]", "The behaviour's own settings stand beside these.", &rule_schema()},
        {"ingest", "How cameras are brought in.", &ingest::IngestOptions::schema()},
        {"recording", "How the main streams are kept.", &recording::recording_schema()},
        {"analysis", "How much is looked at, and how often.", &pipeline::analysis_schema()},
        {"detector", "What finds people and vehicles.", &vision::detector_schema()},
        {"tracking", "How they are followed.", &tracking::tracker_schema()},
        {"incidents", "How events become incidents.", &incidents::incident_schema()},
        {"learning", "How far thresholds may follow the verdicts.", &incidents::learning_schema()},
        {"scenelog", "What the behaviours saw, for rules run again.", &scenelog::scenelog_schema()},
        {"store", "The database.", &store::store_schema()},
        {"identity", "Logins, sessions and passwords.", &identity::identity_schema()},
        {"console", "The operators' console.", &console::console_schema()},
        {"live", "Live pictures.", &live::live_schema()},
    };
    ingest::Registry sources;
    ingest::register_all(sources);
    for (const auto& [name, registration] : sources.all()) {
        sections.push_back({"Source " + name, registration.help, &registration.schema});
    }
    const std::vector<behaviours::SchemaTable> tables = behaviours::describe_all();
    for (const behaviours::SchemaTable& table : tables) {
        sections.push_back({"Behaviour " + table.title, table.help, &table.schema});
    }
    sections.push_back({"bongsu camsim --set", "The camera simulator.", &camsim::options_schema()});
    return config_reference(sections);
}

/// Copies of the metrics that a module lists by address.
std::vector<MetricDesc> copied(std::span<const MetricDesc* const> metrics) {
    std::vector<MetricDesc> out;
    for (const MetricDesc* metric : metrics) {
        out.push_back(*metric);
    }
    return out;
}

std::string metrics_page() {
    return metrics_reference({
        {"ingest", ingest::metrics::all()},
        {"recording", recording::metrics()},
        {"pipeline", copied(pipeline::kAllMetrics)},
        {"vision",
         {vision::kInferences, vision::kInferenceSeconds, vision::kViews, vision::kSecondLooks}},
        {"behaviours", copied(behaviours::kMetrics)},
        {"incidents", copied(incidents::kMetrics)},
        {"scenelog", scenelog::metrics()},
        {"store", store::metrics()},
        {"audit", audit::metrics()},
        {"net", net::metrics()},
        {"onvif", onvif::metrics()},
        {"live", live::metrics()},
        {"console", console::metrics()},
    });
}

std::string measurements_page() {
    std::string out =
        "# Measurements\n\n"
        "Written by `./dev docs`. These are the names in the files that `--json` writes: one flat "
        "object of dotted names and numbers. A part in angle brackets is a name from the data.\n\n"
        "| name | unit | meaning |\n|---|---|---|\n";
    for (const eval::MeasurementDesc& row : eval::measurement_table()) {
        out += "| `" + std::string(row.name) + "` | " + std::string(row.unit) + " | " +
               std::string(row.help) + " |\n";
    }
    return out;
}

Result<int> run(const std::string& page) {
    const std::string text = page == "config"    ? config_page()
                             : page == "metrics" ? metrics_page()
                                                 : measurements_page();
    std::fputs(text.c_str(), stdout);
    return 0;
}

}  // namespace

void add_docs_command(CLI::App& app, Action& chosen) {
    auto page = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand("docs", "Print a reference page as Markdown");
    command->add_option("page", *page, "config, metrics or measurements")
        ->required()
        ->check(CLI::IsMember({"config", "metrics", "measurements"}));
    command->callback([page, &chosen] { chosen = [page] { return run(*page); }; });
}

}  // namespace bongsu::app
