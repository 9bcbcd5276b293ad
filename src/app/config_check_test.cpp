#include "app/config_check.hpp"

#include <gtest/gtest.h>

namespace bongsu::app {
namespace {

std::string error_of(const char* yaml) {
    const auto config = parse_city_config(parse_yaml(yaml, "t").value(), {});
    const Status checked = check_config(config.value());
    return checked ? "" : checked.error().describe();
}

TEST(CheckConfig, AcceptsWhatIsRight) {
    EXPECT_EQ(
        error_of("{cameras: [{id: a, url: 'rtsp://h/s', rules: [{behaviour: intrusion}]}]}"), ""
    );
}

TEST(CheckConfig, FindsAMistakeInEachPlace) {
    EXPECT_NE(
        error_of("{cameras: [], recording: {segmnt: 3}}").find("'segment'"), std::string::npos
    );
    EXPECT_NE(
        error_of("{cameras: [], console: {tls: off, address: 0.0.0.0}}").find("console.tls"),
        std::string::npos
    );
    EXPECT_NE(
        error_of("{cameras: [], identity: {atempts: 3}}").find("'attempts'"), std::string::npos
    );
    EXPECT_NE(error_of("{cameras: [], live: {thread: 3}}").find("'threads'"), std::string::npos);
    EXPECT_NE(
        error_of("{cameras: [], scenelog: {keepfor: 3d}}").find("'keep_for'"), std::string::npos
    );
    EXPECT_NE(
        error_of("{cameras: [{id: a, url: x, rules: [{behaviour: loitring}]}]}").find("loitering"),
        std::string::npos
    );
    EXPECT_NE(
        error_of("{cameras: [{id: a, url: x, source: rstp}]}").find("rtsp"), std::string::npos
    );
    EXPECT_NE(error_of("{cameras: [], time_zone: Mars}").find("Mars"), std::string::npos);
}

}  // namespace
}  // namespace bongsu::app
