#include "store/testing/temporary_store.hpp"

#include <stdexcept>

namespace bongsu::store::testing {

TemporaryStore::TemporaryStore() {
    auto opened = Store::open(
        {.database = "sqlite:" + (folder_.path() / "test.db").string()}, clock_, metrics_
    );
    if (!opened) {
        throw std::runtime_error(opened.error().describe());
    }
    store_ = *std::move(opened);
}

}  // namespace bongsu::store::testing
