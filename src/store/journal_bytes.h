#ifndef MAGISTRAL_STORE_JOURNAL_BYTES_H
#define MAGISTRAL_STORE_JOURNAL_BYTES_H

#include "magistral/base/text.h"
#include "magistral/store/journal.h"

/* Appends the canonical bytes of an entry, which its leaf hashes (described at the head of journal.c). Subjects are
 * sorted and unique. */
void journal_bytes(const journal_entry *entry, const journal_subject *subjects, size_t count, const void *changes,
                   size_t length, buffer *to);

#endif
