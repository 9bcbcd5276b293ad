#include "wall/shares.hpp"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace bongsu::wall {
namespace {

using Numbers = std::vector<std::optional<std::size_t>>;

Numbers fresh(std::size_t count) {
    return Numbers(count);
}

class ShareTable {
public:
    ShareTable(std::size_t cameras, std::size_t operators)
        : loads(cameras, 1.0), caps(operators, 50), on_screen(cameras, 0) {
        shares.renumber_cameras(fresh(cameras));
        shares.renumber_operators(fresh(operators));
    }

    void update() {
        shares.update({.loads = loads, .caps = caps, .is_on_screen = on_screen, .may_see = may_see}
        );
    }

    std::vector<std::optional<std::size_t>> owners() const {
        std::vector<std::optional<std::size_t>> all;
        for (std::size_t i = 0; i < loads.size(); ++i) {
            all.push_back(shares.owner_of(i));
        }
        return all;
    }

    Shares shares;
    std::vector<double> loads;
    std::vector<std::size_t> caps;
    std::vector<char> on_screen;
    std::function<bool(std::size_t, std::size_t)> may_see = [](std::size_t, std::size_t) {
        return true;
    };
};

TEST(Shares, AreEvenAndWithinTheCap) {
    ShareTable table(300, 4);
    table.update();
    for (std::size_t who = 0; who < 4; ++who) {
        EXPECT_EQ(table.shares.owned(who), 75U);
        EXPECT_EQ(table.shares.share_size(who), 50U);
    }
}

TEST(Shares, AreEvenByLoadNotByNumber) {
    ShareTable table(100, 2);
    std::fill_n(table.loads.begin(), 10, 10.0);
    table.update();
    EXPECT_NEAR(table.shares.load_of(0), table.shares.load_of(1), 10);
}

TEST(Shares, NothingMovesWhileNobodyComesOrGoes) {
    ShareTable table(300, 4);
    table.update();
    const auto before = table.owners();
    std::iota(table.loads.begin(), table.loads.end(), 1.0);
    table.update();
    EXPECT_EQ(table.owners(), before);
}

TEST(Shares, OnlyTheCamerasOfWhoLeftMove) {
    ShareTable table(300, 4);
    table.update();
    const auto before = table.owners();
    table.shares.renumber_operators(Numbers{0, 1, 3});  // number 2 leaves
    table.caps.resize(3);
    table.update();
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (before[i] != 2U) {
            EXPECT_EQ(table.shares.owner_of(i), before[i] == 3U ? 2U : *before[i]);
        }
    }
    EXPECT_EQ(table.shares.owned(0), 100U);
}

TEST(Shares, ANewcomerTakesTheAverageAndNoMore) {
    ShareTable table(300, 2);
    table.update();
    const auto before = table.owners();
    table.shares.renumber_operators(Numbers{0, 1, std::nullopt});
    table.caps.push_back(50);
    table.update();
    EXPECT_EQ(table.shares.owned(2), 100U);
    std::size_t moved = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        moved += table.shares.owner_of(i) != before[i] ? 1 : 0;
    }
    EXPECT_EQ(moved, 100U);
}

TEST(Shares, ANewcomerLeavesWhatIsOnScreens) {
    ShareTable table(100, 1);
    table.update();
    std::fill_n(table.on_screen.begin(), 40, 1);
    table.shares.renumber_operators(Numbers{0, std::nullopt});
    table.caps.push_back(50);
    table.update();
    for (std::size_t i = 0; i < 40; ++i) {
        EXPECT_EQ(table.shares.owner_of(i), 0U);
    }
}

TEST(Shares, WhatNobodyMaySeeBelongsToNobody) {
    ShareTable table(10, 2);
    table.may_see = [](std::size_t who, std::size_t camera) { return who == 1 && camera < 6; };
    table.update();
    EXPECT_EQ(table.shares.owned(0), 0U);
    EXPECT_EQ(table.shares.owned(1), 6U);
    EXPECT_FALSE(table.shares.owner_of(7));
    table.may_see = [](std::size_t, std::size_t camera) { return camera < 3; };
    table.update();
    EXPECT_FALSE(table.shares.owner_of(4)) << "a right that was taken away";
}

TEST(Shares, SomebodyWithoutACapOwnsNothing) {
    ShareTable table(10, 2);
    table.caps = {0, 50};
    table.update();
    EXPECT_EQ(table.shares.owned(1), 10U);
    table.caps = {3, 4};
    table.update();
    EXPECT_EQ(table.shares.share_size(1), 4U);
}

TEST(Shares, SurviveCamerasThatComeAndGo) {
    ShareTable table(4, 2);
    table.update();
    const auto before = table.owners();
    table.shares.renumber_cameras(Numbers{3, std::nullopt, 0});
    table.loads.assign(3, 1);
    table.on_screen.assign(3, 0);
    table.update();
    EXPECT_EQ(table.shares.owner_of(0), before[3]);
    EXPECT_EQ(table.shares.owner_of(2), before[0]);
    EXPECT_TRUE(table.shares.owner_of(1));
}

RC_GTEST_PROP(Shares, KeepEveryRuleWhoeverComesAndGoes, ()) {
    const auto cameras = *rc::gen::inRange<std::size_t>(0, 120);
    auto operators = *rc::gen::inRange<std::size_t>(1, 6);
    ShareTable table(cameras, operators);
    for (int step = 0; step < 6; ++step) {
        const auto salt = *rc::gen::inRange<std::size_t>(0, 100);
        table.may_see = [salt](std::size_t who, std::size_t camera) {
            return (who * 31 + camera * 17 + salt) % 5 != 0;
        };
        for (std::size_t& cap : table.caps) {
            cap = *rc::gen::inRange<std::size_t>(0, 40);
        }
        table.update();
        std::vector<std::size_t> owned(operators);
        for (std::size_t i = 0; i < cameras; ++i) {
            const auto owner = table.shares.owner_of(i);
            bool is_visible = false;
            for (std::size_t who = 0; who < operators; ++who) {
                is_visible |= table.caps[who] > 0 && table.may_see(who, i);
            }
            RC_ASSERT(owner.has_value() == is_visible);
            if (owner) {
                RC_ASSERT(table.may_see(*owner, i) && table.caps[*owner] > 0);
                ++owned[*owner];
            }
        }
        for (std::size_t who = 0; who < operators; ++who) {
            RC_ASSERT(table.shares.owned(who) == owned[who]);
            RC_ASSERT(table.shares.share_size(who) == std::min(table.caps[who], owned[who]));
        }
        Numbers next;
        for (std::size_t who = 0; who < operators; ++who) {
            if (*rc::gen::inRange(0, 3) > 0) {
                next.emplace_back(who);
            }
        }
        next.emplace_back(std::nullopt);
        table.shares.renumber_operators(next);
        operators = next.size();
        table.caps.assign(operators, 50);
    }
}

}  // namespace
}  // namespace bongsu::wall
