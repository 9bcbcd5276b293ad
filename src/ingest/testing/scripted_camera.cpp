#include "ingest/testing/scripted_camera.hpp"

#include "media/rtsp/reader.hpp"

#include <array>
#include <cstring>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bongsu::ingest::testing {

CameraEnd::~CameraEnd() {
    ::close(socket_);
}

std::optional<media::RtspRequest> CameraEnd::read() {
    media::RtspReader reader;
    reader.expect_channels({0, 1});  // receiver reports come between requests
    while (true) {
        const Bytes bytes(reinterpret_cast<const std::uint8_t*>(buffer_.data()), buffer_.size());
        auto step = reader.step(bytes);
        if (!step) {
            return std::nullopt;
        }
        std::optional<media::RtspRequest> request;
        if (step->item) {
            if (auto* found = std::get_if<media::RtspRequest>(&*step->item)) {
                request = std::move(*found);
            }
        }
        buffer_.erase(0, step->consumed);
        if (request) {
            return request;
        }
        if (step->consumed > 0) {
            continue;
        }
        std::array<char, 4096> piece{};
        const auto count = ::recv(socket_, piece.data(), piece.size(), 0);
        if (count <= 0) {
            return std::nullopt;
        }
        buffer_.append(piece.data(), static_cast<std::size_t>(count));
    }
}

void CameraEnd::reply(
    const media::RtspRequest& request,
    int status,
    const media::RtspHeaders& headers,
    const std::string& body
) {
    media::RtspResponse response{.status = status, .reason = {}, .headers = {}, .body = body};
    response.headers.add("CSeq", std::to_string(request.headers.cseq().value_or(0)));
    for (const auto& [name, value] : headers.all()) {
        response.headers.add(name, value);
    }
    send(media::write_response(response));
}

void CameraEnd::send(const std::string& bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const auto count = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) {
            return;
        }
        sent += static_cast<std::size_t>(count);
    }
}

void CameraEnd::reset() {
    const linger abort_on_close{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &abort_on_close, sizeof(abort_on_close));
}

struct ScriptedCamera::Impl {
    int listener = -1;
    std::atomic<int> current{-1};
    std::atomic<bool> is_stopping{false};
    std::thread thread;
};

ScriptedCamera::ScriptedCamera(Script script) : impl_(std::make_unique<Impl>()) {
    impl_->listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    ::bind(impl_->listener, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(impl_->listener, 16);
    ::getsockname(impl_->listener, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    impl_->thread = std::thread([this, script = std::move(script)] {
        while (!impl_->is_stopping) {
            const int socket = ::accept(impl_->listener, nullptr, nullptr);
            if (socket < 0) {
                return;
            }
            impl_->current = socket;
            CameraEnd end(socket);
            script(end, ++connections_);
            impl_->current = -1;
        }
    });
}

ScriptedCamera::~ScriptedCamera() {
    impl_->is_stopping = true;
    ::shutdown(impl_->listener, SHUT_RDWR);
    if (const int socket = impl_->current; socket >= 0) {
        ::shutdown(socket, SHUT_RDWR);
    }
    impl_->thread.join();
    ::close(impl_->listener);
}

std::string ScriptedCamera::url(const std::string& path, const std::string& login) const {
    return "rtsp://" + (login.empty() ? "" : login + "@") + "127.0.0.1:" + std::to_string(port_) +
           path;
}

std::string h264_description() {
    return "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=scripted\r\nt=0 0\r\na=control:*\r\n"
           "m=audio 0 RTP/AVP 8\r\na=control:trackID=0\r\n"
           "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
           "a=fmtp:96 packetization-mode=1;"
           "sprop-parameter-sets=Z0LAKNoB4AiflwEQAAADABAAAAMDIPGDKg==,aM4PyA==\r\n"
           "a=control:trackID=1\r\n";
}

bool serve_until_play(CameraEnd& end, const std::string& description) {
    while (const auto request = end.read()) {
        media::RtspHeaders headers;
        std::string body;
        if (request->method == "OPTIONS") {
            headers.add("Public", "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN");
        } else if (request->method == "DESCRIBE") {
            headers.add("Content-Type", "application/sdp");
            body = description;
        } else if (request->method == "SETUP") {
            headers.add("Session", "4711;timeout=2");
            headers.add("Transport", "RTP/AVP/TCP;unicast;interleaved=0-1");
        } else if (request->method == "PLAY") {
            end.reply(*request, 200);
            return true;
        }
        end.reply(*request, 200, headers, body);
    }
    return false;
}

std::string picture_frames(int count, std::uint16_t first_sequence, std::uint32_t first_timestamp) {
    std::string out;
    for (int i = 0; i < count; ++i) {
        const std::string nal = i == 0 ? "\x65\x88key picture" : "\x41\x9aother picture";
        const unsigned sequence = static_cast<std::uint16_t>(first_sequence + i);
        const auto timestamp = first_timestamp + 3000U * static_cast<std::uint32_t>(i);
        const std::array<unsigned, 12> header = {
            0x80,
            0x80U | 96U,
            sequence >> 8U,
            sequence & 0xFFU,
            timestamp >> 24U,
            (timestamp >> 16U) & 0xFFU,
            (timestamp >> 8U) & 0xFFU,
            timestamp & 0xFFU,
            0,
            0,
            0,
            7,
        };
        out += '$';
        out += '\0';
        out += '\0';
        out += static_cast<char>(header.size() + nal.size());
        for (const unsigned byte : header) {
            out += static_cast<char>(byte);
        }
        out += nal;
    }
    return out;
}

}  // namespace bongsu::ingest::testing
