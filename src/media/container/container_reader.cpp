#include "media/container/container_reader.hpp"

#include "media/nal/decoder_config.hpp"
#include "media/nal/nal_unit.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <deque>
#include <limits>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace bongsu::media {

namespace {

constexpr AVRational kVideoClock{1, 90'000};
constexpr int kDefaultFrameRate = 25;
constexpr std::size_t kMaxUnit = 32U << 20U;  // bytes; no camera makes a larger picture
constexpr int kLearnUnits = 300;              // how far to look for parameter sets in the stream

struct FormatDeleter {
    void operator()(AVFormatContext* format) const { avformat_close_input(&format); }
};

struct PacketDeleter {
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};

using FormatPtr = std::unique_ptr<AVFormatContext, FormatDeleter>;
using PacketPtr = std::unique_ptr<AVPacket, PacketDeleter>;

std::string reason_of_av(int code) {
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(code, text.data(), text.size());
    return text.data();
}

Error open_error(const std::string& path, int code) {
    const std::string text = "cannot read the video file " + path + ": " + reason_of_av(code);
    if (code == AVERROR(ENOENT)) {
        return {ErrorKind::NotFound, text + "; check the path", nullptr};
    }
    if (code == AVERROR(EACCES)) {
        return {ErrorKind::PermissionDenied, text, nullptr};
    }
    return {
        ErrorKind::Corrupt, text + "; it is not an MP4, MKV, AVI, TS or raw video file", nullptr
    };
}

std::optional<Codec> codec_of(const AVStream& stream) {
    switch (stream.codecpar->codec_id) {
        case AV_CODEC_ID_H264:
            return Codec::H264;
        case AV_CODEC_ID_HEVC:
            return Codec::H265;
        default:
            return std::nullopt;
    }
}

Result<FormatPtr> open_format(const std::string& path) {
    AVFormatContext* raw = nullptr;
    // Only files: a name such as "http:..." must not make the program talk to the network.
    const std::string url = "file:" + path;
    if (const int code = avformat_open_input(&raw, url.c_str(), nullptr, nullptr); code < 0) {
        return fail(open_error(path, code));
    }
    FormatPtr format(raw);
    if (const int code = avformat_find_stream_info(raw, nullptr); code < 0) {
        return fail(open_error(path, code));
    }
    return format;
}

Result<AVStream*> find_video(const AVFormatContext& format, const std::string& path) {
    std::string found;
    for (unsigned i = 0; i < format.nb_streams; ++i) {
        AVStream* stream = format.streams[i];
        if (stream->codecpar->codec_type != AVMEDIA_TYPE_VIDEO) {
            continue;
        }
        if (codec_of(*stream)) {
            return stream;
        }
        found = avcodec_get_name(stream->codecpar->codec_id);
    }
    return fail(
        ErrorKind::Unsupported,
        path + (found.empty() ? " holds no video" : " holds " + found + " video") +
            "; only H.264 and H.265 are handled, convert it with: ffmpeg -i IN -an -c:v libx264 " +
            "-bf 0 -g 50 OUT.mp4"
    );
}

std::int64_t frame_ticks(const AVStream& stream) {
    AVRational rate = stream.avg_frame_rate;
    if (rate.num <= 0 || rate.den <= 0) {
        rate = {kDefaultFrameRate, 1};
    }
    return std::max<std::int64_t>(1, av_rescale(kVideoClock.den, rate.den, rate.num));
}

}  // namespace

struct ContainerReader::Impl {
    std::string path;
    FormatPtr format;
    AVStream* stream = nullptr;
    PacketPtr packet{av_packet_alloc()};
    Codec codec = Codec::H264;
    unsigned length_size = 0;  // 0: start codes
    std::int64_t ticks_per_frame = 0;
    std::optional<std::int64_t> origin;
    std::int64_t last_decode_time = -1;
    std::shared_ptr<const CodecParameters> parameters;
    std::deque<ContainerUnit> read_ahead;

