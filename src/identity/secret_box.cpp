#include "identity/secret_box.hpp"

#include "core/secret_file.hpp"

#include <vector>

#include <sodium.h>

namespace bongsu::identity {

Result<SecretBox> SecretBox::open(const std::filesystem::path& key_file) {
    static_assert(crypto_secretbox_KEYBYTES == 32);
    if (sodium_init() < 0) {
        return fail(ErrorKind::Internal, "libsodium does not start");
    }
    BONGSU_ASSIGN(const SecretKey key, read_or_make_key(key_file));
    return SecretBox(key);
}

std::string SecretBox::seal(const std::string& secret) const {
    std::vector<unsigned char> sealed(
        crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + secret.size()
    );
    randombytes_buf(sealed.data(), crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(
        sealed.data() + crypto_secretbox_NONCEBYTES,
        reinterpret_cast<const unsigned char*>(secret.data()),  // NOLINT(*-reinterpret-cast)
        secret.size(),
        sealed.data(),
        key_.data()
    );
    std::string text(sealed.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), sealed.data(), sealed.size());
    text.pop_back();
    return text;
}

Result<std::string> SecretBox::unseal(const std::string& sealed) const {
    const auto corrupt = [] {
        return fail(
            ErrorKind::Corrupt,
            "a stored secret cannot be opened: it was changed, or the key file is another one"
        );
    };
    std::vector<unsigned char> bytes(sealed.size() / 2);
    std::size_t length = 0;
    if (sodium_hex2bin(
            bytes.data(), bytes.size(), sealed.data(), sealed.size(), nullptr, &length, nullptr
        ) != 0 ||
        length != bytes.size() ||
        length < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) {
        return corrupt();
    }
    std::string secret(length - crypto_secretbox_NONCEBYTES - crypto_secretbox_MACBYTES, '\0');
    if (crypto_secretbox_open_easy(
            reinterpret_cast<unsigned char*>(secret.data()),  // NOLINT(*-reinterpret-cast)
            bytes.data() + crypto_secretbox_NONCEBYTES,
            length - crypto_secretbox_NONCEBYTES,
            bytes.data(),
            key_.data()
        ) != 0) {
        return corrupt();
    }
    return secret;
}

}  // namespace bongsu::identity
