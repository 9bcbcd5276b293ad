#include "console/problem_code.hpp"

#include "fleet/field_problem.hpp"
#include "fleet/known_words.hpp"
#include "net/problem.hpp"

#include <array>

namespace bongsu::console {
namespace {

using fleet::code_among;
using fleet::KnownWords;

/// Logging in, accounts and rights. The first row that fits counts.
constexpr auto kAccounts = std::to_array<KnownWords>({
    {"the user name, the password or the code is wrong", "login_wrong"},
    {"a code of the second factor is needed", "code_needed"},
    {"too many wrong passwords", "locked_out"},
    {"too many logins at once", "logins_busy"},
    {"the session has ended", "session_ended"},
    {"there is no session; log in first", "session_ended"},
    {"an API token has no session", "no_session"},
    {"Bongsu-CSRF", "session_stale"},
    {"the header Origin is missing", "other_origin"},
    {"comes from another origin", "other_origin"},
    {"the current password is wrong", "password_wrong"},
    {"the password is wrong", "password_wrong"},
    {"the new password is the old one", "password_same"},
    {"the password has fewer than 10", "password_short"},
    {"the password has fewer than five", "password_simple"},
    {"the password is little more than the user name", "password_like_name"},
    {"the password is one of those that are tried first", "password_common"},
    {"the password is longer", "too_long"},
    {"the password holds characters", "bad_text"},
    {"the one-time password must be changed", "password_change_due"},
    {"a second factor is in use", "factor_in_use"},
    {"no second factor waits", "factor_not_started"},
    {"the code is wrong", "factor_code_wrong"},
    {"a token cannot have rights", "token_rights"},
    {"a token needs at least one right", "token_rights"},
    {"the name of a token has", "bad_name"},
    {"the token's life", "token_life"},
    {"tokens already", "token_too_many"},
    {"the API token is not valid", "session_ended"},
    {"a name has 1 to 120", "bad_name"},
    {"a user name has 1 to 64", "bad_user_name"},
    {"the id of an organisation has", "bad_id"},
    {"the id of an organisation cannot be changed", "id_changed"},
    {"is the last administrator", "last_administrator"},
    {"nobody changes the own grants", "own_grants"},
    {"a user has at most 200 grants", "too_many_entries"},
    {"a scope is *", "bad_scope"},
    {"a scope names an id", "bad_scope"},
    {"purposes of a grant are", "not_one_of"},
    {"is granted more than you may grant", "beyond_your_grants"},
    {"you may not grant", "beyond_your_grants"},
    {"that you manage", "beyond_your_grants"},
    {"your grants do not reach", "beyond_your_grants"},
    {"none of your grants holds", "right_missing"},
    {"this account does not have the right", "right_missing"},
    {"needs the right", "right_missing"},
    {"need the right", "right_missing"},
    {"needs assign_incidents", "right_missing"},
    {"that you may not change", "not_allowed"},
    {"in Bongsu-Purpose", "purpose_needed"},
    {"for other purposes", "purpose_needed"},
    {"needs a purpose", "purpose_needed"},
    {"the purpose is not one of", "purpose_needed"},
    {"' exists already", "id_taken"},
    {"' already exists", "id_taken"},
    {"there is an organisation '", "id_taken"},
    {"If-Match", "version_needed"},
    {"was changed meanwhile", "changed_meanwhile"},
    {"' was changed by ", "changed_meanwhile"},
});

/// Incidents, pictures, scans and what a node does.
constexpr auto kWork = std::to_array<KnownWords>({
    {"meanwhile and is ", "changed_meanwhile"},
    {"does not lead on from there", "incident_elsewhere"},
    {"; reopen it first", "incident_closed"},
    {"; merge into an open one", "incident_closed"},
    {"is part of '", "incident_merged"},
    {"cannot be merged with itself", "incident_merged"},
    {"is escalated to level", "incident_escalated"},
    {"waits for the store", "store_away"},
    {"ask for the suggestion again", "suggestion_stale"},
    {"there is no suggestion '", "suggestion_stale"},
    {"the incident has no clip", "not_recorded"},
    {"the incident has no picture", "no_picture"},
    {"the picture of the incident is gone", "no_picture"},
    {"is recorded yet", "not_recorded"},
    {"was made before the camera got privacy masks", "export_unmasked"},
    {"the file of export '", "export_gone"},
    {"there is no export '", "export_gone"},
    {"too many exports wait", "exports_busy"},
    {"there is no motion search", "search_gone"},
    {"too many motion searches wait", "searches_busy"},
    {"a corner of region", "region_wrong"},
    {"region must be a list", "region_wrong"},
    {"the region of the search", "region_wrong"},
    {"must be after from", "span_wrong"},
    {"from and to are needed", "span_wrong"},
    {"span of scenes", "span_wrong"},
    {"there is no such scan", "scan_gone"},
    {"this scan has no such finding", "scan_gone"},
    {"two scans are running", "scans_busy"},
    {"a scan needs multicast", "scan_nowhere"},
    {"is no address range", "scan_range_wrong"},
    {"scan at most", "scan_range_large"},
    {"scan a smaller range", "scan_range_large"},
    {"does not speak ONVIF", "no_onvif"},
    {"offers no media service", "no_onvif"},
    {"there is no ONVIF service", "no_onvif"},
    {"refuses user or password", "camera_login_refused"},
    {"wants the password in clear text", "camera_login_refused"},
    {"the camera took too long", "camera_silent"},
    {"other cameras are being asked", "cameras_busy"},
    {"is not set up to be moved", "not_movable"},
    {"cannot be moved", "not_movable"},
    {"enter the stream's address by hand", "rtsp_only"},
    {"set the same time server on the camera", "clock_differs"},
    {"It does not tell its time", "clock_unknown"},
    {"No profile offers H.264", "no_codec"},
    {"No smaller H.264 profile", "no_sub_stream"},
    {"Key pictures are more than 5 s apart", "keys_far_apart"},
    {"Media2 did not work", "media1_used"},
    {"the camera has no media profile", "no_codec"},
    {"has no usable address", "profile_left_out"},
    {"the camera offers no RTSP address", "profile_left_out"},
    {"the camera answered HTTP", "camera_silent"},
    {"sends us to another address", "camera_elsewhere"},
    {"More was found than is listed", "scan_range_large"},
    {"the scan was stopped", "cancelled"},
    {"the scan ran out of time", "took_too_long"},
    {"the program ended while it was being made", "export_cut_short"},
    {"nothing was recorded of", "not_recorded"},
    {"can be read; run `bongsu check`", "recording_damaged"},
    {"too many pictures are being made for viewers", "too_many"},
    {"rules: name the rules", "no_rules"},
    {"at most 36 cameras can be pinned", "too_many_pins"},
    {"pins: there is no camera", "unknown_camera"},
    {"there is no camera '", "unknown_camera"},
    {"there is no group '", "unknown_group"},
    {"there is no user '", "unknown_user"},
    {"there is no organisation '", "unknown_organisation"},
    {"there is no role '", "not_one_of"},
    {"there is no right '", "not_one_of"},
    {"is verifying the audit log now", "verify_busy"},
    {"the audit log does not take the record", "audit_closed"},
    {"Idempotency-Key was used", "key_used"},
    {"request with this key is still running", "key_running"},
    {"the body is no JSON", "no_json"},
    {"the body must be text/csv", "file_no_text"},
    {"incidents are not handled on this node", "not_on_this_node"},
    {"this node ", "not_on_this_node"},
    {"this installation has no such file", "not_on_this_node"},
});

}  // namespace

std::string_view problem_code(int status, std::string_view words) {
    if (status == 500) {
        return net::code_of_status(status);  // its words are in the log only
    }
    for (const std::string_view code : {code_among(kAccounts, words), code_among(kWork, words)}) {
        if (!code.empty()) {
            return code;
        }
    }
    const std::string_view of_form = fleet::code_in(words);
    return of_form != "refused" ? of_form : net::code_of_status(status);
}

std::string_view remark_code(std::string_view words) {
    constexpr int kBadRequest = 400;
    return words.empty() ? words : problem_code(kBadRequest, words);
}

}  // namespace bongsu::console
