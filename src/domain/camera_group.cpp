#include "domain/camera_group.hpp"

#include "core/settings.hpp"
#include "domain/id_rules.hpp"

namespace bongsu {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestNote = 2000;

const SettingsSchema& schema() {
    static const SettingsSchema fields{{
        {.name = "id", .type = FieldType::Text, .help = "name used by cameras and grants"},
        {.name = "name", .type = FieldType::Text, .help = "name for people", .is_optional = true},
        {.name = "organisation", .type = FieldType::Text, .fallback = "city", .help = "who owns it"
        },
        {.name = "note", .type = FieldType::Text, .fallback = "", .help = "what it is for"},
    }};
    return fields;
}

}  // namespace

Result<CameraGroup> parse_group(const Value& value, std::string_view path) {
    BONGSU_ASSIGN(const Settings settings, schema().parse(value, path));
    const std::string at{path};
    BONGSU_TRY(check_id(settings.text("id"), at + ".id"));
    CameraGroup group;
    group.id = GroupId{settings.text("id")};
    group.name = settings.has("name") ? settings.text("name") : group.id.value();
    group.organisation = OrganisationId{settings.text("organisation")};
    group.note = settings.text("note");
    BONGSU_TRY(check_text(group.name, kLongestName, at + ".name"));
    BONGSU_TRY(check_text(group.note, kLongestNote, at + ".note"));
    return group;
}

Value to_value(const CameraGroup& group) {
    return Value::Map{
        {"id", group.id.value()},
        {"name", group.name},
        {"organisation", group.organisation.value()},
        {"note", group.note},
    };
}

}  // namespace bongsu
