#include "eval/detection/video_frames.hpp"

#include "media/decoder/libav_handles.hpp"
#include "media/decoder/picture_converter.hpp"

#include <fmt/format.h>

extern "C" {
#include <libavformat/avformat.h>
}

namespace bongsu::eval {
namespace {

struct FormatCloser {
    void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
};

using FormatPtr = std::unique_ptr<AVFormatContext, FormatCloser>;

std::unexpected<Error> unreadable(const std::filesystem::path& path, const char* what) {
    return fail(ErrorKind::Corrupt, fmt::format("{}: {}", path.string(), what));
}

/// A film opened for reading one video track.
class Film {
public:
    static Result<Film> open(const std::filesystem::path& path) {
        Film film;
        AVFormatContext* format = nullptr;
        if (avformat_open_input(&format, path.c_str(), nullptr, nullptr) < 0) {
            return unreadable(path, "cannot be opened as a video");
        }
        film.format_.reset(format);
        const AVCodec* codec = nullptr;
        if (avformat_find_stream_info(format, nullptr) < 0) {
            return unreadable(path, "has no readable streams");
        }
        film.stream_ = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, &codec, 0);
        if (film.stream_ < 0 || codec == nullptr) {
            return unreadable(path, "has no video that can be decoded");
        }
        film.codec_.reset(avcodec_alloc_context3(codec));
        const AVStream* stream = format->streams[film.stream_];
        if (film.codec_ == nullptr ||
            avcodec_parameters_to_context(film.codec_.get(), stream->codecpar) < 0 ||
            avcodec_open2(film.codec_.get(), codec, nullptr) < 0) {
            return unreadable(path, "its decoder cannot be opened");
        }
        film.packet_.reset(av_packet_alloc());
        return film;
    }

    /// The next picture; null at the end.
    media::AvFramePtr next() {
        media::AvFramePtr picture(av_frame_alloc());
        while (avcodec_receive_frame(codec_.get(), picture.get()) != 0) {
            if (is_drained_) {
                return nullptr;
            }
            feed();
        }
        return picture;
    }

private:
    void feed() {
        if (av_read_frame(format_.get(), packet_.get()) < 0) {
            avcodec_send_packet(codec_.get(), nullptr);
            is_drained_ = is_flushing_;
            is_flushing_ = true;
            return;
        }
        if (packet_->stream_index == stream_) {
            avcodec_send_packet(codec_.get(), packet_.get());
        }
        av_packet_unref(packet_.get());
    }

    FormatPtr format_;
    media::CodecContextPtr codec_;
    media::PacketPtr packet_;
    int stream_ = -1;
    bool is_flushing_ = false;
    bool is_drained_ = false;
};

}  // namespace

Result<std::map<int, Frame>> read_video_frames(
    const std::filesystem::path& path, const std::set<int>& wanted
) {
    BONGSU_ASSIGN(Film film, Film::open(path));
    media::PictureConverter converter;
    std::map<int, Frame> frames;
    for (int number = 0; frames.size() < wanted.size(); ++number) {
        media::AvFramePtr picture = film.next();
        if (picture == nullptr) {
            break;
        }
        if (wanted.contains(number)) {
            BONGSU_ASSIGN(frames[number], converter.convert(std::move(picture)));
        }
    }
    return frames;
}

}  // namespace bongsu::eval
