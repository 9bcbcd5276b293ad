#include "camsim/options.hpp"

#include <array>
#include <utility>

namespace bongsu::camsim {

namespace {

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

}  // namespace

const SettingsSchema& options_schema() {
    static const SettingsSchema schema = [] {
        std::vector<FieldSpec> fields = network_fields();
        for (auto part : {access_fields(), stream_fields(), onvif_fields()}) {
            fields.insert(fields.end(), part.begin(), part.end());
        }
        return SettingsSchema(std::move(fields));
    }();
    return schema;
}

Result<CamsimOptions> parse_options(const Value& map, std::string_view path) {
    BONGSU_ASSIGN(const Settings settings, options_schema().parse(map, path));
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
    options.onvif = onvif_options(settings);
    return options;
}

}  // namespace bongsu::camsim
