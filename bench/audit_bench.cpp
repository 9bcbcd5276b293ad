// links: audit store_testing store core
// What the audit log bears: records a second, each on disk when append() returns, by threads that
// write at once, as the requests of busy consoles do.
#include "audit/audit_log.hpp"
#include "store/testing/temporary_folder.hpp"
#include "store/testing/temporary_store.hpp"

#include <memory>

#include <benchmark/benchmark.h>

namespace {

using namespace bongsu;

class OpenLog {
public:
    OpenLog()
        : log_(audit::AuditLog::open(
                   store_->audit(),
                   {.key = folder_.path() / "key", .anchors = folder_.path() / "anchors"},
                   clock_,
                   metrics_
          )
                   .value()) {}

    bool append() {
        return log_
            ->append({.who = "kim", .action = "view", .object = "camera:gate", .detail = "{}"})
            .has_value();
    }

private:
    store::testing::TemporaryFolder folder_;
    store::testing::TemporaryStore store_;
    SystemClock clock_;
    Metrics metrics_;
    std::unique_ptr<audit::AuditLog> log_;
};

std::unique_ptr<OpenLog> opened;

void append(benchmark::State& state) {
    for (auto _ : state) {
        if (!opened->append()) {
            state.SkipWithError("a record was refused");
            break;
        }
    }
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(append)
    ->Setup([](const benchmark::State&) { opened = std::make_unique<OpenLog>(); })
    ->Teardown([](const benchmark::State&) { opened.reset(); })
    ->UseRealTime()
    ->Threads(1)
    ->Threads(32);

}  // namespace
