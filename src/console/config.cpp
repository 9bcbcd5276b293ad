#include "console/config.hpp"

#include "core/setting_fields.hpp"

namespace bongsu::console {
namespace {

FieldSpec text(std::string name, const char* fallback, std::string help) {
    return {.name = std::move(name), .fallback = fallback, .help = std::move(help)};
}

bool is_loopback(const std::string& address) {
    return address.starts_with("127.") || address == "::1";
}

}  // namespace

const SettingsSchema& console_schema() {
    static const SettingsSchema schema{{
        fields::flag("enabled", true, "serve the operators' console"),
        text("address", "127.0.0.1", "where the console listens; 0.0.0.0 for everybody"),
        fields::whole("port", 8443, 0, 65535, "its port; 0 = any free one"),
        fields::choice(
            "tls",
            {"self_signed", "files", "off"},
            "a certificate of our own, one from files, or none (loopback or behind a proxy only)"
        ),
        text("certificate", "", "PEM file of the certificate and its chain, for tls: files"),
        text("key", "", "PEM file of its key, for tls: files"),
        {.name = "hosts",
         .type = FieldType::TextList,
         .fallback = Value::List{"localhost", "127.0.0.1"},
         .help = "names and addresses in the certificate of our own"},
        {.name = "trusted_proxies",
         .type = FieldType::TextList,
         .fallback = Value::List{},
         .help = "addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto count"},
        text("page", "", "folder of the built page; empty = beside the program"),
        fields::whole("request_threads", 4, 1, 64, "threads that answer requests"),
        fields::seconds(
            "shift_grace",
            "5m",
            10,
            86'400,
            "a shift ends when no console of its operator was open for so long"
        ),
        text("map_tiles", "", "PMTiles file of the map; without it the GeoJSON is drawn"),
        text("map_geojson", "", "GeoJSON file of roads, water and buildings"),
        {.name = "map_center",
         .type = FieldType::NumberList,
         .fallback = Value::List{},
         .help = "longitude and latitude where the map opens; empty = around the cameras"},
        fields::number("map_zoom", 12, 0, 20, "1", "how near the map opens"),
    }};
    return schema;
}

Result<ConsoleConfig> parse_console_config(const Value& section, std::string_view path) {
    BONGSU_ASSIGN(const Settings settings, console_schema().parse(section, path));
    ConsoleConfig config;
    config.is_enabled = settings.flag("enabled");
    config.address = settings.text("address");
    config.port = static_cast<std::uint16_t>(settings.integer("port"));
    const std::string& tls = settings.text("tls");
    config.tls = tls == "files" ? TlsMode::Files
                 : tls == "off" ? TlsMode::Off
                                : TlsMode::SelfSigned;
    config.certificate = settings.text("certificate");
    config.key = settings.text("key");
    config.hosts = settings.texts("hosts");
    config.trusted_proxies = settings.texts("trusted_proxies");
    config.page = settings.text("page");
    config.request_threads = static_cast<int>(settings.integer("request_threads"));
    config.shift_grace = settings.duration("shift_grace");
    config.map_tiles = settings.text("map_tiles");
    config.map_geojson = settings.text("map_geojson");
    config.map_center = settings.numbers("map_center");
    config.map_zoom = settings.number("map_zoom");
    if (config.tls == TlsMode::Files && (config.certificate.empty() || config.key.empty())) {
        return fail(
            ErrorKind::InvalidArgument,
            "console.tls: files needs console.certificate and console.key"
        );
    }
    if (config.tls == TlsMode::Off && !is_loopback(config.address) &&
        config.trusted_proxies.empty()) {
        return fail(
            ErrorKind::InvalidArgument,
            "console.tls: off is only for loopback or with console.trusted_proxies; passwords "
            "would cross the network in the clear"
        );
    }
    if (!config.map_center.empty() && config.map_center.size() != 2) {
        return fail(
            ErrorKind::InvalidArgument, "console.map_center must be longitude and latitude"
        );
    }
    return config;
}

}  // namespace bongsu::console
