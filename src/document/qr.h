#ifndef MAGISTRAL_DOCUMENT_QR_H
#define MAGISTRAL_DOCUMENT_QR_H

#include <stdbool.h>
#include <stddef.h>

#include "magistral/base/arena.h"

/* The modules of a QR symbol; the only door to libqrencode.
 * Rule: ISO/IEC 18004: error correction M, alphanumeric mode, a quiet zone of 4 modules. */
enum { QR_QUIET_ZONE = 4 };

typedef struct qr {
    int width;                    /* modules a side, without quiet zone */
    const unsigned char *modules; /* width * width, 1 = dark */
    void *symbol;
} qr;

/* True when the text can be held in alphanumeric mode: 1 to 700 of 0-9 A-Z space $ % * + - . / and colon. */
bool qr_can_hold(const char *text);

/* Encodes such a text; false when libqrencode could not. The caller gives it back with qr_clear(). */
bool qr_make(const char *text, qr *ret_qr);
void qr_clear(qr *qr);

/* The dark modules as a path of one unit each, the quiet zone left around; owned by the arena. */
const char *qr_path(const qr *code, arena *arena);

#endif
