/* The only file that knows GnuTLS beside the HTTP library, which says of a wrong pair only that it does not start. */
#include "tls.h"

#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST_FILE = 1 << 20, READ_BY_OTHERS = 037 };

/* The key's group may read it: so have Debian's group ssl-cert and systemd's credentials it. */
static ending check_mode(int file, const char *path, outcome *outcome)
{
    struct stat about;
    if (fstat(file, &about) != 0)
        return fail_file(outcome, path, errno);
    if (about.st_mode & READ_BY_OTHERS)
        return refuse(outcome, "SERVE-05", "key", "path", path, "mode", arena_format(outcome->arena, "%03o", about.st_mode & 0777U), NULL);
    return DONE;
}

static ending read_whole(int file, const char *path, outcome *outcome, char **ret_text)
{
    char *text = calloc(1, LARGEST_FILE + 1);
    size_t length = 0;
    ssize_t more = 1;
    while (text && length < LARGEST_FILE && (more = read(file, text + length, LARGEST_FILE - length)) > 0)
        length += (size_t)more;
    if (!text || more < 0 || length == LARGEST_FILE) {
        free(text);
        return fail_file(outcome, path, more < 0 ? errno : text ? EFBIG : ENOMEM);
    }
    *ret_text = text;
    return DONE;
}

static ending read_file(const char *path, bool secret, outcome *outcome, char **ret_text)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fail_file(outcome, path, errno);
    ending result = secret ? check_mode(file, path, outcome) : DONE;
    if (result == DONE)
        result = read_whole(file, path, outcome, ret_text);
    close(file);
    return result;
}

static bool is_certificate(const gnutls_datum_t *text)
{
    gnutls_x509_crt_t *list = NULL;
    unsigned count = 0;
    if (gnutls_x509_crt_list_import2(&list, &count, text, GNUTLS_X509_FMT_PEM, 0) < 0)
        return false;
    for (unsigned i = 0; i < count; i++)
        gnutls_x509_crt_deinit(list[i]);
    gnutls_free(list);
    return count > 0;
}

static bool is_key(const gnutls_datum_t *text)
{
    gnutls_x509_privkey_t key;
    if (gnutls_x509_privkey_init(&key) < 0)
        return false;
    bool read = gnutls_x509_privkey_import2(key, text, GNUTLS_X509_FMT_PEM, NULL, 0) >= 0;
    gnutls_x509_privkey_deinit(key);
    return read;
}

static bool belong_together(const gnutls_datum_t *certificate, const gnutls_datum_t *key)
{
    gnutls_certificate_credentials_t pair;
    if (gnutls_certificate_allocate_credentials(&pair) < 0)
        return false;
    bool fits = gnutls_certificate_set_x509_key_mem(pair, certificate, key, GNUTLS_X509_FMT_PEM) >= 0;
    gnutls_certificate_free_credentials(pair);
    return fits;
}

static ending check_pair(const tls *tls, const char *certificate, const char *key, outcome *outcome)
{
    gnutls_datum_t public = {(unsigned char *)tls->certificate, (unsigned)strlen(tls->certificate)};
    gnutls_datum_t private = {(unsigned char *)tls->key, (unsigned)strlen(tls->key)};
    if (!is_certificate(&public))
        return fail_input_output(outcome, "FILE-06", "path", certificate, "why", "no-certificate", NULL);
    if (!is_key(&private))
        return fail_input_output(outcome, "FILE-06", "path", key, "why", "no-key", NULL);
    if (!belong_together(&public, &private))
        return fail_input_output(outcome, "FILE-06", "path", key, "why", "other-key", NULL);
    return DONE;
}

ending tls_read(const char *certificate, const char *key, outcome *outcome, tls *ret_tls)
{
    *ret_tls = (tls){0};
    ending result = read_file(certificate, false, outcome, &ret_tls->certificate);
    if (result == DONE)
        result = read_file(key, true, outcome, &ret_tls->key);
    if (result == DONE)
        result = check_pair(ret_tls, certificate, key, outcome);
    if (result != DONE)
        tls_clear(ret_tls);
    return result;
}

void tls_clear(tls *tls)
{
    if (tls->key)
        explicit_bzero(tls->key, strlen(tls->key));
    free(tls->certificate);
    free(tls->key);
    *tls = (struct tls){0};
}
