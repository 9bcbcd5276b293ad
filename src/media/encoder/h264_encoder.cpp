#include "media/encoder/h264_encoder.hpp"

#include "media/nal/decoder_config.hpp"
#include "media/nal/nal_unit.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include <wels/codec_api.h>

namespace bongsu::media {
namespace {

constexpr int kSmallestSide = 16;
constexpr std::int64_t kMostPixels = 3'840LL * 2'160;  // level 5.2 has hardly more (table A-1)
constexpr float kNominalRate = 30;                     // only sizes buffers: no rate is controlled
constexpr long long kPictureMs = 33;                   // the same

struct EncoderDeleter {
    void operator()(ISVCEncoder* encoder) const {
        encoder->Uninitialize();
        WelsDestroySVCEncoder(encoder);
    }
};

using EncoderPtr = std::unique_ptr<ISVCEncoder, EncoderDeleter>;

struct Shape {
    int width = 0;
    int height = 0;
    bool is_full_range = false;

    bool operator==(const Shape&) const = default;
};

Shape shape_of(const Frame& frame) {
    return {frame.width & ~1, frame.height & ~1, frame.is_full_range};
}

SEncParamExt settings_for(ISVCEncoder& encoder, const Shape& shape, int quantiser) {
    SEncParamExt settings;
    encoder.GetDefaultParams(&settings);
    settings.iUsageType = CAMERA_VIDEO_REAL_TIME;
    settings.iPicWidth = shape.width;
    settings.iPicHeight = shape.height;
    settings.fMaxFrameRate = kNominalRate;
    settings.iRCMode = RC_OFF_MODE;
    settings.bEnableFrameSkip = false;
    settings.uiIntraPeriod = 0;  // key pictures where the source has them
    settings.iNumRefFrame = 1;
    settings.eSpsPpsIdStrategy = CONSTANT_ID;
    settings.iMultipleThreadIdc = 1;
    settings.iComplexityMode = LOW_COMPLEXITY;
    settings.bEnableSceneChangeDetect = false;
    settings.bEnableAdaptiveQuant = false;
    settings.bEnableLongTermReference = false;
    SSpatialLayerConfig& layer = settings.sSpatialLayers[0];
    layer.iVideoWidth = shape.width;
    layer.iVideoHeight = shape.height;
    layer.fFrameRate = kNominalRate;
    layer.iDLayerQp = quantiser;
    layer.uiProfileIdc = PRO_BASELINE;
    layer.sSliceArgument.uiSliceMode = SM_SINGLE_SLICE;
    layer.bVideoSignalTypePresent = shape.is_full_range;
    layer.bFullRange = shape.is_full_range;
    constexpr unsigned char kUnspecified = 5;  // video_format, table E-2
    layer.uiVideoFormat = kUnspecified;
    return settings;
}

Result<EncoderPtr> open(const Shape& shape, int quantiser) {
    const auto pixels = static_cast<std::int64_t>(shape.width) * shape.height;
    if (std::min(shape.width, shape.height) < kSmallestSide || pixels > kMostPixels) {
        return fail(
            ErrorKind::Unsupported,
            "pictures of " + std::to_string(shape.width) + "x" + std::to_string(shape.height) +
                " cannot be encoded; shrink them to at most 3840x2160"
        );
    }
    ISVCEncoder* made = nullptr;
    if (WelsCreateSVCEncoder(&made) != 0 || made == nullptr) {
        return fail(ErrorKind::Internal, "OpenH264 gives no encoder");
    }
    EncoderPtr encoder(made);
    int quiet = WELS_LOG_QUIET;
    encoder->SetOption(ENCODER_OPTION_TRACE_LEVEL, &quiet);
    const SEncParamExt settings = settings_for(*encoder, shape, quantiser);
    if (const int code = encoder->InitializeExt(&settings); code != cmResultSuccess) {
        return fail(ErrorKind::Internal, "OpenH264 refuses its settings: " + std::to_string(code));
    }
    return encoder;
}

}  // namespace

struct H264Encoder::Impl {
    int quantiser;
    EncoderPtr encoder;
    Shape shape;
    long long time_ms = 0;
    std::shared_ptr<const CodecParameters> parameters;

    explicit Impl(int quantiser_in) : quantiser(quantiser_in) {}

    Result<EncodedPicture> encode(const Frame& frame, bool is_key);
    Result<EncodedPicture> take(const SFrameBSInfo& output);
    Status take_parameters(const ParameterSets& sets);
};

Result<EncodedPicture> H264Encoder::Impl::encode(const Frame& frame, bool is_key) {
    if (!encoder || shape != shape_of(frame)) {
        encoder.reset();
        BONGSU_ASSIGN(encoder, open(shape_of(frame), quantiser));
        shape = shape_of(frame);
        parameters = nullptr;
        is_key = true;
    }
    if (is_key) {
        encoder->ForceIntraFrame(true);
    }
    SSourcePicture picture{};
    picture.iColorFormat = videoFormatI420;
    picture.iPicWidth = shape.width;
    picture.iPicHeight = shape.height;
    picture.uiTimeStamp = time_ms += kPictureMs;
    for (std::size_t i = 0; i < frame.planes.size(); ++i) {
        picture.iStride[i] = frame.planes[i].stride;
        // For the library's C signature; it does not write.
        picture.pData[i] = const_cast<unsigned char*>(frame.planes[i].data);
    }
    SFrameBSInfo output{};
    if (const int code = encoder->EncodeFrame(&picture, &output); code != cmResultSuccess) {
        encoder.reset();
        return fail(ErrorKind::Internal, "OpenH264 failed: " + std::to_string(code));
    }
    return take(output);
}

Result<EncodedPicture> H264Encoder::Impl::take(const SFrameBSInfo& output) {
    EncodedPicture made;
    made.is_key = output.eFrameType == videoFrameTypeIDR;
    ParameterSets sets;
    for (int i = 0; i < output.iLayerNum; ++i) {
        const SLayerBSInfo& layer = output.sLayerInfo[i];
        const auto* lengths = layer.pNalLengthInByte;
        const auto size =
            static_cast<std::size_t>(std::accumulate(lengths, lengths + layer.iNalCount, 0));
        AnnexBReader nals(Bytes(layer.pBsBuf, size));
        while (const auto nal = nals.next()) {
            if (is_parameter_set(kind_of(Codec::H264, *nal))) {
                add_parameter_set(sets, Codec::H264, *nal);
            } else {
                append_length_prefixed(made.bytes, *nal);
            }
        }
    }
    if (made.is_key) {
        BONGSU_TRY(take_parameters(sets));
    }
    if (made.bytes.empty() || !parameters) {
        return fail(ErrorKind::Internal, "OpenH264 gave no picture");
    }
    made.parameters = parameters;
    return made;
}

Status H264Encoder::Impl::take_parameters(const ParameterSets& sets) {
    BONGSU_ASSIGN(CodecParameters now, make_codec_parameters(Codec::H264, sets));
    if (!parameters || parameters->decoder_config != now.decoder_config) {
        parameters = std::make_shared<const CodecParameters>(std::move(now));
    }
    return {};
}

H264Encoder::H264Encoder(int quantiser) : impl_(std::make_unique<Impl>(quantiser)) {}

H264Encoder::~H264Encoder() = default;
H264Encoder::H264Encoder(H264Encoder&&) noexcept = default;
H264Encoder& H264Encoder::operator=(H264Encoder&&) noexcept = default;

Result<EncodedPicture> H264Encoder::encode(const Frame& frame, bool is_key) {
    return impl_->encode(frame, is_key);
}

}  // namespace bongsu::media
