#ifndef MAGISTRAL_BASE_DIGEST_H
#define MAGISTRAL_BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "magistral/base/arena.h"

/* All cryptography is libsodium's. Call digest_start() once before anything else here; false: no source of randomness. */
bool digest_start(void);

enum { DIGEST_SIZE = 32, SIGNATURE_SIZE = 64, TOKEN_SIZE = 16, TOKEN_TEXT = 26 };

/* SHA-256 (FIPS 180-4). */
void digest_sha256(const void *bytes, size_t length, unsigned char ret_digest[DIGEST_SIZE]);
/* The same as 64 lower-case hexadecimal digits; owned by the arena. */
const char *digest_text(arena *arena, const void *bytes, size_t length);
/* Lower-case hexadecimal, and back; false when the text is not exactly `length` bytes of hexadecimal. */
const char *hexadecimal(arena *arena, const unsigned char *bytes, size_t length);
bool hexadecimal_read(const char *text, unsigned char *ret_bytes, size_t length);

/* Base32 of RFC 4648 without padding, upper case. Reading refuses any text that is not the one this function would
 * write for the bytes read (wrong length, other letters, bits left over that are not zero). */
const char *base32(arena *arena, const unsigned char *bytes, size_t length);
bool base32_read(const char *text, unsigned char *ret_bytes, size_t length);

/* A fresh unguessable token of 128 random bits, as 26 characters of base32. */
const char *token_new(arena *arena);
/* Random bytes. */
void random_bytes(unsigned char *ret_bytes, size_t length);

/* Ed25519 (RFC 8032). A secret key is 64 bytes, a public key 32. */
void signature_key_new(unsigned char ret_public[32], unsigned char ret_secret[64]);
void signature_make(const void *message, size_t length, const unsigned char secret[64],
                    unsigned char ret_signature[SIGNATURE_SIZE]);
bool signature_holds(const void *message, size_t length, const unsigned char signature[SIGNATURE_SIZE],
                     const unsigned char public[32]);

/* Argon2id, t=2, m=19 MiB, p=1: about 15 ms. NULL when memory lacks. */
const char *password_hash(arena *arena, const char *password);
bool password_holds(const char *hash, const char *password);
/* Spends the same time as a check of a password, so that an unknown person is not told apart by time. */
void password_pretend(const char *password);

#endif
