#include "magistral/base/digest.h"

#include <sodium.h>
#include <string.h>

enum { PASSWORD_PASSES = 2, PASSWORD_MEMORY = 19 * 1024 * 1024 };

bool digest_start(void)
{
    return sodium_init() >= 0;
}

void digest_sha256(const void *bytes, size_t length, unsigned char ret_digest[DIGEST_SIZE])
{
    crypto_hash_sha256(ret_digest, bytes, length);
}

const char *digest_text(arena *arena, const void *bytes, size_t length)
{
    unsigned char digest[DIGEST_SIZE];
    digest_sha256(bytes, length, digest);
    return hexadecimal(arena, digest, sizeof digest);
}

const char *hexadecimal(arena *arena, const unsigned char *bytes, size_t length)
{
    char *text = arena_alloc(arena, length * 2 + 1);
    sodium_bin2hex(text, length * 2 + 1, bytes, length);
    return text;
}

bool hexadecimal_read(const char *text, unsigned char *ret_bytes, size_t length)
{
    size_t read = 0;
    const char *end = NULL;
    return strlen(text) == length * 2 &&
           sodium_hex2bin(ret_bytes, length, text, length * 2, NULL, &read, &end) == 0 && read == length;
}

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const char *base32(arena *arena, const unsigned char *bytes, size_t length)
{
    size_t count = (length * 8 + 4) / 5;
    char *text = arena_alloc(arena, count + 1);
    for (size_t i = 0; i < count; i++) {
        unsigned value = 0;
        for (size_t bit = i * 5; bit < i * 5 + 5; bit++)
            value = value << 1 | (bit < length * 8 ? bytes[bit / 8] >> (7 - bit % 8) & 1U : 0U);
        text[i] = letters[value];
    }
    return text;
}

bool base32_read(const char *text, unsigned char *ret_bytes, size_t length)
{
    size_t count = (length * 8 + 4) / 5;
    if (strlen(text) != count)
        return false;
    memset(ret_bytes, 0, length);
    for (size_t i = 0; i < count; i++) {
        const char *at = strchr(letters, text[i]);
        if (!at)
            return false;
        unsigned value = (unsigned)(at - letters);
        for (size_t bit = i * 5; bit < i * 5 + 5; bit++) {
            unsigned set = value >> (4 - (bit - i * 5)) & 1U;
            if (bit < length * 8)
                ret_bytes[bit / 8] = (unsigned char)(ret_bytes[bit / 8] | set << (7 - bit % 8));
            else if (set)
                return false;
        }
    }
    return true;
}

void random_bytes(unsigned char *ret_bytes, size_t length)
{
    randombytes_buf(ret_bytes, length);
}

const char *token_new(arena *arena)
{
    unsigned char bytes[TOKEN_SIZE];
    random_bytes(bytes, sizeof bytes);
    return base32(arena, bytes, sizeof bytes);
}

void signature_key_new(unsigned char ret_public[32], unsigned char ret_secret[64])
{
    crypto_sign_keypair(ret_public, ret_secret);
}

void signature_make(const void *message, size_t length, const unsigned char secret[64],
                    unsigned char ret_signature[SIGNATURE_SIZE])
{
    crypto_sign_detached(ret_signature, NULL, message, length, secret);
}

bool signature_holds(const void *message, size_t length, const unsigned char signature[SIGNATURE_SIZE],
                     const unsigned char public[32])
{
    return crypto_sign_verify_detached(signature, message, length, public) == 0;
}

const char *password_hash(arena *arena, const char *password)
{
    char *hash = arena_alloc(arena, crypto_pwhash_STRBYTES);
    int made = crypto_pwhash_str_alg(hash, password, strlen(password), PASSWORD_PASSES, PASSWORD_MEMORY,
                                     crypto_pwhash_ALG_ARGON2ID13);
    return made == 0 ? hash : NULL;
}

bool password_holds(const char *hash, const char *password)
{
    return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

void password_pretend(const char *password)
{
    static const unsigned char salt[crypto_pwhash_SALTBYTES] = {1};
    unsigned char spent[32];
    (void)!crypto_pwhash(spent, sizeof spent, password, strlen(password), salt, PASSWORD_PASSES, PASSWORD_MEMORY,
                         crypto_pwhash_ALG_ARGON2ID13);
}
