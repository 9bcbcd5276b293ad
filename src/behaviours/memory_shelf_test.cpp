#include "behaviours/memory_shelf.hpp"

#include "behaviours/lasting_state.hpp"
#include "behaviours/testing/remembering_shelf.hpp"

#include <gtest/gtest.h>

namespace bongsu::behaviours {
namespace {

using std::chrono::minutes;

constexpr WallTime kStart{std::chrono::seconds{1'772'409'600}};

struct Word final : LastingState {
    std::string kept() const override { return word; }

    Status recall(std::string_view kept) override {
        if (kept == "broken") {
            return fail(ErrorKind::Corrupt, "broken");
        }
        word = kept;
        return {};
    }

    std::string word;
};

struct Fleeting final : Behaviour::State {};

TEST(ShelfPlace, WhatOneRunLearntTheNextKnows) {
    testing::RememberingShelf shelf;
    Word before;
    before.word = "dry";
    ShelfPlace(&shelf, "gate.water.flood").put(before, kStart);
    Word after;
    ShelfPlace(&shelf, "gate.water.flood").fetch(after, kStart);
    EXPECT_EQ(after.word, "dry");
    Word other;
    ShelfPlace(&shelf, "yard.water.flood").fetch(other, kStart);
    EXPECT_EQ(other.word, "");
}

TEST(ShelfPlace, IsFilledEveryQuarterOfAnHour) {
    testing::RememberingShelf shelf;
    ShelfPlace place(&shelf, "gate.water.flood");
    Word state;
    place.fetch(state, kStart);
    state.word = "dry";
    place.put_when_due(state, kStart + minutes{14});
    EXPECT_TRUE(shelf.all.empty());
    place.put_when_due(state, kStart + minutes{15});
    EXPECT_EQ(shelf.all.at("gate.water.flood"), "dry");
    state.word = "wet";
    place.put_when_due(state, kStart + minutes{29});
    EXPECT_EQ(shelf.all.at("gate.water.flood"), "dry");
}

TEST(ShelfPlace, ABrokenMemoryIsNone) {
    testing::RememberingShelf shelf;
    shelf.all["gate.water.flood"] = "broken";
    Word state;
    ShelfPlace(&shelf, "gate.water.flood").fetch(state, kStart);
    EXPECT_EQ(state.word, "");
}

TEST(ShelfPlace, HoldsNothingOfStatesThatDoNotLastAndOfThoseWithNothingToKeep) {
    testing::RememberingShelf shelf;
    ShelfPlace place(&shelf, "gate.water.flood");
    place.put(Fleeting{}, kStart);
    place.put(Word{}, kStart);
    EXPECT_TRUE(shelf.all.empty());
    Word without_shelf;
    without_shelf.word = "dry";
    ShelfPlace{}.put(without_shelf, kStart);
    ShelfPlace{}.fetch(without_shelf, kStart);
    EXPECT_EQ(without_shelf.word, "dry");
}

}  // namespace
}  // namespace bongsu::behaviours
