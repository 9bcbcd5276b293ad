#include "net/http_server.hpp"
#include "net/request_origin.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>
#include <tuple>

#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bongsu::net {
namespace {

constexpr long kTenYears = 10L * 365 * 24 * 3600;

template <auto Free>
struct Freer {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};

using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>>;

std::unexpected<Error> write_error(const std::filesystem::path& path) {
    const auto kind = errno == EACCES ? ErrorKind::PermissionDenied : ErrorKind::Unavailable;
    return fail(
        kind, "cannot write " + path.string() + ": " + std::generic_category().message(errno)
    );
}

/// "DNS:a.example,IP:192.0.2.1" (RFC 5280 4.2.1.6). InvalidArgument for a name that could add
/// entries of its own.
Result<std::string> alternative_names(const std::vector<std::string>& hosts) {
    std::string names;
    for (const std::string& host : hosts) {
        if (host.empty() || host.find_first_of(",: \t\r\n\\@") != std::string::npos) {
            if (usual_address(host).empty()) {
                return fail(ErrorKind::InvalidArgument, "'" + host + "' is no host name");
            }
        }
        const bool is_address = !usual_address(host).empty();
        names += (names.empty() ? "" : ",") + std::string(is_address ? "IP:" : "DNS:") + host;
    }
    return names;
}

bool add_extension(X509* certificate, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

Result<Certificate> make_certificate(EVP_PKEY* key, const std::vector<std::string>& hosts) {
    BONGSU_ASSIGN(const std::string names, alternative_names(hosts));
    Certificate certificate(X509_new());
    std::array<unsigned char, 16> serial{};
    RAND_bytes(serial.data(), static_cast<int>(serial.size()));
    serial[0] &= 0x7FU;  // a serial number is positive
    BIGNUM* number = BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr);
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate.get()));
    BN_free(number);
    X509_set_version(certificate.get(), X509_VERSION_3);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -24L * 3600);  // clocks differ
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kTenYears);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(
        name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>("Bongsu"), -1, -1, 0
    );
    X509_set_issuer_name(certificate.get(), name);
    const bool is_extended =
        add_extension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE") &&
        add_extension(certificate.get(), NID_key_usage, "critical,digitalSignature") &&
        add_extension(certificate.get(), NID_ext_key_usage, "serverAuth") &&
        (names.empty() || add_extension(certificate.get(), NID_subject_alt_name, names));
    if (!is_extended || X509_sign(certificate.get(), key, EVP_sha256()) == 0) {
        return fail(ErrorKind::Internal, "the certificate could not be made");
    }
    return certificate;
}

/// Writes a PEM file with these rights, through a second name so that no half file is ever there.
template <class Write>
Status write_pem(const std::filesystem::path& path, mode_t rights, const Write& write) {
    const std::string partial = path.string() + ".part";
    ::unlink(partial.c_str());
    const int fd = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, rights);
    FILE* file = fd < 0 ? nullptr : ::fdopen(fd, "w");
    if (file == nullptr) {
        return write_error(path);
    }
    const bool is_written = write(file) == 1 && std::fflush(file) == 0 && ::fsync(fd) == 0;
    std::fclose(file);
    if (!is_written || ::rename(partial.c_str(), path.c_str()) != 0) {
        return write_error(path);
    }
    return {};
}

}  // namespace

Status ensure_self_signed(const TlsFiles& files, const std::vector<std::string>& hosts) {
    std::error_code code;
    const bool has_certificate = std::filesystem::exists(files.certificate, code);
    const bool has_key = std::filesystem::exists(files.key, code);
    if (has_certificate && has_key) {
        return {};
    }
    if (has_certificate || has_key) {  // somebody's own: making a pair would overwrite it
        const auto& [there, missing] = has_key ? std::tie(files.key, files.certificate)
                                               : std::tie(files.certificate, files.key);
        return fail(
            ErrorKind::FailedPrecondition,
            there.string() + " is there but " + missing.string() +
                " is missing; put it back, or remove both to have a new pair made"
        );
    }
    for (const auto& path : {files.certificate, files.key}) {
        if (path.has_parent_path()) {
            std::filesystem::create_directories(path.parent_path(), code);
        }
    }
    const Key key(EVP_EC_gen("P-256"));
    if (!key) {
        return fail(ErrorKind::Internal, "OpenSSL could not make a P-256 key");
    }
    BONGSU_ASSIGN(const Certificate certificate, make_certificate(key.get(), hosts));
    BONGSU_TRY(write_pem(files.key, 0600, [&](FILE* file) {
        return PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    }));
    return write_pem(files.certificate, 0644, [&](FILE* file) {
        return PEM_write_X509(file, certificate.get());
    });
}

}  // namespace bongsu::net
