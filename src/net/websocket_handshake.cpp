#include "net/websocket_handshake.hpp"

#include "net/http_text.hpp"

#include <algorithm>
#include <array>

#include <openssl/evp.h>
#include <openssl/rand.h>

namespace bongsu::net {
namespace {

std::string base64(const unsigned char* bytes, std::size_t size) {
    std::string text((size + 2) / 3 * 4 + 1, '\0');  // OpenSSL ends it with a zero
    const int length = EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(text.data()), bytes, static_cast<int>(size)
    );
    text.resize(static_cast<std::size_t>(length));
    return text;
}

/// 16 bytes in base64.
bool is_websocket_key(std::string_view key) {
    constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return key.size() == 24 && key.ends_with("==") &&
           std::ranges::all_of(key.substr(0, 22), [&](char c) { return kAlphabet.contains(c); });
}

}  // namespace

std::optional<Refusal> check_websocket_request(const HttpRequest& request) {
    const std::string* version = request.header("sec-websocket-version");
    const std::string* key = request.header("sec-websocket-key");
    if (request.method != "GET" || !request.body.empty()) {
        return Refusal{400, "upgrade", "a WebSocket begins with GET without a body"};
    }
    if (version == nullptr || *version != "13") {
        return Refusal{426, "upgrade", "Sec-WebSocket-Version must be 13"};
    }
    if (key == nullptr || !is_websocket_key(*key)) {
        return Refusal{400, "upgrade", "Sec-WebSocket-Key must be 16 bytes in base64"};
    }
    return std::nullopt;
}

std::string websocket_accept(std::string_view key) {
    const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr);
    return base64(digest.data(), size);
}

std::string make_websocket_key() {
    std::array<unsigned char, 16> bytes{};
    RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
    return base64(bytes.data(), bytes.size());
}

std::string write_upgrade_head(std::string_view key) {
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Accept: " +
           websocket_accept(key) + "\r\n\r\n";
}

}  // namespace bongsu::net
