#pragma once

#include "audit/audit_log.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "exec/serial_queue.hpp"
#include "exec/worker_pool.hpp"
#include "recording/read_span.hpp"
#include "store/segment_index.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace bongsu::console {

enum class ExportState { Making, Ready, Failed, Gone };
std::string_view to_string(ExportState state);

/// One clip that somebody takes out of the system.
struct Export {
    std::string id;
    CameraId camera;
    WallTime from;
    WallTime to;
    WallTime created;
    std::string by;       ///< user
    std::string purpose;  ///< as said
    std::string incident;
    std::string note;
    std::int64_t bytes = 0;
    std::string sha256;  ///< of the file, as hex
    std::vector<recording::SpanGap> gaps;
    ExportState state = ExportState::Making;
    std::string words;             ///< why it failed
    std::string code;              ///< the same for pages: of ProblemCode in api/openapi.yaml
    bool is_masked = false;        ///< private areas are black in it
    std::vector<Polygon> black{};  ///< those, while it is made
};

/// Makes clips in the background, one after another, as files that are kept for some days. What is
/// known of each stands beside its file, so that a restart loses nothing; a clip that was being
/// made then is failed. Queue: bounded, policy reject. Thread-safe.
class ExportJobs {
public:
    struct Parts {
        std::filesystem::path folder;  ///< of its own
        std::string recordings;
        store::SegmentIndex& index;
        audit::AuditLog& audit;
        const Clock& clock;
    };

    explicit ExportJobs(Parts parts);
    ~ExportJobs();
    ExportJobs(const ExportJobs&) = delete;
    ExportJobs& operator=(const ExportJobs&) = delete;

    /// `wanted`: camera, span, user, purpose, incident, note. ResourceExhausted when too many wait.
    Result<Export> start(Export wanted);

    /// Of one user, newest first.
    std::vector<Export> list(const std::string& user);
    /// NotFound, also for somebody else's.
    Result<Export> get(const std::string& user, const std::string& id);
    std::filesystem::path file(const std::string& id) const;

private:
    using ExportPtr = std::shared_ptr<Export>;

    void load();
    void make(const ExportPtr& item);
    Status write(Export& made);
    void save(const Export& item) const;
    void forget_old();
    void note_end(const Export& made);

    const Parts parts_;
    std::mutex mutex_;               ///< the list and what is in it
    std::deque<ExportPtr> exports_;  ///< newest first
    exec::WorkerPool pool_{"export", 1};
    exec::SerialQueue queue_;
};

}  // namespace bongsu::console
