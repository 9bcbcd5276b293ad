#include "ingest/testing/fault_case.hpp"

#include <array>

namespace bongsu::ingest::testing {

namespace {

// Where a flaw disturbs nothing by itself, a reset brings the session up again and again.
constexpr std::array kCases{
    FaultCase{.name = "stall", .faults = "{stall_every: 7, stall_for: 4}", .event = "stall"},
    FaultCase{
        .name = "stuck_encoder",
        .faults = "{stall_every: 6, stall_for: 3600}",
        .event = "stall",
        .words = "sends no video, but still answers",
    },
    FaultCase{
        .name = "half_open_link",
        .faults = "{hang_after: 6}",
        .event = "hang",
        .words = "neither sends video nor answers",
    },
    FaultCase{
        .name = "reset",
        .faults = "{reset_after: 6}",
        .event = "reset",
        .words = "was lost",
    },
    FaultCase{
        .name = "reset_inside_packet",
        .faults = "{cut_after: 6}",
        .event = "cut",
        .words = "was lost",
    },
    FaultCase{.name = "garbage_in_framing", .faults = "{garbage_every: 3}", .event = "garbage"},
    FaultCase{.name = "partial_write", .faults = "{tear_every: 3}", .event = "tear"},
    FaultCase{
        .name = "udp_loss", .faults = "{udp_loss: 0.01}", .event = "lost", .transport = "udp"
    },
    FaultCase{
        .name = "udp_disorder",
        .faults = "{udp_late: 0.1, udp_doubled: 0.1, reset_after: 6}",
        .event = "reset",
        .transport = "udp",
    },
    FaultCase{
        .name = "no_sender_reports",
        .faults = "{sender_reports: false, reset_after: 8}",
        .event = "reset",
    },
    FaultCase{
        .name = "clock_step",
        .faults = "{clock_step_every: 3, clock_step: 4, reset_after: 8}",
        .event = "reset",
    },
    FaultCase{
        .name = "clock_drift", .faults = "{clock_drift: 20, reset_after: 8}", .event = "reset"
    },
    FaultCase{
        .name = "parameter_change",
        .faults = "{switch_every: 5}",
        .event = "switched",
        .other = TrialFilm::Small,
    },
    FaultCase{
        .name = "codec_change_between_sessions",
        .faults = "{switch_by_session: true, reset_after: 6}",
        .event = "reset",
        .other = TrialFilm::H265,
    },
    FaultCase{
        .name = "codec_change_unannounced",
        .faults = "{switch_every: 10, switch_by_session: true}",
        .event = "switched",
        .other = TrialFilm::H265,
        .words = "completed no picture",
    },
    FaultCase{
        .name = "b_pictures",
        .faults = "{tear_every: 4}",
        .event = "tear",
        .film = TrialFilm::BPictures,
    },
    FaultCase{
        .name = "key_pictures_30_s_apart",
        .faults = "{tear_every: 9}",
        .event = "tear",
        .film = TrialFilm::LongGop,
        .starts_at_key = true,
        .words = "completed no picture",
    },
    FaultCase{
        .name = "get_parameter_454",
        .faults = "{keep_alive: refuses_get_parameter, session_timeout: 4}",
        .event = "dropped",
        .words = "forgotten the session",
    },
    FaultCase{
        .name = "set_parameter_400",
        .faults = "{keep_alive: refuses_set_parameter, session_timeout: 4, reset_after: 9}",
        .event = "reset",
    },
    FaultCase{
        .name = "options_only",
        .faults = "{keep_alive: options_only, session_timeout: 4}",
        .event = "dropped",
        .words = "closed the connection",
    },
    FaultCase{
        .name = "wrong_cseq",
        .faults = "{wrong_numbers: true, session_timeout: 4, reset_after: 6}",
        .event = "reset",
    },
    FaultCase{
        .name = "no_sprop", .faults = "{description: [no_sprop], reset_after: 6}", .event = "reset"
    },
    FaultCase{
        .name = "wrong_sprop",
        .faults = "{description: [wrong_sprop], reset_after: 6}",
        .event = "reset",
    },
    FaultCase{
        .name = "bad_sdp_origin",
        .faults = "{description: [bad_origin], reset_after: 6}",
        .event = "reset",
    },
    FaultCase{
        .name = "lying_frame_rate",
        .faults = "{description: [lying_rate], reset_after: 6}",
        .event = "reset",
    },
    FaultCase{
        .name = "backchannel_audio",
        .faults = "{description: [backchannel], reset_after: 6}",
        .event = "reset",
    },
};

}  // namespace

std::span<const FaultCase> fault_cases() {
    return kCases;
}

}  // namespace bongsu::ingest::testing
