#include "camsim/faults.hpp"

#include "camsim/faults/conversation_faults.hpp"
#include "camsim/faults/fault_set.hpp"
#include "camsim/faults/stream_faults.hpp"
#include "core/setting_fields.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bongsu::camsim {

namespace {

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

std::vector<FieldSpec> picture_fields() {
    return {
        interval("stall_every", "The camera falls silent each time this much has played."),
        fields::seconds("stall_for", "5s", 0.1, 3600, "How long it stays silent."),
        interval("reset_after", "The connection is reset when this much has played."),
        interval("cut_after", "The same in the middle of a packet."),
        interval(
            "hang_after",
            "Nothing is sent, read or closed any more when this much has played, as on a link that "
            "swallows all packets."
        ),
        interval("garbage_every", "Bytes that are no RTP are sent each time this much has played."),
        interval("tear_every", "Bytes in the middle of a packet are left out as often (TCP)."),
        interval("switch_every", "The camera's other film takes over, and back again, as often."),
        fields::flag("switch_by_session", false, "Every second session plays the other film."),
    };
}

std::vector<FieldSpec> packet_fields() {
    return {
        fields::number("udp_loss", 0, 0, 1, "1", "Share of RTP packets lost over UDP."),
        fields::number("udp_doubled", 0, 0, 1, "1", "Share of RTP packets sent twice over UDP."),
        fields::number("udp_late", 0, 0, 1, "1", "Share of RTP packets that are overtaken."),
        fields::flag("sender_reports", true, "Whether RTCP sender reports are sent."),
        interval("clock_step_every", "The camera's clock is set, and back again, as often."),
        fields::number("clock_step", 3, -1e6, 1e6, "s", "By how much it is set."),
        fields::number("clock_drift", 0, -1000, 1000, "ppm", "How much too fast it runs."),
    };
}

FieldSpec description_field() {
    FieldSpec field;
    field.name = "description";
    field.type = FieldType::TextList;
    field.help =
        fmt::format("What is wrong with the SDP: any of {}.", fmt::join(description_flaws(), ", "));
    field.is_optional = true;
    return field;
}

std::vector<FieldSpec> conversation_fields() {
    return {
        fields::choice(
            "keep_alive",
            {"right", "refuses_get_parameter", "refuses_set_parameter", "options_only"},
            "What is wrong with keeping a session alive."
        ),
        interval("session_timeout", "Instead of the simulator's own."),
        fields::flag("wrong_numbers", false, "Answers carry a CSeq that nobody sent."),
        description_field(),
    };
}

/// Makes the parts that the settings ask for.
class PartsMaker {
public:
    explicit PartsMaker(const Settings& settings) : settings_(settings) {}

    FaultSet::Parts make() && {
        add_endings();
        add_disturbances();
        add_packets();
        add_clock();
        add_conversation();
        return std::move(parts_);
    }

private:
    template <class Part, class... Arguments>
    void add(Arguments&&... arguments) {
        parts_.push_back(std::make_unique<const Part>(std::forward<Arguments>(arguments)...));
    }

    void add_endings() {
        const std::pair<const char*, FaultAction> endings[] = {
            {"reset_after", FaultAction::Reset},
            {"cut_after", FaultAction::Cut},
            {"hang_after", FaultAction::Hang},
        };
        for (const auto& [name, action] : endings) {
            if (settings_.has(name)) {
                add<EndingFault>(action, settings_.duration(name));
            }
        }
    }

    void add_disturbances() {
        if (settings_.has("stall_every")) {
            add<PeriodicFault>(
                FaultAction::Withhold,
                settings_.duration("stall_every"),
                settings_.duration("stall_for")
            );
        }
        const std::pair<const char*, FaultAction> moments[] = {
            {"garbage_every", FaultAction::Garbage}, {"tear_every", FaultAction::Tear}
        };
        for (const auto& [name, action] : moments) {
            if (settings_.has(name)) {
                add<PeriodicFault>(action, settings_.duration(name), Duration{});
            }
        }
        if (settings_.has("switch_every")) {
            add<FilmSwitch>(settings_.duration("switch_every"));
        }
        if (settings_.flag("switch_by_session")) {
            add<FilmBySession>();
        }
    }

    void add_packets() {
        const PacketShares shares{
            .lost = settings_.number("udp_loss"),
            .doubled = settings_.number("udp_doubled"),
            .late = settings_.number("udp_late"),
        };
        if (shares.lost > 0 || shares.doubled > 0 || shares.late > 0) {
            add<PacketFault>(shares);
        }
    }

    void add_clock() {
        if (!settings_.flag("sender_reports")) {
            add<NoReports>();
        }
        const bool steps = settings_.has("clock_step_every");
        const double drift = settings_.number("clock_drift") * 1e-6;
        if (steps || drift != 0) {
            add<WrongClock>(
                steps ? settings_.duration("clock_step_every") : Duration{},
                from_seconds(settings_.number("clock_step")),
                drift
            );
        }
    }

    void add_conversation() {
        const std::string& flaw = settings_.text("keep_alive");
        if (flaw != "right") {
            add<KeepAliveFault>(
                flaw == "options_only"            ? KeepAliveFlaw::OptionsOnly
                : flaw == "refuses_get_parameter" ? KeepAliveFlaw::RefusesGetParameter
                                                  : KeepAliveFlaw::RefusesSetParameter
            );
        }
        if (settings_.has("session_timeout")) {
            add<OwnTimeout>(settings_.duration("session_timeout"));
        }
        if (settings_.flag("wrong_numbers")) {
            add<WrongNumbers>();
        }
        if (settings_.has("description")) {
            add<DescriptionFault>(settings_.texts("description"));
        }
    }

    const Settings& settings_;
    FaultSet::Parts parts_;
};

Status check_description(const Settings& settings, std::string_view path) {
    if (!settings.has("description")) {
        return {};
    }
    for (const std::string& flaw : settings.texts("description")) {
        if (std::ranges::find(description_flaws(), flaw) == description_flaws().end()) {
            return fail(unknown_key(std::string(path) + ".description", flaw, description_flaws()));
        }
    }
    return {};
}

}  // namespace

const SettingsSchema& faults_schema() {
    static const SettingsSchema schema = [] {
        std::vector<FieldSpec> all = picture_fields();
        for (auto part : {packet_fields(), conversation_fields()}) {
            all.insert(all.end(), part.begin(), part.end());
        }
        return SettingsSchema(std::move(all));
    }();
    return schema;
}

Result<std::shared_ptr<const FaultScript>> parse_faults(const Value& map, std::string_view path) {
    BONGSU_ASSIGN(const Settings settings, faults_schema().parse(map, path));
    BONGSU_TRY(check_description(settings, path));
    return std::make_shared<const FaultSet>(PartsMaker(settings).make());
}

std::shared_ptr<const FaultScript> no_faults() {
    static const auto instance = std::make_shared<const FaultSet>(FaultSet::Parts{});
    return instance;
}

}  // namespace bongsu::camsim
