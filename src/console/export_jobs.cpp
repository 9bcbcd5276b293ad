#include "console/export_jobs.hpp"

#include "console/problem_code.hpp"
#include "core/json.hpp"
#include "core/log.hpp"
#include "identity/secrets.hpp"
#include "recording/sha256.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <utility>

namespace bongsu::console {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostWaiting = 32;
constexpr std::size_t kMostKept = 1'000;
constexpr std::size_t kIdBytes = 12;
constexpr std::size_t kBlock = 1U << 20U;
constexpr std::size_t kLargestNote = 1U << 20U;
constexpr Duration kKeptFile = std::chrono::hours{24 * 7};
constexpr Duration kKeptRecord = std::chrono::hours{24 * 90};

Value to_value(const Export& item) {
    Value::List gaps;
    for (const recording::SpanGap& gap : item.gaps) {
        gaps.emplace_back(Value::List{to_iso8601(gap.from), to_iso8601(gap.to)});
    }
    return Value::Map{
        {"id", item.id},
        {"camera", item.camera.value()},
        {"from", to_iso8601(item.from)},
        {"to", to_iso8601(item.to)},
        {"created", to_iso8601(item.created)},
        {"by", item.by},
        {"purpose", item.purpose},
        {"incident", item.incident},
        {"note", item.note},
        {"bytes", item.bytes},
        {"sha256", item.sha256},
        {"gaps", std::move(gaps)},
        {"state", std::string(to_string(item.state))},
        {"words", item.words},
        {"code", item.code},
        {"masked", item.is_masked},
    };
}

std::string text_at(const Value& map, std::string_view name) {
    const Value* value = map.find(name);
    return value != nullptr && value->as_text() != nullptr ? *value->as_text() : "";
}

WallTime time_at(const Value& map, std::string_view name) {
    return parse_iso8601(text_at(map, name)).value_or(WallTime{});
}

ExportState state_at(const Value& map) {
    const std::string name = text_at(map, "state");
    for (const ExportState state : {ExportState::Ready, ExportState::Gone}) {
        if (name == to_string(state)) {
            return state;
        }
    }
    return ExportState::Failed;
}

std::vector<recording::SpanGap> gaps_at(const Value& map) {
    std::vector<recording::SpanGap> gaps;
    const Value* value = map.find("gaps");
    if (value == nullptr || value->as_list() == nullptr) {
        return gaps;
    }
    for (const Value& gap : *value->as_list()) {
        const auto* pair = gap.as_list();
        if (pair == nullptr || pair->size() != 2 || (*pair)[0].as_text() == nullptr ||
            (*pair)[1].as_text() == nullptr) {
            continue;
        }
        const auto from = parse_iso8601(*(*pair)[0].as_text());
        const auto to = parse_iso8601(*(*pair)[1].as_text());
        if (from && to) {
            gaps.push_back({.from = *from, .to = *to});
        }
    }
    return gaps;
}

Export from_value(const Value& map) {
    const Value* bytes = map.find("bytes");
    const Value* masked = map.find("masked");
    Export item{
        .id = text_at(map, "id"),
        .camera = CameraId(text_at(map, "camera")),
        .from = time_at(map, "from"),
        .to = time_at(map, "to"),
        .created = time_at(map, "created"),
        .by = text_at(map, "by"),
        .purpose = text_at(map, "purpose"),
        .incident = text_at(map, "incident"),
        .note = text_at(map, "note"),
        .bytes = bytes != nullptr && bytes->as_integer() != nullptr ? *bytes->as_integer() : 0,
        .sha256 = text_at(map, "sha256"),
        .gaps = gaps_at(map),
        .state = state_at(map),
        .words = text_at(map, "words"),
        .code = text_at(map, "code"),
        .is_masked = masked != nullptr && masked->as_bool() != nullptr && *masked->as_bool(),
    };
    if (text_at(map, "state") == to_string(ExportState::Making)) {
        item.words = "the program ended while it was being made";
        item.code = "export_cut_short"_code.name();
    }
    return item;
}

Result<std::string> hash_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    recording::Sha256 hash;
    std::vector<char> block(kBlock);
    while (file) {
        file.read(block.data(), static_cast<std::streamsize>(block.size()));
        hash.add(std::string_view(block.data(), static_cast<std::size_t>(file.gcount())));
    }
    if (!file.eof()) {
        return fail(ErrorKind::Unavailable, "cannot read " + path.string());
    }
    return recording::to_hex(hash.finish());
}

}  // namespace

std::string_view to_string(ExportState state) {
    switch (state) {
        case ExportState::Making:
            return "making";
        case ExportState::Ready:
            return "ready";
        case ExportState::Failed:
            return "failed";
        case ExportState::Gone:
            return "gone";
    }
    return "failed";
}

ExportJobs::ExportJobs(Parts parts)
    : parts_(std::move(parts)), queue_(pool_, kMostWaiting, exec::Overflow::Reject) {
    load();
}

ExportJobs::~ExportJobs() {
    queue_.close();
    pool_.stop();
}

