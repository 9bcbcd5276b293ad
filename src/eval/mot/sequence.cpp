// The text formats of MOTChallenge: https://motchallenge.net/instructions/
#include "eval/mot/sequence.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <optional>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr std::size_t kLargestFile = 64U << 20U;
constexpr int kLastFrame = 1'000'000;
constexpr std::size_t kColumns = 7;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::optional<double> parse_number(std::string_view text) {
    const std::string_view word = trimmed(text);
    double value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

/// Cuts the part before `separator` off `rest`.
std::string_view take_until(std::string_view& rest, char separator) {
    const std::size_t at = rest.find(separator);
    const std::string_view part = rest.substr(0, at);
    rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
    return part;
}

/// frame, id, x, y, w, h and, when present, score; nothing when the line breaks the format.
std::optional<std::array<double, kColumns>> parse_columns(std::string_view line) {
    std::array<double, kColumns> columns{0, -1, 0, 0, 0, 0, 1};
    for (std::size_t i = 0; i < kColumns; ++i) {
        if (line.empty()) {
            return i >= kColumns - 1 ? std::optional(columns) : std::nullopt;
        }
        const auto value = parse_number(take_until(line, ','));
        if (!value || std::abs(*value) > 1e7) {
            return std::nullopt;
        }
        columns.at(i) = *value;
    }
    return columns;
}

}  // namespace

std::filesystem::path MotSequence::picture(int frame) const {
    return folder / info.image_folder / fmt::format("{:06}{}", frame, info.image_extension);
}

bool MotSequence::has_pictures() const {
    std::error_code ignored;
    return std::filesystem::exists(picture(1), ignored);
}

Result<MotFrames> parse_mot_rows(
    std::string_view text, std::string_view origin, bool only_considered
) {
    if (text.size() > kLargestFile) {
        return fail(ErrorKind::Corrupt, fmt::format("{} is larger than 64 MiB", origin));
    }
    MotFrames frames;
    for (int number = 1; !text.empty(); ++number) {
        const std::string_view line = trimmed(take_until(text, '\n'));
        if (line.empty()) {
            continue;
        }
        const auto columns = parse_columns(line);
        if (!columns) {
            return fail(
                ErrorKind::Corrupt,
                fmt::format("{}:{}: expected frame,id,x,y,w,h[,score...]", origin, number)
            );
        }
        const auto& [frame, id, x, y, w, h, score] = *columns;
        if (frame < 1 || frame > kLastFrame || frame != std::floor(frame)) {
            return fail(
                ErrorKind::Corrupt,
                fmt::format("{}:{}: frame {} is not in 1..{}", origin, number, frame, kLastFrame)
            );
        }
        const auto index = static_cast<std::size_t>(frame);
        frames.resize(std::max(frames.size(), index));
        if (only_considered && score == 0) {
            continue;
        }
        frames[index - 1].push_back(MotRow{
            .id = static_cast<int>(id),
            .box =
                {static_cast<float>(x),
                 static_cast<float>(y),
                 static_cast<float>(w),
                 static_cast<float>(h)},
            .score = score,
        });
    }
    return frames;
}

Result<SequenceInfo> parse_sequence_info(std::string_view text, std::string_view origin) {
    SequenceInfo info;
    while (!text.empty()) {
        std::string_view line = trimmed(take_until(text, '\n'));
        if (line.empty() || line.front() == '[' || line.front() == ';') {
            continue;
        }
        const std::string_view key = trimmed(take_until(line, '='));
        const std::string_view value = trimmed(line);
        const double number = parse_number(value).value_or(0);
        if (key == "name") {
            info.name = value;
        } else if (key == "imDir") {
            info.image_folder = value;
        } else if (key == "imExt") {
            info.image_extension = value;
        } else if (key == "frameRate") {
            info.frame_rate = number;
        } else if (key == "seqLength") {
            info.length = static_cast<int>(std::clamp(number, 0.0, double{kLastFrame}));
        } else if (key == "imWidth") {
            info.width = static_cast<int>(std::clamp(number, 0.0, 65535.0));
        } else if (key == "imHeight") {
            info.height = static_cast<int>(std::clamp(number, 0.0, 65535.0));
        }
    }
    if (info.frame_rate <= 0 || info.length <= 0 || info.width <= 0 || info.height <= 0) {
        return fail(
            ErrorKind::Corrupt,
            fmt::format(
                "{}: frameRate, seqLength, imWidth and imHeight must be there and above 0", origin
            )
        );
    }
    return info;
}

Result<std::string> read_text_file(const std::filesystem::path& path, std::size_t limit) {
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    if (!in) {
        return fail(ErrorKind::NotFound, fmt::format("cannot open {}", path.string()));
    }
    const auto size = static_cast<std::size_t>(std::max<std::streamoff>(in.tellg(), 0));
    if (size > limit) {
        return fail(
            ErrorKind::Corrupt,
            fmt::format("{} has {} bytes; at most {} are read", path.string(), size, limit)
        );
    }
    std::string text(size, '\0');
    in.seekg(0);
    if (!in.read(text.data(), static_cast<std::streamsize>(size))) {
        return fail(ErrorKind::Unavailable, fmt::format("cannot read {}", path.string()));
    }
    return text;
}

Result<MotFrames> load_mot_rows(const std::filesystem::path& file, bool only_considered) {
    BONGSU_ASSIGN(const std::string text, read_text_file(file, kLargestFile));
    return parse_mot_rows(text, file.string(), only_considered);
}

Result<MotSequence> load_sequence(const std::filesystem::path& folder) {
    MotSequence sequence;
    sequence.folder = folder;
    const auto info_file = folder / "seqinfo.ini";
    BONGSU_ASSIGN(const std::string text, read_text_file(info_file, kLargestFile));
    BONGSU_ASSIGN(sequence.info, parse_sequence_info(text, info_file.string()));
    if (sequence.info.name.empty()) {
        sequence.info.name = folder.filename().string();
    }
    BONGSU_ASSIGN(sequence.truth, load_mot_rows(folder / "gt" / "gt.txt", true));
    const auto detections_file = folder / "det" / "det.txt";
    if (std::filesystem::exists(detections_file)) {
        BONGSU_ASSIGN(sequence.detections, load_mot_rows(detections_file, false));
    }
    const auto length = static_cast<std::size_t>(sequence.info.length);
    sequence.truth.resize(length);
    sequence.detections.resize(length);
    return sequence;
}

Result<std::vector<MotSequence>> load_sequences(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> found;
    std::error_code error;
    std::filesystem::recursive_directory_iterator at(folder, error);
    for (; !error && at != std::filesystem::recursive_directory_iterator{}; at.increment(error)) {
        if (at.depth() >= 2 || at->path().filename() == "img1") {
            at.disable_recursion_pending();
        }
        if (at->path().filename() == "seqinfo.ini") {
            found.push_back(at->path().parent_path());
        }
    }
    std::ranges::sort(found);
    std::vector<MotSequence> sequences;
    for (const auto& path : found) {
        BONGSU_ASSIGN(MotSequence sequence, load_sequence(path));
        sequences.push_back(std::move(sequence));
    }
    return sequences;
}

}  // namespace bongsu::eval
