#include "qr.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "magistral/base/text.h"

bool qr_can_hold(const char *text)
{
    static const char alphanumeric[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    size_t length = strlen(text);
    return length > 0 && length <= 700 && strspn(text, alphanumeric) == length;
}

bool qr_make(const char *text, qr *ret_qr)
{
    QRcode *made = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (!made)
        return false;
    size_t count = (size_t)made->width * (size_t)made->width;
    for (size_t i = 0; i < count; i++)
        made->data[i] &= 1;
    *ret_qr = (qr){.width = made->width, .modules = made->data, .symbol = made};
    return true;
}

void qr_clear(qr *qr)
{
    QRcode_free(qr->symbol);
    qr->symbol = NULL;
}

const char *qr_path(const qr *code, arena *arena)
{
    BUFFER_SCOPE buffer path = BUFFER_EMPTY;
    for (int y = 0; y < code->width; y++)
        for (int x = 0, run; x < code->width; x += run) {
            unsigned char dark = code->modules[y * code->width + x];
            for (run = 1; x + run < code->width && code->modules[y * code->width + x + run] == dark;)
                run++;
            if (dark)
                buffer_add_format(&path, "M%d %dh%dv1h-%dz", x + QR_QUIET_ZONE, y + QR_QUIET_ZONE, run, run);
        }
    return arena_text(arena, buffer_text(&path));
}
