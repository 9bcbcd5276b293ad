#include "ingest/file/decoded_file.hpp"

#include "media/decoder/libav_handles.hpp"
#include "media/decoder/picture_converter.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

extern "C" {
#include <libavformat/avformat.h>
}

namespace bongsu::ingest::file {
namespace {

constexpr AVRational kMicroseconds{1, 1'000'000};
constexpr int kMaxBrokenPackets = 100;  // in a row; a damaged file may hold a few

struct CloseFormat {
    void operator()(AVFormatContext* format) const { avformat_close_input(&format); }
};

std::string av_message(int code) {
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(code, text.data(), text.size());
    return text.data();
}

}  // namespace

struct DecodedFile::Impl {
    std::string path;
    std::unique_ptr<AVFormatContext, CloseFormat> format;
    const AVStream* stream = nullptr;
    media::PacketPtr packet{av_packet_alloc()};
    media::CodecContextPtr decoder;
    media::PictureConverter converter;
    bool is_draining = false;
    std::size_t coded_bytes = 0;
    std::optional<std::int64_t> first_pts;
    std::optional<Duration> last_time;

    Status open_decoder();
    Result<bool> read_packet();
    Result<media::AvFramePtr> receive();
    Duration frame_duration() const;
    Duration time_of(std::int64_t pts);
};

Status DecodedFile::Impl::open_decoder() {
    const AVCodec* found = avcodec_find_decoder(stream->codecpar->codec_id);
    if (found != nullptr) {
        decoder.reset(avcodec_alloc_context3(found));
        decoder->thread_count = 1;
        decoder->pkt_timebase = stream->time_base;
    }
    if (!decoder || avcodec_parameters_to_context(decoder.get(), stream->codecpar) < 0 ||
        avcodec_open2(decoder.get(), found, nullptr) < 0) {
        return fail(
            ErrorKind::Unsupported,
            fmt::format(
                "'{}' is coded as {}, which cannot be decoded here",
                path,
                avcodec_get_name(stream->codecpar->codec_id)
            )
        );
    }
    return {};
}

/// The next packet of the video; false at the end.
Result<bool> DecodedFile::Impl::read_packet() {
    for (int broken = 0; broken < kMaxBrokenPackets;) {
        av_packet_unref(packet.get());
        const int code = av_read_frame(format.get(), packet.get());
        if (code == AVERROR_EOF) {
            return false;
        }
        broken += code < 0 ? 1 : 0;
        if (code >= 0 && packet->stream_index == stream->index && packet->size > 0) {
            return true;
        }
    }
    return fail(
        ErrorKind::Corrupt, fmt::format("'{}' is damaged: no more video can be read", path)
    );
}

/// Null when the decoder wants more or is at its end.
Result<media::AvFramePtr> DecodedFile::Impl::receive() {
    media::AvFramePtr picture(av_frame_alloc());
    const int code = avcodec_receive_frame(decoder.get(), picture.get());
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) {
        return nullptr;
    }
    if (code < 0) {
        return fail(
            ErrorKind::Corrupt, fmt::format("'{}' cannot be decoded: {}", path, av_message(code))
        );
    }
    return picture;
}

Duration DecodedFile::Impl::frame_duration() const {
    const AVRational rate = stream->avg_frame_rate;
    return rate.num > 0 && rate.den > 0 ? Duration{1'000'000LL * rate.den / rate.num}
                                        : Duration{40'000};
}

/// Pictures without a time follow each other at the frame rate.
Duration DecodedFile::Impl::time_of(std::int64_t pts) {
    if (pts != AV_NOPTS_VALUE) {
        first_pts = first_pts.value_or(pts);
        last_time = Duration{av_rescale_q(pts - *first_pts, stream->time_base, kMicroseconds)};
    } else {
        last_time = last_time ? *last_time + frame_duration() : Duration::zero();
    }
    return *last_time;
}

DecodedFile::DecodedFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

DecodedFile::~DecodedFile() = default;
DecodedFile::DecodedFile(DecodedFile&&) noexcept = default;
DecodedFile& DecodedFile::operator=(DecodedFile&&) noexcept = default;

Result<DecodedFile> DecodedFile::open(const std::string& path) {
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    AVFormatContext* format = nullptr;
    const int code = avformat_open_input(&format, path.c_str(), nullptr, nullptr);
    impl->format.reset(format);
    if (code < 0 || avformat_find_stream_info(format, nullptr) < 0) {
        return fail(
            code == AVERROR(ENOENT) ? ErrorKind::NotFound : ErrorKind::Corrupt,
            fmt::format("'{}' cannot be read as a video file: {}", path, av_message(code))
        );
    }
    const int index = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (index < 0) {
        return fail(ErrorKind::Unsupported, fmt::format("'{}' holds no video", path));
    }
    impl->stream = format->streams[index];
    BONGSU_TRY(impl->open_decoder());
    return DecodedFile(std::move(impl));
}

std::string DecodedFile::codec_name() const {
    return avcodec_get_name(impl_->stream->codecpar->codec_id);
}

Result<std::optional<DecodedFile::Picture>> DecodedFile::next() {
    Impl& self = *impl_;
    while (true) {
        BONGSU_ASSIGN(media::AvFramePtr picture, self.receive());
        if (picture) {
            const Duration time = self.time_of(picture->best_effort_timestamp);
            BONGSU_ASSIGN(Frame frame, self.converter.convert(std::move(picture)));
            return Picture{
                .time = time,
                .frame = std::move(frame),
                .coded_bytes = std::exchange(self.coded_bytes, 0),
            };
        }
        if (self.is_draining) {
            return std::nullopt;
        }
        BONGSU_ASSIGN(const bool has_packet, self.read_packet());
        self.is_draining = !has_packet;
        // A packet that the decoder refuses is skipped, as players do.
        avcodec_send_packet(self.decoder.get(), has_packet ? self.packet.get() : nullptr);
        self.coded_bytes += has_packet ? static_cast<std::size_t>(self.packet->size) : 0;
    }
}

}  // namespace bongsu::ingest::file
