#include "qr.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

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