    Status learn_parameters();
    Status learn_in_band();
    Result<std::optional<ContainerUnit>> read_unit();
    Result<ContainerUnit> convert();
    Result<std::vector<std::uint8_t>> repack(Bytes bytes) const;
    void put_times(ContainerUnit& unit);
};

/// From the file's header where it has one, else from the first pictures.
Status ContainerReader::Impl::learn_parameters() {
    const AVCodecParameters& par = *stream->codecpar;
    const Bytes record(par.extradata, static_cast<std::size_t>(std::max(par.extradata_size, 0)));
    if (record.empty() || record[0] != 1) {  // configurationVersion of avcC and hvcC
        return learn_in_band();
    }
    BONGSU_ASSIGN(length_size, nal_length_size(codec, record));
    BONGSU_ASSIGN(const ParameterSets sets, read_decoder_config(codec, record));
    if (!sets.is_complete(codec)) {
        return learn_in_band();
    }
    BONGSU_ASSIGN(CodecParameters made, make_codec_parameters(codec, sets));
    parameters = std::make_shared<const CodecParameters>(std::move(made));
    return {};
}

Status ContainerReader::Impl::learn_in_band() {
    ParameterSets sets;
    if (length_size == 0) {
        const AVCodecParameters& par = *stream->codecpar;
        AnnexBReader header(Bytes(par.extradata, static_cast<std::size_t>(par.extradata_size)));
        while (const auto nal = header.next()) {
            add_parameter_set(sets, codec, *nal);
        }
    }
    for (int i = 0; i < kLearnUnits && !sets.is_complete(codec); ++i) {
        BONGSU_ASSIGN(auto unit, read_unit());
        if (!unit) {
            break;
        }
        LengthPrefixedReader nals(*unit->bytes);
        while (const auto nal = nals.next()) {
            add_parameter_set(sets, codec, *nal);
        }
        read_ahead.push_back(*std::move(unit));
    }
    auto made = make_codec_parameters(codec, sets);
    if (!made) {
        return fail(made.error().within(path + ": no usable parameter sets (SPS, PPS)"));
    }
    parameters = std::make_shared<const CodecParameters>(*std::move(made));
    return {};
}

/// To 4-byte lengths, whatever the file uses.
Result<std::vector<std::uint8_t>> ContainerReader::Impl::repack(Bytes bytes) const {
    std::vector<std::uint8_t> out;
    out.reserve(bytes.size() + 64);
    if (length_size == 0) {
        AnnexBReader nals(bytes);
        while (const auto nal = nals.next()) {
            append_length_prefixed(out, *nal);
        }
        return out;
    }
    LengthPrefixedReader nals(bytes, length_size);
    while (const auto nal = nals.next()) {
        append_length_prefixed(out, *nal);
    }
    if (nals.is_broken()) {
        return fail(ErrorKind::Corrupt, path + ": a NAL unit runs past the end of its picture");
    }
    return out;
}

void ContainerReader::Impl::put_times(ContainerUnit& unit) {
    const auto to_ticks = [this](std::int64_t t) {
        return av_rescale_q(t, stream->time_base, kVideoClock);
    };
    const std::int64_t next = last_decode_time + ticks_per_frame;
    std::int64_t decode = origin ? next + *origin : 0;
    if (packet->dts != AV_NOPTS_VALUE) {
        decode = to_ticks(packet->dts);
    } else if (packet->pts != AV_NOPTS_VALUE) {
        decode = to_ticks(packet->pts);
    }
    if (!origin) {
        origin = decode;
    }
    const std::int64_t present =
        packet->pts != AV_NOPTS_VALUE ? to_ticks(packet->pts) - *origin : decode - *origin;
    unit.decode_time = std::max(decode - *origin, last_decode_time + 1);
    unit.media_time = packet->pts != AV_NOPTS_VALUE ? present : unit.decode_time;
    last_decode_time = unit.decode_time;
}

Result<ContainerUnit> ContainerReader::Impl::convert() {
    const Bytes bytes(packet->data, static_cast<std::size_t>(std::max(packet->size, 0)));
    if (bytes.size() > kMaxUnit) {
        return fail(
            ErrorKind::Corrupt,
            path + ": a picture of " + std::to_string(bytes.size()) +
                " bytes is larger than any camera makes"
        );
    }
    BONGSU_ASSIGN(std::vector<std::uint8_t> repacked, repack(bytes));
    ContainerUnit unit;
    unit.is_key = is_key(codec, repacked);
    unit.bytes = std::make_shared<const std::vector<std::uint8_t>>(std::move(repacked));
    return unit;
}

Result<std::optional<ContainerUnit>> ContainerReader::Impl::read_unit() {
    while (true) {
        av_packet_unref(packet.get());
        const int code = av_read_frame(format.get(), packet.get());
        if (code == AVERROR_EOF) {
            return std::nullopt;
        }
        if (code < 0) {
            return fail(
                ErrorKind::Corrupt, path + " cannot be read further: " + reason_of_av(code)
            );
        }
        if (packet->stream_index != stream->index) {
            continue;
        }
        BONGSU_ASSIGN(ContainerUnit unit, convert());
        if (unit.bytes->empty()) {
            continue;
        }
        put_times(unit);
        return unit;
    }
}

ContainerReader::ContainerReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

ContainerReader::~ContainerReader() = default;
ContainerReader::ContainerReader(ContainerReader&&) noexcept = default;
ContainerReader& ContainerReader::operator=(ContainerReader&&) noexcept = default;

Result<ContainerReader> ContainerReader::open(const std::string& path) {
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    BONGSU_ASSIGN(impl->format, open_format(path));
    BONGSU_ASSIGN(impl->stream, find_video(*impl->format, path));
    impl->codec = *codec_of(*impl->stream);
    impl->ticks_per_frame = frame_ticks(*impl->stream);
    BONGSU_TRY(impl->learn_parameters());
    return ContainerReader(std::move(impl));
}

const std::shared_ptr<const CodecParameters>& ContainerReader::parameters() const {
    return impl_->parameters;
}

Result<std::optional<ContainerUnit>> ContainerReader::next() {
    if (!impl_->read_ahead.empty()) {
        ContainerUnit unit = std::move(impl_->read_ahead.front());
        impl_->read_ahead.pop_front();
        return unit;
    }
    return impl_->read_unit();
}

}  // namespace bongsu::media
