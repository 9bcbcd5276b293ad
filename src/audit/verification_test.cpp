// The chain must show every change: of any byte of any record, of order, of number, and of length.
#include "audit/verification.hpp"

#include "audit/anchors.hpp"
#include "audit/chain.hpp"
#include "audit/testing/memory_audit_store.hpp"
#include "store/testing/temporary_folder.hpp"

#include <array>
#include <fstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace bongsu::audit {
namespace {

constexpr std::array<std::string store::AuditRow::*, 10> kTexts{
    &store::AuditRow::who,
    &store::AuditRow::organisation,
    &store::AuditRow::action,
    &store::AuditRow::object,
    &store::AuditRow::purpose,
    &store::AuditRow::incident,
    &store::AuditRow::outcome,
    &store::AuditRow::address,
    &store::AuditRow::detail,
    &store::AuditRow::hash,
};

std::vector<store::AuditRow> chained(int count) {
    std::vector<store::AuditRow> rows;
    std::string hash = chain_start();
    for (int number = 1; number <= count; ++number) {
        store::AuditRow row{
            .number = number,
            .time = WallTime{std::chrono::seconds{1'790'000'000 + number}},
            .who = "kim",
            .organisation = "city",
            .action = "play_back",
            .object = "camera:" + std::to_string(number),
            .purpose = "request:2026-1",
            .incident = "i-1",
            .outcome = "allowed",
            .address = "10.0.0.1",
            .detail = "{\"from\":1}",
            .hash = {},
        };
        row.hash = chain_hash(hash, row);
        hash = row.hash;
        rows.push_back(row);
    }
    return rows;
}

class VerificationTest : public ::testing::Test {
protected:
    VerificationTest() { store_.rows = chained(8); }

    Verification verify(const std::string& key = "") {
        return audit::verify(store_, anchors_, key).value();
    }

    void anchor_at(std::size_t number) {
        store_.kept_anchors.push_back(
            signer_.sign(store_.rows.at(number - 1), store_.rows.at(number - 1).time)
        );
    }

    store::testing::TemporaryFolder folder_;
    std::filesystem::path anchors_ = folder_.path() / "anchors.txt";
    AnchorSigner signer_ = AnchorSigner::open(folder_.path() / "audit.key").value();
    testing::MemoryAuditStore store_;
};

TEST_F(VerificationTest, LogAsWrittenIsWhole) {
    anchor_at(3);
    anchor_at(8);
    const Verification found = verify(signer_.public_key());
    EXPECT_TRUE(found.is_whole()) << found.problem;
    EXPECT_EQ(found.records, 8);
    EXPECT_EQ(found.anchors, 2);
    EXPECT_EQ(found.behind, 0);
    EXPECT_FALSE(found.behind_since);
    store_.rows.clear();
    store_.kept_anchors.clear();
    EXPECT_TRUE(verify().is_whole());
}

TEST_F(VerificationTest, TellsHowMuchCouldBeCutOffUnseen) {
    EXPECT_EQ(verify().behind, 8);
    anchor_at(6);
    const Verification found = verify();
    EXPECT_EQ(found.behind, 2);
    EXPECT_EQ(found.behind_since, store_.rows.at(6).time);
    EXPECT_NE(found.describe().find("; 2 records since "), std::string::npos) << found.describe();
    store_.rows.resize(6);
    EXPECT_TRUE(verify().is_whole()) << "which is what behind warns of";
    store_.rows.resize(5);
    EXPECT_FALSE(verify().is_whole());
}

// Computed apart, with Python's hashlib, from the description in chain.hpp.
TEST_F(VerificationTest, ChainIsTheSameOnEveryMachine) {
    EXPECT_EQ(
        chain_hash(chain_start(), {.number = 1, .time = WallTime{Duration{2}}, .who = "봉수"}),
        "e7c5286cb13f80080ff6cec0dec03aaa0b5769578d221dceb6dc9be7dec19698"
    );
}

RC_GTEST_FIXTURE_PROP(VerificationTest, AnyFlippedBitOfAnyTextIsFoundAtItsRecord, ()) {
    store_.rows = chained(8);
    const auto index = *rc::gen::inRange<std::size_t>(0, store_.rows.size());
    std::string& text = store_.rows[index].*kTexts.at(*rc::gen::inRange<std::size_t>(0, 10));
    const auto byte = *rc::gen::inRange<std::size_t>(0, text.size());
    text[byte] = static_cast<char>(text[byte] ^ (1 << *rc::gen::inRange(0, 8)));
    const Verification found = verify();
    RC_ASSERT(!found.is_whole());
    RC_ASSERT(found.first_broken == store_.rows[index].number);
}

RC_GTEST_FIXTURE_PROP(VerificationTest, ChangedTimeOrNumberIsFound, ()) {
    store_.rows = chained(8);
    const auto index = *rc::gen::inRange<std::size_t>(0, store_.rows.size());
    const auto by = *rc::gen::distinctFrom(rc::gen::inRange<std::int64_t>(-1'000, 1'000), 0);
    if (*rc::gen::arbitrary<bool>()) {
        store_.rows[index].time += Duration{by};
    } else {
        store_.rows[index].number += by;
    }
    RC_ASSERT(!verify().is_whole());
}

RC_GTEST_FIXTURE_PROP(VerificationTest, RemovedRecordIsFoundUnlessItIsTheLast, ()) {
    store_.rows = chained(8);
    const auto index = *rc::gen::inRange<std::ptrdiff_t>(0, 7);
    store_.rows.erase(store_.rows.begin() + index);
    const Verification found = verify();
    RC_ASSERT(found.first_broken == index + 1);
    RC_ASSERT(found.problem.find("missing") != std::string::npos);
}

TEST_F(VerificationTest, RecordHiddenBelowTheFirstNumberIsFound) {
    store_.rows.back().number = -5;
    EXPECT_EQ(verify().first_broken, 1);
}

TEST_F(VerificationTest, TextMovedFromOneFieldToTheNextIsFound) {
    store_.rows[2].who = "kimc";
    store_.rows[2].organisation = "ity";
    EXPECT_EQ(verify().first_broken, 3);
}

TEST_F(VerificationTest, ExchangedRecordsAreFound) {
    std::swap(store_.rows[2].who, store_.rows[3].who);
    std::swap(store_.rows[2].object, store_.rows[3].object);
    EXPECT_EQ(verify().first_broken, 3);
}

TEST_F(VerificationTest, CutOffEndShowsByItsAnchor) {
    anchor_at(8);
    store_.rows.resize(5);
    const Verification found = verify();
    EXPECT_EQ(found.first_broken, 6);
    EXPECT_NE(found.problem.find("record 8 was signed"), std::string::npos);
}

TEST_F(VerificationTest, CutOffEndShowsByTheFileWhenTheDatabaseLostItsAnchorsToo) {
    anchor_at(8);
    ASSERT_TRUE(append_anchor(anchors_, store_.kept_anchors.at(0)));
    store_.kept_anchors.clear();
    EXPECT_TRUE(verify().is_whole());
    EXPECT_EQ(verify().anchors, 1);
    store_.rows.clear();
    EXPECT_EQ(verify().first_broken, 1);
}

TEST_F(VerificationTest, ChainMadeAnewShowsByItsAnchor) {
    anchor_at(5);
    store_.rows[1].who = "somebody else";
    std::string hash = chain_start();
    for (store::AuditRow& row : store_.rows) {
        row.hash = chain_hash(hash, row);
        hash = row.hash;
    }
    const Verification found = verify(signer_.public_key());
    EXPECT_EQ(found.first_broken, 5);
    EXPECT_NE(found.problem.find("rewritten"), std::string::npos);
}

TEST_F(VerificationTest, AnchorOfAnotherKeyOrChangedIsFound) {
    const AnchorSigner forger = AnchorSigner::open(folder_.path() / "forger.key").value();
    store_.kept_anchors = {forger.sign(store_.rows.at(3), store_.rows.at(3).time)};
    EXPECT_TRUE(verify().is_whole());
    EXPECT_EQ(verify(signer_.public_key()).first_broken, 4);
    store_.kept_anchors.clear();
    anchor_at(4);
    store_.kept_anchors.at(0).time += Duration{1};
    EXPECT_EQ(verify().first_broken, 4);
}

TEST_F(VerificationTest, AnchorFileThatIsDamagedNamesItsLine) {
    anchor_at(8);
    ASSERT_TRUE(append_anchor(anchors_, store_.kept_anchors.at(0)));
    std::ofstream(anchors_, std::ios::app) << "8 9 hash\n";
    const auto outcome = audit::verify(store_, anchors_, "");
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ErrorKind::Corrupt);
    EXPECT_NE(outcome.error().message.find("line 2"), std::string::npos);
}

}  // namespace
}  // namespace bongsu::audit
