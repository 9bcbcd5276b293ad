// Streams of IP cameras over RTSP 1.0 (RFC 2326).
#include "ingest/registry.hpp"
#include "ingest/rtsp/session.hpp"

#include <memory>
#include <utility>

namespace bongsu::ingest::rtsp {
namespace {

class RtspSource final : public Source {
public:
    explicit RtspSource(std::shared_ptr<Session> session) : session_(std::move(session)) {
        session_->start();
    }

    ~RtspSource() override { session_->stop().wait(); }

    RtspSource(const RtspSource&) = delete;
    RtspSource& operator=(const RtspSource&) = delete;

    StreamStatistics statistics() const override { return session_->statistics(); }

    void set_read_interval(Duration interval) override { session_->set_read_interval(interval); }

private:
    std::shared_ptr<Session> session_;
};

Result<std::unique_ptr<Source>> make_source(
    SourceParams params, SourceListener& listener, SourceContext& context
) {
    BONGSU_ASSIGN(RtspSettings settings, RtspSettings::from(params.url, params.settings));
    return std::make_unique<RtspSource>(
        std::make_shared<Session>(std::move(params), std::move(settings), listener, context)
    );
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add({
        .name = "rtsp",
        .help = "An IP camera or recorder that is reached by an rtsp:// URL.",
        .schema = RtspSettings::schema(),
        .make = make_source,
    });
}

}  // namespace bongsu::ingest::rtsp