void ExportJobs::load() {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(parts_.folder, error)) {
        if (entry.path().extension() != ".json" || exports_.size() >= kMostKept) {
            continue;
        }
        std::ifstream stream(entry.path());
        const std::string text(std::istreambuf_iterator<char>(stream), {});
        const auto value = parse_json(text, entry.path().string(), kLargestNote);
        if (value && text_at(*value, "id") == entry.path().stem()) {
            exports_.push_back(std::make_shared<Export>(from_value(*value)));
        } else {
            log::warn("console.export_unreadable", {{"file", entry.path().string()}});
        }
    }
    std::ranges::sort(exports_, std::ranges::greater{}, [](const ExportPtr& item) {
        return item->created;
    });
}

fs::path ExportJobs::file(const std::string& id) const {
    return parts_.folder / (id + ".mp4");
}

Result<Export> ExportJobs::start(Export wanted) {
    std::error_code error;
    fs::create_directories(parts_.folder, error);
    if (error) {
        return fail(
            ErrorKind::Unavailable,
            "cannot make the folder " + parts_.folder.string() + ": " + error.message()
        );
    }
    forget_old();
    wanted.id = identity::random_hex(kIdBytes);
    wanted.created = parts_.clock.wall();
    wanted.state = ExportState::Making;
    save(wanted);
    const auto item = std::make_shared<Export>(wanted);
    {
        const std::scoped_lock lock(mutex_);
        exports_.push_front(item);
    }
    if (queue_.push([this, item] { make(item); }) == exec::Admission::Rejected) {
        const std::scoped_lock lock(mutex_);
        std::erase(exports_, item);
        fs::remove(parts_.folder / (wanted.id + ".json"), error);
        return fail(
            ErrorKind::ResourceExhausted,
            "exports_busy"_code,
            "too many exports wait; try again in a minute"
        );
    }
    return wanted;
}

void ExportJobs::make(const ExportPtr& item) {
    Export made;
    {
        const std::scoped_lock lock(mutex_);
        made = *item;
    }
    const Status written = write(made);
    made.state = written ? ExportState::Ready : ExportState::Failed;
    made.words = written ? "" : written.error().describe();
    made.code = written ? "" : problem_code(written.error());
    save(made);
    note_end(made);
    const std::scoped_lock lock(mutex_);
    *item = std::move(made);
}

Status ExportJobs::write(Export& made) {
    const fs::path path = file(made.id);
    BONGSU_ASSIGN(
        const recording::SpanOutcome outcome,
        recording::read_span(
            parts_.recordings,
            parts_.index,
            {.camera = made.camera,
             .from = made.from,
             .to = made.to,
             .output = path.string(),
             .black = made.black}
        )
    );
    made.bytes = outcome.bytes;
    made.gaps = outcome.gaps;
    BONGSU_ASSIGN(made.sha256, hash_file(path));
    return {};
}

/// What exactly left the system, by its hash.
void ExportJobs::note_end(const Export& made) {
    const bool is_ready = made.state == ExportState::Ready;
    audit::AuditRecord record;
    record.who = made.by;
    record.action = "exportMade";
    record.object = "camera:" + made.camera.value();
    record.purpose = made.purpose;
    record.incident = made.incident;
    record.outcome = is_ready ? audit::Outcome::Allowed : audit::Outcome::Failed;
    record.detail = to_json(to_value(made));
    if (const auto number = parts_.audit.append(std::move(record)); !number) {
        log::error(
            "console.export_not_logged", {{"id", made.id}, {"what", number.error().describe()}}
        );
    }
}

void ExportJobs::save(const Export& item) const {
    const fs::path path = parts_.folder / (item.id + ".json");
    const fs::path part = path.string() + ".part";
    std::error_code error;
    {
        std::ofstream stream(part, std::ios::binary | std::ios::trunc);
        stream << to_json(to_value(item));
        if (!stream.flush()) {
            log::warn("console.export_not_saved", {{"file", path.string()}});
            return;
        }
    }
    fs::rename(part, path, error);
}

/// Files go after a week; that somebody exported stays known longer, and in the audit log.
void ExportJobs::forget_old() {
    const WallTime now = parts_.clock.wall();
    const std::scoped_lock lock(mutex_);
    std::error_code error;
    for (const ExportPtr& item : exports_) {
        if (item->state == ExportState::Ready && now - item->created > kKeptFile) {
            fs::remove(file(item->id), error);
            item->state = ExportState::Gone;
            save(*item);
        }
    }
    const auto is_forgotten = [&](const ExportPtr& item) {
        return item->state != ExportState::Making && now - item->created > kKeptRecord;
    };
    while (!exports_.empty() && (is_forgotten(exports_.back()) || exports_.size() >= kMostKept)) {
        fs::remove(file(exports_.back()->id), error);
        fs::remove(parts_.folder / (exports_.back()->id + ".json"), error);
        exports_.pop_back();
    }
}

std::vector<Export> ExportJobs::list(const std::string& user) {
    forget_old();
    std::vector<Export> own;
    const std::scoped_lock lock(mutex_);
    for (const ExportPtr& item : exports_) {
        if (item->by == user) {
            own.push_back(*item);
        }
    }
    return own;
}

Result<Export> ExportJobs::get(const std::string& user, const std::string& id) {
    const std::scoped_lock lock(mutex_);
    const auto found = std::ranges::find_if(exports_, [&](const ExportPtr& item) {
        return item->id == id && item->by == user;
    });
    if (found == exports_.end()) {
        return fail(
            ErrorKind::NotFound, "export_gone"_code, "there is no export '" + id + "' of yours"
        );
    }
    return **found;
}

}  // namespace bongsu::console
