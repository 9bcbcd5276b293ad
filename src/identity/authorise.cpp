#include "identity/authorise.hpp"

#include <algorithm>
#include <array>

namespace bongsu::identity {
namespace {

bool covers(const Scope& scope, const Subject& subject) {
    if (scope.kind == Scope::Kind::Everything || subject.kind == Subject::Kind::Listing) {
        return true;
    }
    switch (subject.kind) {
        case Subject::Kind::Organisation:
            return scope.kind == Scope::Kind::Organisation && scope.id == subject.organisation;
        case Subject::Kind::Camera:
            return scope.kind == Scope::Kind::Organisation
                       ? scope.id == subject.organisation
                       : std::ranges::find(subject.groups, scope.id, &GroupId::value) !=
                             subject.groups.end();
        default:
            return false;
    }
}

/// A camera is seen by who may know of it; other subjects by any grant that covers them.
bool shows(const Grant& grant, Right right, const Subject& subject) {
    if (subject.kind != Subject::Kind::Camera) {
        return true;
    }
    const RightSet rights = rights_of(grant.role);
    return rights.has(Right::ViewCameras) || rights.has(right);
}

bool includes(const Grant& grant, Purpose::Kind purpose) {
    return grant.purposes.empty() ||
           std::ranges::find(grant.purposes, purpose) != grant.purposes.end();
}

bool is_enough(PurposeNeed need, Purpose::Kind purpose) {
    switch (need) {
        case PurposeNeed::None:
            return true;
        case PurposeNeed::Any:
            return purpose != Purpose::Kind::None;
        case PurposeNeed::Reason:
            return purpose != Purpose::Kind::None && purpose != Purpose::Kind::Control;
    }
    return false;
}

bool token_allows(const Principal& principal, Right right) {
    return !principal.token_rights || principal.token_rights->has(right);
}

constexpr std::array<std::string_view, 6> kVerdicts{
    "allowed",
    "not_seen",
    "no_right",
    "purpose_missing",
    "purpose_not_granted",
    "password_change_due",
};

std::string name_of(const Subject& subject) {
    switch (subject.kind) {
        case Subject::Kind::Camera:
            return "camera '" + std::string(subject.name) + "'";
        case Subject::Kind::Organisation:
            return "organisation '" + std::string(subject.name) + "'";
        default:
            return "the installation";
    }
}

}  // namespace

std::string_view to_string(Verdict verdict) {
    return kVerdicts.at(static_cast<std::size_t>(verdict));
}

Verdict judge(
    const Principal& principal, Right right, const Subject& subject, const Purpose& purpose
) {
    if (right == Right::UseAccount) {
        return token_allows(principal, right) ? Verdict::Allowed : Verdict::NoRight;
    }
    if (principal.must_change_password) {
        return Verdict::PasswordChangeDue;
    }
    const PurposeNeed need = info_of(right).purpose;
    bool is_seen =
        subject.kind == Subject::Kind::Installation || subject.kind == Subject::Kind::Listing;
    bool has_right = false;
    bool has_purpose = false;
    for (const Grant& grant : principal.grants) {
        if (!covers(grant.scope, subject)) {
            continue;
        }
        is_seen = is_seen || shows(grant, right, subject);
        if (rights_of(grant.role).has(right)) {
            has_right = true;
            has_purpose = has_purpose || need == PurposeNeed::None || includes(grant, purpose.kind);
        }
    }
    if (!is_seen) {
        return Verdict::NotSeen;
    }
    if (!has_right || !token_allows(principal, right)) {
        return Verdict::NoRight;
    }
    if (!is_enough(need, purpose.kind)) {
        return Verdict::PurposeMissing;
    }
    return has_purpose ? Verdict::Allowed : Verdict::PurposeNotGranted;
}

Status authorise(
    const Principal& principal, Right right, const Subject& subject, const Purpose& purpose
) {
    const std::string right_name(to_string(right));
    switch (judge(principal, right, subject, purpose)) {
        case Verdict::Allowed:
            return {};
        case Verdict::NotSeen:
            return fail(ErrorKind::NotFound, "there is no " + name_of(subject));
        case Verdict::NoRight:
            return fail(
                ErrorKind::PermissionDenied,
                "right_missing"_code,
                "this account does not have the right " + right_name + " for " + name_of(subject)
            );
        case Verdict::PurposeMissing:
            return fail(
                ErrorKind::FailedPrecondition,
                "purpose_needed"_code,
                info_of(right).purpose == PurposeNeed::Reason
                    ? right_name +
                          " needs a purpose beyond routine monitoring: incident:<id>, "
                          "request:<number>, maintenance or training"
                    : right_name + " needs a purpose, such as control or incident:<id>"
            );
        case Verdict::PurposeNotGranted:
            return fail(
                ErrorKind::PermissionDenied,
                "right_missing"_code,
                "this account does not have the right " + right_name + " for the purpose " +
                    to_string(purpose)
            );
        case Verdict::PasswordChangeDue:
            return fail(
                ErrorKind::FailedPrecondition,
                "password_change_due"_code,
                "the one-time password must be changed first"
            );
    }
    return fail(ErrorKind::PermissionDenied, "denied");
}

bool sees(const Principal& principal, const Subject& subject, Right right) {
    if (principal.must_change_password || !token_allows(principal, right)) {
        return false;
    }
    return std::ranges::any_of(principal.grants, [&](const Grant& grant) {
        return rights_of(grant.role).has(right) && covers(grant.scope, subject);
    });
}

}  // namespace bongsu::identity
