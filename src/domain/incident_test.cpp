#include "domain/incident.hpp"

#include "domain/detection.hpp"
#include "domain/frame.hpp"

#include <gtest/gtest.h>

namespace bongsu {
namespace {

TEST(IncidentState, NamesRoundTrip) {
    for (int i = 0; i <= static_cast<int>(IncidentState::Closed); ++i) {
        const auto state = static_cast<IncidentState>(i);
        EXPECT_EQ(parse_incident_state(to_string(state)), state);
    }
    EXPECT_EQ(parse_incident_state("gone"), std::nullopt);
}

TEST(IncidentState, ClosedLeadsOnlyBackAndNothingClosesUnseen) {
    for (int i = 0; i <= static_cast<int>(IncidentState::Closed); ++i) {
        const auto to = static_cast<IncidentState>(i);
        EXPECT_EQ(may_change(IncidentState::Closed, to), to == IncidentState::Acknowledged);
    }
    EXPECT_FALSE(may_change(IncidentState::New, IncidentState::Closed));
    EXPECT_TRUE(may_change(IncidentState::FalseAlarm, IncidentState::Confirmed));
}

TEST(ObjectClass, NamesRoundTrip) {
    for (int i = 0; i <= static_cast<int>(ObjectClass::Bag); ++i) {
        const auto cls = static_cast<ObjectClass>(i);
        EXPECT_EQ(parse_object_class(to_string(cls)), cls);
    }
    EXPECT_TRUE(is_vehicle(ObjectClass::Bus));
    EXPECT_FALSE(is_vehicle(ObjectClass::Person));
}

TEST(Appearance, ComparesOnlyLikeWithLike) {
    EXPECT_FLOAT_EQ(similarity({0.6F, 0.8F}, {0.6F, 0.8F}), 1);
    EXPECT_FLOAT_EQ(similarity({1, 0}, {0, 1}), 0);
    EXPECT_FLOAT_EQ(similarity({1, 0}, {1}), 0);
    EXPECT_FLOAT_EQ(similarity({}, {}), 0);
}

TEST(Frame, OddSizesRoundChromaUp) {
    const WritableFrame made = allocate_frame(5, 3);
    EXPECT_EQ(made.frame.planes[1].width, 3);
    EXPECT_EQ(made.frame.planes[2].height, 2);
    made.data[2][5] = 7;
    EXPECT_EQ(made.frame.planes[2].data[5], 7);
}

}  // namespace
}  // namespace bongsu
