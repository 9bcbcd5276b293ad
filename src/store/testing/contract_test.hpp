#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "store/store.hpp"
#include "store/testing/contract_database.hpp"
#include "store/testing/temporary_folder.hpp"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace bongsu::store::testing {

/// A test of what every backend must do: a store over a new, empty database of the kind that the
/// parameter names. Skips PostgreSQL where it is not installed.
class ContractTest : public ::testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        url_ = contract_database(GetParam(), folder_);
        if (url_.empty()) {
            GTEST_SKIP() << "PostgreSQL is not installed or does not start";
        }
        reopen();
    }

    /// As after a restart.
    void reopen() {
        store_.reset();
        auto opened = Store::open({.database = url_}, clock_, metrics_);
        ASSERT_TRUE(opened) << opened.error().describe();
        store_ = *std::move(opened);
    }

    TemporaryFolder folder_;
    std::string url_;
    ManualClock clock_;
    Metrics metrics_;
    std::unique_ptr<Store> store_;
};

}  // namespace bongsu::store::testing
