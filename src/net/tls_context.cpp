#include "net/tls_context.hpp"

#include <openssl/ssl.h>

namespace bongsu::net {
namespace {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";  // of TLS 1.2; all of 1.3 are good

std::unexpected<Error> file_error(const std::filesystem::path& path, const error_code& code) {
    return fail(
        ErrorKind::InvalidArgument, "TLS cannot use " + path.string() + ": " + code.message()
    );
}

TlsContext make_context(ssl::context::method method) {
    auto context = std::make_unique<ssl::context>(method);
    ::SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    ::SSL_CTX_set_cipher_list(context->native_handle(), kCiphers);
    ::SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);
    return context;
}

}  // namespace

Result<TlsContext> make_server_tls(const TlsFiles& files) {
    TlsContext context = make_context(ssl::context::tls_server);
    ::SSL_CTX_set_options(
        context->native_handle(),
        SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
            SSL_OP_PRIORITIZE_CHACHA
    );
    error_code code;
    context->use_certificate_chain_file(files.certificate.string(), code);
    if (code) {
        return file_error(files.certificate, code);
    }
    context->use_private_key_file(files.key.string(), ssl::context::pem, code);
    if (code) {
        return file_error(files.key, code);
    }
    if (::SSL_CTX_check_private_key(context->native_handle()) != 1) {
        return fail(
            ErrorKind::InvalidArgument,
            files.key.string() + " is not the key of " + files.certificate.string()
        );
    }
    return context;
}

Result<TlsContext> make_client_tls(bool verifies) {
    TlsContext context = make_context(ssl::context::tls_client);
    if (!verifies) {
        context->set_verify_mode(ssl::verify_none);
        return context;
    }
    error_code code;
    context->set_default_verify_paths(code);
    if (code) {
        return fail(
            ErrorKind::Unavailable, "the system's certificates cannot be read: " + code.message()
        );
    }
    context->set_verify_mode(ssl::verify_peer);
    return context;
}

}  // namespace bongsu::net
