#pragma once

#include "core/result.hpp"
#include "domain/geometry.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::eval {

/// One row of a MOTChallenge file. Boxes are pixels; ids of detections are -1.
struct MotRow {
    int id = -1;
    Box box;
    double score = 1;  ///< 7th column: score of a detection, 0 = not considered in ground truth
};

/// Rows by frame: [0] holds frame 1.
using MotFrames = std::vector<std::vector<MotRow>>;

/// Content of seqinfo.ini.
struct SequenceInfo {
    std::string name;
    std::string image_folder = "img1";
    std::string image_extension = ".jpg";
    double frame_rate = 0;  ///< pictures per second
    int length = 0;         ///< pictures
    int width = 0;          ///< pixels
    int height = 0;
};

/// A folder in MOTChallenge layout: seqinfo.ini, gt/gt.txt, det/det.txt, img1/000001.jpg ...
struct MotSequence {
    std::filesystem::path folder;
    SequenceInfo info;
    MotFrames truth;       ///< only considered rows
    MotFrames detections;  ///< empty when there is no det/det.txt

    /// Path of a picture, counted from 1.
    std::filesystem::path picture(int frame) const;
    bool has_pictures() const;
};

/// Reads rows `frame,id,x,y,w,h[,score,...]`. `origin` names the file in errors, which carry the
/// line. Limits: 64 MiB, frames 1..1'000'000. Rows whose score is 0 are left out when
/// `only_considered`.
Result<MotFrames> parse_mot_rows(
    std::string_view text, std::string_view origin, bool only_considered
);

Result<SequenceInfo> parse_sequence_info(std::string_view text, std::string_view origin);

/// Reads a whole file of at most `limit` bytes.
Result<std::string> read_text_file(const std::filesystem::path& path, std::size_t limit);

Result<MotFrames> load_mot_rows(const std::filesystem::path& file, bool only_considered);
Result<MotSequence> load_sequence(const std::filesystem::path& folder);

/// Every sequence below `folder`, at most two levels deep, in the order of their names. Empty when
/// the folder is absent.
Result<std::vector<MotSequence>> load_sequences(const std::filesystem::path& folder);

}  // namespace bongsu::eval
