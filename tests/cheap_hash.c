/* Loaded before libsodium when the houses are made that many tests begin with (tests/data/kept.py): their people's passwords
   are hashed at the lowest price. What a hash has cost is written in it, and its check, by the program as it is, follows
   that; at the full price of 45 ms and 19 MiB (digest.c) the checks were a third of the whole suite. */
#include <sodium.h>

int crypto_pwhash_str_alg(char ret_hash[crypto_pwhash_STRBYTES], const char *const password, unsigned long long length,
                          unsigned long long passes, size_t memory, int algorithm)
{
    (void)passes, (void)memory, (void)algorithm;
    return crypto_pwhash_argon2id_str(ret_hash, password, length, crypto_pwhash_argon2id_OPSLIMIT_MIN, crypto_pwhash_argon2id_MEMLIMIT_MIN);
}
