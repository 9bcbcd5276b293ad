#include "camsim/options.hpp"

#include "core/setting_fields.hpp"

#include <array>
#include <utility>

namespace bongsu::camsim {

namespace {

constexpr std::string_view kFaults = "faults";

constexpr std::array<std::pair<const char*, AuthMode>, 5> kAuthModes{
    {{"none", AuthMode::None},
     {"basic", AuthMode::Basic},
     {"digest", AuthMode::Digest},
     {"digest-sha256", AuthMode::DigestSha256},
     {"any", AuthMode::Any}}
};

AuthMode auth_mode_of(const std::string& name) {
    for (const auto& [text, mode] : kAuthModes) {
        if (name == text) {
            return mode;
        }
    }
    return AuthMode::None;
}

std::vector<FieldSpec> network_fields() {
    return {
        {.name = "bind",
         .type = FieldType::Text,
         .fallback = "127.0.0.1",
         .help = "Address that the simulated cameras listen on."},
        {.name = "port",
         .type = FieldType::Integer,
         .fallback = 8554,
         .min = 0,
         .max = 65535,
         .help = "TCP port of RTSP; 0 takes any free one."},
        {.name = "cameras",
         .type = FieldType::Integer,
         .fallback = 0,
         .min = 0,
         .max = 5000,
         .help = "Number of cameras; the list is repeated up to it. 0 serves the list as it is."},
        {.name = "max_connections",
         .type = FieldType::Integer,
         .fallback = 4096,
         .min = 1,
         .max = 20000,
         .help = "Connections beyond this number are refused."},
    };
}

std::vector<FieldSpec> access_fields() {
    return {
        {.name = "auth",
         .type = FieldType::Choice,
         .fallback = "none",
         .choices = {"none", "basic", "digest", "digest-sha256", "any"},
         .help = "What clients must prove; digest means MD5, any offers all three."},
        {.name = "user",
         .type = FieldType::Text,
         .fallback = "admin",
         .help = "User name of the simulated cameras."},
        {.name = "password",
         .type = FieldType::Secret,
         .fallback = "bongsu",
         .help = "Password of the simulated cameras."},
        {.name = "session_timeout",
         .type = FieldType::Seconds,
         .fallback = 60,
         .min = 1,
         .max = 3600,
         .unit = "s",
         .help = "A client silent for this long is disconnected."},
    };
}

std::vector<FieldSpec> stream_fields() {
    return {
        {.name = "report_interval",
         .type = FieldType::Seconds,
         .fallback = 5,
         .min = 0.2,
         .max = 600,
         .unit = "s",
         .help = "Time between RTCP sender reports."},
        {.name = "packet_size",
         .type = FieldType::ByteSize,
         .fallback = 1400,
         .min = 64,
         .max = 60000,
         .unit = "bytes",
         .help = "Largest RTP payload."},
        {.name = "backlog",
         .type = FieldType::ByteSize,
         .fallback = "1MiB",
         .min = 65536,
         .max = 1 << 28,
         .unit = "bytes",
         .help = "Unsent bytes of a slow client before its pictures are dropped up to a key one."},
        {.name = "film_bytes",
         .type = FieldType::ByteSize,
         .fallback = "1GiB",
         .min = 1 << 20,
         .max = 1e11,
         .unit = "bytes",
         .help = "Largest film that is held in memory."},
    };
}

std::vector<FieldSpec> outage_fields() {
    FieldSpec every = fields::seconds(
        "outage_every", "1m", 1, 86'400, "The power of all cameras fails each time this passes."
    );
    every.fallback = {};
    every.is_optional = true;
    return {
        std::move(every),
        fields::seconds("outage_for", "5s", 0.1, 3600, "How long the power stays away."),
        fields::choice(
            "outage_answer",
            {"swallows", "refuses"},
            "What becomes of new connections meanwhile: no answer at all, or a refusal."
        ),
        fields::whole(
            "journal", 0, 0, 1e7, "Sent pictures and faults that are remembered for each stream."
        ),
    };
}

/// The options without the faults, which have a table of their own.
Value without_faults(const Value& map) {
    if (map.as_map() == nullptr) {
        return map;
    }
    Value::Map plain = *map.as_map();
    std::erase_if(plain, [](const auto& pair) { return pair.first == kFaults; });
    return plain;
}

}  // namespace

const SettingsSchema& options_schema() {
    static const SettingsSchema schema = [] {
        std::vector<FieldSpec> fields = network_fields();
        for (auto part : {access_fields(), stream_fields(), outage_fields(), onvif_fields()}) {
            fields.insert(fields.end(), part.begin(), part.end());
        }
        return SettingsSchema(std::move(fields));
    }();
    return schema;
}

Result<CamsimOptions> parse_options(const Value& map, std::string_view path) {
    BONGSU_ASSIGN(const Settings settings, options_schema().parse(without_faults(map), path));
    CamsimOptions options;
    options.bind = settings.text("bind");
    options.port = static_cast<std::uint16_t>(settings.integer("port"));
    options.cameras = settings.integer("cameras");
    options.max_connections = settings.integer("max_connections");
    options.auth = auth_mode_of(settings.text("auth"));
    options.user = settings.text("user");
    options.password = settings.text("password");
    options.session_timeout = settings.duration("session_timeout");
    options.report_interval = settings.duration("report_interval");
    options.packet_size = settings.bytes("packet_size");
    options.backlog_bytes = settings.bytes("backlog");
    options.film_bytes = settings.bytes("film_bytes");
    options.journal_entries = settings.integer("journal");
    if (settings.has("outage_every")) {
        options.outage_every = settings.duration("outage_every");
    }
    options.outage_for = settings.duration("outage_for");
    options.outage_swallows = settings.text("outage_answer") == "swallows";
    if (const Value* faults = map.find(kFaults); faults != nullptr) {
        const std::string place = std::string(path) + "." + std::string(kFaults);
        BONGSU_ASSIGN(options.faults, parse_faults(*faults, place));
    }
    options.onvif = onvif_options(settings);
    return options;
}

}  // namespace bongsu::camsim
