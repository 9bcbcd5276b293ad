#include "ingest/ingest.hpp"

#include "core/guarded.hpp"
#include "ingest/connect_gate.hpp"
#include "ingest/io_threads.hpp"

#include <map>
#include <utility>

#include <fmt/format.h>

namespace bongsu::ingest {
namespace {

using StreamKey = std::pair<CameraId, StreamRole>;
using Streams = std::map<StreamKey, std::unique_ptr<Source>>;

}  // namespace

struct Ingest::Impl {
    Impl(
        const IngestOptions& options,
        const Registry& known,
        const Clock& clock,
        Metrics& metrics,
        NameLookup::Resolver resolver
    )
        : registry(known),
          gate(options.connects_per_second),
          threads(options.threads),
          names(std::move(resolver)),
          context{threads, gate, names, clock, metrics} {}

    const Registry& registry;
    ConnectGate gate;
    IoThreads threads;
    NameLookup names;  // gone before the threads that its answers go to
    SourceContext context;
    Guarded<Streams> streams;
};

const SettingsSchema& IngestOptions::schema() {
    static const SettingsSchema schema{{
        {.name = "threads",
         .type = FieldType::Integer,
         .fallback = 1,
         .min = 1,
         .max = 16,
         .help = "Network threads. One carries about a thousand cameras."},
        {.name = "connects_per_second",
         .type = FieldType::Number,
         .fallback = 100.0,
         .min = 0.1,
         .max = 10000,
         .unit = "1/s",
         .help = "Connection attempts of all cameras together, so that a power cut is no stampede."
        },
    }};
    return schema;
}

IngestOptions IngestOptions::from(const Settings& settings) {
    return {
        .threads = static_cast<int>(settings.integer("threads")),
        .connects_per_second = settings.number("connects_per_second"),
    };
}

Ingest::Ingest(
    IngestOptions options,
    const Registry& registry,
    const Clock& clock,
    Metrics& metrics,
    NameLookup::Resolver resolver
)
    : impl_(std::make_unique<Impl>(options, registry, clock, metrics, std::move(resolver))) {}

Ingest::~Ingest() {
    stop();
}

Status Ingest::add(
    const CameraConfig& camera, const StreamConfig& stream, SourceListener& listener
) {
    const std::string path =
        fmt::format("cameras.{}.streams.{}", camera.id.value(), to_string(stream.role));
    const auto registration = impl_->registry.find(stream.source);
    if (!registration) {
        return fail(registration.error().within(path));
    }
    BONGSU_ASSIGN(
        Settings settings,
        (*registration)
            ->schema.parse(
                stream.settings.is_null() ? Value(Value::Map{}) : stream.settings,
                path + ".settings"
            )
    );
    return impl_->streams.with([&](Streams& streams) -> Status {
        auto& slot = streams[{camera.id, stream.role}];
        if (slot) {
            return fail(ErrorKind::AlreadyExists, path + " is already running");
        }
        auto source = (*registration)
                          ->make(
                              {.camera = camera.id,
                               .role = stream.role,
                               .url = stream.url,
                               .settings = std::move(settings)},
                              listener,
                              impl_->context
                          );
        if (!source) {
            streams.erase({camera.id, stream.role});
            return fail(source.error().within(path));
        }
        slot = *std::move(source);
        return {};
    });
}

void Ingest::remove(const CameraId& camera) {
    Streams removed;  // destroyed after the lock: their callbacks may ask for a report
    impl_->streams.with([&](Streams& streams) {
        for (const auto role : {StreamRole::Main, StreamRole::Sub}) {
            removed.insert(streams.extract({camera, role}));
        }
    });
}

void Ingest::remove(const CameraId& camera, StreamRole role) {
    Streams removed;
    impl_->streams.with([&](Streams& streams) { removed.insert(streams.extract({camera, role})); });
}

void Ingest::stop() {
    Streams stopped;
    impl_->streams.with([&](Streams& streams) { stopped.swap(streams); });
}

void Ingest::set_read_interval(const CameraId& camera, StreamRole role, Duration interval) {
    impl_->streams.with([&](Streams& streams) {
        if (const auto found = streams.find({camera, role}); found != streams.end()) {
            found->second->set_read_interval(interval);
        }
    });
}

std::vector<StreamReport> Ingest::report() const {
    return impl_->streams.with([](const Streams& streams) {
        std::vector<StreamReport> report;
        for (const auto& [key, source] : streams) {
            report.push_back({key.first, key.second, source->statistics()});
        }
        return report;
    });
}

Duration Ingest::cpu_time() const {
    return impl_->threads.cpu_time();
}

}  // namespace bongsu::ingest
