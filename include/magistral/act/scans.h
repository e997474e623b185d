#ifndef MAGISTRAL_ACT_SCANS_H
#define MAGISTRAL_ACT_SCANS_H

#include "magistral/act/call.h"
#include "magistral/store/document.h"

/* A QR code of ours, read back: HTTPS://HOST/C/NUMBER/DIGEST/SIGNATURE on documents, HTTPS://HOST/L/TOKEN on labels. A text
 * is genuine only when it equals, byte for byte, the one rebuilt from its parts. */

/* True when the text has the form of a code (it starts with HTTPS://). */
bool scans_is_code(const char *text);

/* Finds the label of a code; refused when it is none of ours (SCAN-01). */
ending scans_label(call *call, const char *field, const char *text, label *ret_label) MUST_CHECK;

/* Finds the document of a code and checks its signature; refused likewise. */
ending scans_document(call *call, const char *field, const char *text, document *ret_document) MUST_CHECK;

/* What may stay of a scanned text in an event: of an address, nothing behind its last slash; of a label's bare token, its
 * start (a token opens what it names, another's may be a password); at most 40 characters of anything else. */
const char *scans_kept(arena *arena, const char *text);

/* The kind of thing that a label of this kind is on: a retained sample is a sample, an intermediate container a weighing. */
const char *scans_thing(const char *label_kind);

/* The number of the thing of kind `kind` ("container", "bottle", ...) whose label was scanned; refused when the label is of
 * another kind (SCAN-02) or void, because another one replaced it (SCAN-03). */
ending scans_number(call *call, const char *field, const char *kind, const char *text, const char **ret_number) MUST_CHECK;

/* Splits HTTPS://HOST/C/NUMBER/DIGEST/SIGNATURE and checks the signature with a public key alone. */
bool scans_holds(const char *text, const unsigned char public[32]);

/* The state of a thing today, as one word: released, refused, quarantine, expired, held, accepted, ... */
ending scans_state(call *call, const char *kind, const char *number, const char **ret_state, const char **ret_use_by) MUST_CHECK;

#endif
