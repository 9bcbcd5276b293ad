#include "camsim/faults.hpp"

namespace bongsu::camsim {

namespace {

struct FaultPlan {
    std::optional<Duration> stall_every;
    Duration stall_for{};
    std::optional<Duration> reset_after;
    std::optional<Duration> garbage_every;
    double udp_loss = 0;  // 0..1
    bool has_reports = true;
};

/// Whether a multiple of `period` lies after `from` and not after `to`.
bool passes_multiple(Duration from, Duration to, Duration period) {
    return to / period > from / period;
}

/// A number in 0..1 that looks random but is always the same for the same packet.
double noise_of(std::uint32_t ssrc, std::uint16_t sequence) {
    std::uint64_t x = (std::uint64_t{ssrc} << 16U) | sequence;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;  // splitmix64 (Steele, Lea, Flood 2014)
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    x ^= x >> 31U;
    return static_cast<double>(x >> 11U) * 0x1.0p-53;
}

class PeriodicFaults final : public FaultScript {
public:
    explicit PeriodicFaults(const FaultPlan& plan) : plan_(plan) {}

    FaultAction before_unit(const FaultMoment& moment) const override {
        if (plan_.reset_after && moment.since_play >= *plan_.reset_after) {
            return FaultAction::Reset;
        }
        if (plan_.stall_every && moment.since_play >= *plan_.stall_every &&
            moment.since_play % *plan_.stall_every < plan_.stall_for) {
            return FaultAction::Withhold;
        }
        if (plan_.garbage_every &&
            passes_multiple(moment.previous_play, moment.since_play, *plan_.garbage_every)) {
            return FaultAction::Garbage;
        }
        return FaultAction::None;
    }

    bool loses_packet(std::uint32_t ssrc, std::uint16_t sequence) const override {
        return plan_.udp_loss > 0 && noise_of(ssrc, sequence) < plan_.udp_loss;
    }

    bool sends_reports() const override { return plan_.has_reports; }

private:
    FaultPlan plan_;
};

FieldSpec interval(std::string name, std::string help) {
    FieldSpec field;
    field.name = std::move(name);
    field.type = FieldType::Seconds;
    field.min = 0.1;
    field.max = 86'400;
    field.unit = "s";
    field.help = std::move(help);
    field.is_optional = true;
    return field;
}

std::optional<Duration> optional_duration(const Settings& settings, std::string_view name) {
    return settings.has(name) ? std::optional(settings.duration(name)) : std::nullopt;
}

}  // namespace

const SettingsSchema& faults_schema() {
    static const SettingsSchema schema{{
        interval("stall_every", "The camera falls silent each time this much has played."),
        {.name = "stall_for",
         .type = FieldType::Seconds,
         .fallback = 5,
         .min = 0.1,
         .max = 3600,
         .unit = "s",
         .help = "How long it stays silent."},
        interval("reset_after", "The connection is reset when this much has played."),
        interval("garbage_every", "Bytes that are no RTP are sent each time this much has played."),
        {.name = "udp_loss",
         .type = FieldType::Number,
         .fallback = 0.0,
         .min = 0,
         .max = 1,
         .unit = "1",
         .help = "Share of RTP packets lost over UDP."},
        {.name = "sender_reports",
         .type = FieldType::Bool,
         .fallback = true,
         .help = "Whether RTCP sender reports are sent."},
    }};
    return schema;
}

Result<std::shared_ptr<const FaultScript>> parse_faults(const Value& map, std::string_view path) {
    BONGSU_ASSIGN(const Settings settings, faults_schema().parse(map, path));
    FaultPlan plan;
    plan.stall_every = optional_duration(settings, "stall_every");
    plan.stall_for = settings.duration("stall_for");
    plan.reset_after = optional_duration(settings, "reset_after");
    plan.garbage_every = optional_duration(settings, "garbage_every");
    plan.udp_loss = settings.number("udp_loss");
    plan.has_reports = settings.flag("sender_reports");
    return std::make_shared<const PeriodicFaults>(plan);
}

std::shared_ptr<const FaultScript> no_faults() {
    static const auto instance = std::make_shared<const PeriodicFaults>(FaultPlan{});
    return instance;
}

}  // namespace bongsu::camsim
