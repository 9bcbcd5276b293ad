#include "ingest/name_lookup.hpp"

#include <atomic>
#include <future>
#include <latch>

#include <gtest/gtest.h>

namespace bongsu::ingest {
namespace {

using Addresses = NameLookup::Addresses;

TEST(NameLookup, FindsTheAddressesOfAName) {
    NameLookup names;
    std::promise<Result<Addresses>> found;
    names.start("localhost", [&](Result<Addresses> result) { found.set_value(std::move(result)); });
    const auto result = found.get_future().get();
    ASSERT_TRUE(result) << result.error().describe();
    EXPECT_FALSE(result->empty());
}

TEST(NameLookup, SaysThatANameIsUnknown) {
    const auto found = NameLookup::ask_system("no-such-host.invalid");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::Unavailable);
}

TEST(NameLookup, GoesAwayWhileTheResolverHangs) {
    auto has_begun = std::make_shared<std::latch>(1);
    auto may_end = std::make_shared<std::latch>(1);
    auto has_ended = std::make_shared<std::promise<void>>();
    std::atomic<bool> was_called{false};
    {
        NameLookup names([=](const std::string&) -> Result<Addresses> {
            has_begun->count_down();
            may_end->wait();
            has_ended->set_value();
            return Addresses{"127.0.0.1"};
        });
        names.start("slow.example", [&](const Result<Addresses>&) { was_called = true; });
        has_begun->wait();
    }
    may_end->count_down();
    has_ended->get_future().wait();
    EXPECT_FALSE(was_called);
}

TEST(NameLookup, OneSlowNameDoesNotHoldUpTheOthers) {
    auto may_end = std::make_shared<std::latch>(1);
    NameLookup names([=](const std::string& host) -> Result<Addresses> {
        if (host == "slow.example") {
            may_end->wait();
        }
        return Addresses{host};
    });
    names.start("slow.example", [](const Result<Addresses>&) {});
    std::promise<void> found;
    names.start("quick.example", [&](const Result<Addresses>&) { found.set_value(); });
    EXPECT_EQ(found.get_future().wait_for(std::chrono::seconds{5}), std::future_status::ready);
    may_end->count_down();
}

}  // namespace
}  // namespace bongsu::ingest
