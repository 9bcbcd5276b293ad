#pragma once

#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "identity/principal.hpp"
#include "identity/purpose.hpp"
#include "identity/rights.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace bongsu::identity {

/// What an access is about. Borrows its texts: make it where it is used.
struct Subject {
    enum class Kind : std::uint8_t {
        Installation,  ///< the whole of it: only grants on everything count
        Listing,       ///< a list whose handler leaves out what the principal does not see
        Organisation,
        Camera,
    };

    Kind kind = Kind::Installation;
    std::string_view name;            ///< of the camera or organisation, for messages
    std::string_view organisation;    ///< of the camera, or the organisation itself
    std::span<const GroupId> groups;  ///< of the camera

    static Subject installation() { return {}; }

    static Subject listing() { return {.kind = Kind::Listing}; }

    static Subject of(const OrganisationId& id) {
        return {.kind = Kind::Organisation, .name = id.value(), .organisation = id.value()};
    }

    static Subject of(
        const CameraId& id, const OrganisationId& organisation, std::span<const GroupId> groups = {}
    ) {
        return {
            .kind = Kind::Camera,
            .name = id.value(),
            .organisation = organisation.value(),
            .groups = groups,
        };
    }
};

/// The answer to a question of rights, precise enough for a message and for a page that can help.
enum class Verdict : std::uint8_t {
    Allowed,
    NotSeen,            ///< the subject is outside every grant: answer as if it did not exist
    NoRight,            ///< seen, but no grant holds the right here
    PurposeMissing,     ///< the right needs a purpose, or a better one than plain control
    PurposeNotGranted,  ///< a grant holds the right, but not for this purpose
    PasswordChangeDue,  ///< a one-time password must be changed first
};

std::string_view to_string(Verdict verdict);

/// The one place where rights are decided. Default deny: a grant must cover the subject, its role
/// hold the right, and its purposes include the one said. Pure.
Verdict judge(
    const Principal& principal, Right right, const Subject& subject, const Purpose& purpose
);

/// The same as an error: NotFound for NotSeen, FailedPrecondition for PurposeMissing and
/// PasswordChangeDue, else PermissionDenied.
Status authorise(
    const Principal& principal, Right right, const Subject& subject, const Purpose& purpose
);

/// Whether the principal holds `right` for the camera or organisation, purpose aside: the filter of
/// lists. Costs some tens of nanoseconds.
bool sees(const Principal& principal, const Subject& subject, Right right = Right::ViewCameras);

}  // namespace bongsu::identity
