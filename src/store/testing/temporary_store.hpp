#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "store/store.hpp"
#include "store/testing/temporary_folder.hpp"

#include <memory>

namespace bongsu::store::testing {

/// A real SQLite store in a temporary folder, for tests of modules that need one.
class TemporaryStore {
public:
    /// Throws when it cannot be opened.
    TemporaryStore();

    Store& operator*() const { return *store_; }

    Store* operator->() const { return store_.get(); }

private:
    TemporaryFolder folder_;
    SystemClock clock_;
    Metrics metrics_;
    std::unique_ptr<Store> store_;
};

}  // namespace bongsu::store::testing
