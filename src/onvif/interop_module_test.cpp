// Notifications of real cameras and the standard's own files, when the measuring data is there.
#include "onvif/event.hpp"
#include "onvif/testing/parse.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace bongsu::onvif {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

fs::path interop_folder() {
    const char* data = std::getenv("BONGSU_DATA");
    return data == nullptr ? fs::path() : fs::path(data) / "interop";
}

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

const json::value* at(const json::value& value, std::initializer_list<const char*> path) {
    const json::value* found = &value;
    for (const char* name : path) {
        found = found->is_object() ? found->as_object().if_contains(name) : nullptr;
        if (found == nullptr) {
            return nullptr;
        }
    }
    return found;
}

std::string items_xml(const char* name, const json::value* list) {
    std::string out = std::string("<tt:") + name + ">";
    if (list != nullptr && list->is_array()) {
        for (const json::value& item : list->as_array()) {
            out += "<tt:SimpleItem Name=\"" + escape_xml(item.at("Name").as_string()) +
                   "\" Value=\"" + escape_xml(item.at("Value").as_string()) + "\"/>";
        }
    }
    return out + "</tt:" + name + ">";
}

std::string text_of(const json::value* value) {
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

/// The notification as the camera sent it, put together again from its recorded values.
std::string notification(const json::value& event) {
    const json::value* inner = at(event, {"Message", "_value_1"});
    const json::value& message = inner != nullptr ? *inner : event.at("Message");
    return "<r><wsnt:NotificationMessage><wsnt:Topic>" +
           escape_xml(text_of(at(event, {"Topic", "_value_1"}))) +
           "</wsnt:Topic><wsnt:Message><tt:Message UtcTime=\"" + text_of(at(message, {"UtcTime"})) +
           "\" PropertyOperation=\"" + text_of(at(message, {"PropertyOperation"})) + "\">" +
           items_xml("Source", at(message, {"Source", "SimpleItem"})) +
           items_xml("Data", at(message, {"Data", "SimpleItem"})) +
           "</tt:Message></wsnt:Message></wsnt:NotificationMessage></r>";
}

TEST(Interop, EveryRecordedEventHasTopicSourceAndState) {
    const fs::path path = interop_folder() / "onvif_events.json";
    if (!fs::exists(path)) {
        GTEST_SKIP() << "no recorded events: set BONGSU_DATA to the folder of the measuring data";
    }
    const json::value document = json::parse(read_file(path));
    int known = 0;
    int all = 0;
    for (const json::value& item : document.at("events").as_array()) {
        const std::string name(item.at("case").as_string());
        const Xml xml = testing::parsed(notification(item.at("event")));
        const auto events = parse_notifications(xml.root());
        ASSERT_EQ(events.size(), 1U) << name;
        EXPECT_FALSE(events[0].topic.empty()) << name;
        const EventMeaning meaning = interpret(events[0]);
        ++all;
        known += meaning.kind.empty() ? 0 : 1;
        EXPECT_TRUE(meaning.is_active.has_value() || events[0].data.empty()) << name;
    }
    EXPECT_GE(all, 11);
    EXPECT_EQ(known, all - 1);  // all but the one that names a rule that does not exist
}

TEST(Interop, TheStandardsOwnFilesParse) {
    const fs::path folder = interop_folder() / "onvif_wsdl";
    if (!fs::exists(folder)) {
        GTEST_SKIP() << "no WSDL files: set BONGSU_DATA to the folder of the measuring data";
    }
    int parsed = 0;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        const std::string extension = entry.path().extension().string();
        if (extension != ".wsdl" && extension != ".xsd") {
            continue;
        }
        const auto xml = Xml::parse(read_file(entry.path()), {.bytes = 4 * 1024 * 1024});
        EXPECT_TRUE(xml) << entry.path() << ": " << xml.error().message;
        ++parsed;
    }
    EXPECT_GE(parsed, 30);
}

}  // namespace
}  // namespace bongsu::onvif
