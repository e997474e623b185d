#ifndef MAGISTRAL_WEB_TLS_H
#define MAGISTRAL_WEB_TLS_H

#include "magistral/base/outcome.h"

/* A certificate (with those that stand between it and its authority, if any) and its private key, as PEM. */
typedef struct tls {
    char *certificate, *key; /* NULL: no TLS */
} tls;

/* Reads both files. Refused: a key that others may read (SERVE-05). Failed, of a file: what cannot be read (FILE-01), is no certificate
 * or no key in clear, or does not belong together (FILE-06). tls_clear() afterwards. */
ending tls_read(const char *certificate, const char *key, outcome *outcome, tls *ret_tls) MUST_CHECK;
/* Leaves no key in memory. */
void tls_clear(tls *tls);

#endif
