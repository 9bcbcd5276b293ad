#pragma once

#include "core/result.hpp"
#include "domain/frame.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace bongsu::ingest::directory {

/// The pictures (jpg, jpeg, png, bmp) of one folder in the order of the numbers in their names.
class PictureFolder {
public:
    /// NotFound when there is no such folder or no picture in it.
    static Result<PictureFolder> open(const std::string& path);

    std::size_t size() const { return files_.size(); }

    struct Picture {
        Frame frame;
        std::size_t coded_bytes = 0;
    };

    /// Reads and decodes one. Corrupt when it is no picture.
    Result<Picture> read(std::size_t index) const;

private:
    std::vector<std::string> files_;
};

}  // namespace bongsu::ingest::directory
