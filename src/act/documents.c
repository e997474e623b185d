/* Issuing documents: numbers, codes, bytes for ever, witness. */
#include "magistral/act/documents.h"

#include <string.h>

#include "magistral/act/numbers.h"
#include "magistral/act/witness.h"
#include "magistral/base/digest.h"
#include "magistral/base/embedded.h"
#include "magistral/document/document.h"
#include "magistral/store/batch.h"
#include "magistral/store/site.h"

enum { LONGEST_BEFORE_SIGNATURE = 75 };

static ending next_number(call *call, const char **ret_number)
{
    document last = {0};
    bool found = false;
    document range = {.number = arena_format(call->arena, "C%02d-", (int)(call->year % 100)),
                      .subject = arena_format(call->arena, "C%02d.", (int)(call->year % 100))};
    TRY(store_find(call->store, &DOCUMENT_LAST_OF_YEAR, &range, call->arena, &last, &found));
    int64_t ordinal = 0;
    for (const char *p = found ? last.number + 4 : ""; *p; p++)
        ordinal = ordinal * 10 + (*p - '0');
    *ret_number = series_number(call->arena, "C", call->year, ordinal + 1);
    return DONE;
}

static ending load_site(call *call, site *ret_site)
{
    bool found = false;
    TRY(store_find(call->store, &SITE, NOTHING, call->arena, ret_site, &found));
    return found ? DONE : call_refuse(call, "SITE-03", NULL, NULL);
}

ending documents_begin(call *call, const char *kind, const char *layout, const char *subject_kind, const char *subject,
                       const char *reason, drawing **ret_drawing)
{
    drawing *made = arena_alloc(call->arena, sizeof *made);
    document *row = &made->row, last = {0};
    bool found = false;
    made->layout = layout;
    *row = (document){.kind = kind, .subject_kind = subject_kind, .subject = subject, .issue = 1, .replaces = ABSENT,
                      .language = call->site_language == ENGLISH ? "en" : "fr", .issued_by = call->person.id, .issued_at = call->now};
    TRY(next_number(call, &row->number));
    TRY(store_find(call->store, &DOCUMENT_LAST_ISSUE, row, call->arena, &last, &found));
    if (found) {
        row->issue = last.issue + 1;
        row->replaces = last.id;
        row->reason = reason; /* of a further issue: the first has none */
        if (!reason)
            return call_refuse(call, "DOCUMENT-01", "reason", "document", last.number, NULL);
    }
    TRY(journal_head(call->store, call->arena, &row->drawn_from, &row->head));
    call->prepared = made;
    *ret_drawing = made;
    return DONE;
}

static ending put_site(call *call, answer *record)
{
    site site = {0};
    TRY(load_site(call, &site));
    answer *child = put_object(record, "site");
    put_text(child, "name", site.name);
    put_text(child, "pharmacy", site.pharmacy);
    put_text(child, "address", site.address);
    if (site.telephone)
        put_text(child, "phone", site.telephone);
    return DONE;
}

answer *documents_record(call *call, drawing *drawing, const char *label_kind, const char *subject, const char *shown_state, int64_t batch)
{
    answer **records = arena_array(call->arena, drawing->count + 1, sizeof *records);
    label *labels = arena_array(call->arena, drawing->count + 1, sizeof *labels);
    if (drawing->count > 0) {
        memcpy(records, drawing->records, drawing->count * sizeof *records);
        memcpy(labels, drawing->labels, drawing->count * sizeof *labels);
    }
    answer *record = answer_object(call->arena);
    put_truth(record, "rehearsal", call->rehearsal);
    if (put_site(call, record) != DONE)
        return NULL;
    answer *journal = put_object(record, "journal");
    put_count(journal, "sequence", drawing->row.drawn_from);
    put_text(journal, "head", drawing->row.head);
    if (label_kind) {
        drawing->is_labels = true;
        labels[drawing->count] = (label){.kind = label_kind, .subject = subject, .batch = batch, .token = token_new(call->arena),
                                         .shown_state = shown_state, .state = "printed", .printed_by = call->person.id, .printed_at = call->now};
    }
    records[drawing->count++] = record;
    drawing->records = records;
    drawing->labels = labels;
    return record;
}

ending documents_code(call *call, const char *number, const unsigned char digest[16], const char **ret_code)
{
    site site = {0};
    TRY(load_site(call, &site));
    const char *before = arena_format(call->arena, "HTTPS://%s/C/%s/%s/", site.host, number, base32(call->arena, digest, 16));
    if (strlen(before) > LONGEST_BEFORE_SIGNATURE)
        return call_refuse(call, "SITE-02", "host", "host", site.host, NULL);
    unsigned char secret[64], signature[SIGNATURE_SIZE];
    TRY(witness_key(call, secret));
    BUFFER_SCOPE buffer message = BUFFER_EMPTY;
    buffer_add_text(&message, before);
    buffer_add(&message, digest, 16);
    signature_make(message.bytes, message.length, secret, signature);
    *ret_code = arena_format(call->arena, "%s%s", before, base32(call->arena, signature, sizeof signature));
    return DONE;
}

/* From the rehearsal's folder, else the newest approved version, else the one compiled in. */
ending documents_layout_text(call *call, const char *name, const char **ret_text, const char **ret_template)
{
    template approved = {0};
    bool found = false;
    size_t length = 0;
    const char *type = NULL;
    if (call->folder) {
        TRY(file_read_text(call->arena, call->outcome, arena_format(call->arena, "%s/%s", call->folder, name), ret_text));
        *ret_template = arena_format(call->arena, "%s %.12s", name, digest_text(call->arena, *ret_text, strlen(*ret_text)));
        return DONE;
    }
    TRY(store_find(call->store, &TEMPLATE_IN_FORCE, (&(template){.name = name}), call->arena, &approved, &found));
    if (found)
        TRY(store_content(call->store, approved.content, call->arena, &type, ret_text, &length, &found));
    if (found) {
        *ret_template = arena_format(call->arena, "%s %lld", name, (long long)approved.version);
        return DONE;
    }
    const embedded_file *file = embedded_template(name);
    if (!file)
        return fail(call->outcome, "no layout %s", name);
    *ret_text = (const char *)file->bytes;
    *ret_template = arena_format(call->arena, "%s %.12s", name, digest_text(call->arena, file->bytes, file->length));
    return DONE;
}

static ending find_layout(call *call, drawing *drawing, layout **ret_layout)
{
    const char *name = arena_format(call->arena, "%s.%s.layout", drawing->layout, drawing->row.language), *text = NULL;
    TRY(documents_layout_text(call, name, &text, &drawing->row.template));
    return layout_parse(name, text, call->arena, call->outcome, ret_layout);
}

/* Of every record, its content as canonical JSON: what the digest covers. */
static ending digest_data(call *call, drawing *drawing, unsigned char ret_digest[DIGEST_SIZE])
{
    BUFFER_SCOPE buffer json = BUFFER_EMPTY;
    for (size_t i = 0; i < drawing->count; i++)
        TRY(answer_write_json(drawing->records[i], &json));
    digest_sha256(buffer_text(&json), json.length, ret_digest);
    drawing->row.data_digest = hexadecimal(call->arena, ret_digest, DIGEST_SIZE);
    return DONE;
}

static ending put_codes(call *call, drawing *drawing, const unsigned char digest[DIGEST_SIZE])
{
    if (drawing->is_preview) {
        site site = {0};
        TRY(load_site(call, &site));
        for (size_t i = 0; i < drawing->count; i++) {
            const char *token = drawing->is_labels ? drawing->labels[i].token : NULL; /* as long as the real one */
            put_text(drawing->records[i], "code", arena_format(call->arena, token ? "HTTPS://%s/L/%s" : "HTTPS://%s/C/PREVIEW", site.host, token));
            put_text(drawing->records[i], "digest", base32(call->arena, digest, 16));
        }
        return DONE;
    }
    if (!drawing->is_labels) {
        TRY(documents_code(call, drawing->row.number, digest, &drawing->row.code));
        for (size_t i = 0; i < drawing->count; i++) {
            put_text(drawing->records[i], "code", drawing->row.code);
            put_text(drawing->records[i], "digest", base32(call->arena, digest, 16));
        }
        return DONE;
    }
    site site = {0};
    TRY(load_site(call, &site));
    for (size_t i = 0; i < drawing->count; i++)
        put_text(drawing->records[i], "code", arena_format(call->arena, "HTTPS://%s/L/%s", site.host, drawing->labels[i].token));
    return DONE;
}

ending documents_draw(call *call, drawing *drawing)
{
    layout *layout = NULL;
    unsigned char digest[DIGEST_SIZE];
    TRY(call_ending(call));
    if (drawing->tried)
        layout = drawing->tried;
    else
        TRY(find_layout(call, drawing, &layout));
    TRY(digest_data(call, drawing, digest));
    TRY(put_codes(call, drawing, digest));
    document_information information = {.program = "magistral " MAGISTRAL_VERSION,
                                        .schema = arena_format(call->arena, "%04d", store_schema_version()),
                                        .instant = call->now, .zone = call->zone};
    size_t pages = 0;
    if (drawing->picture) {
        TRY(document_picture(layout, (const answer *const *)drawing->records, drawing->count, (size_t)drawing->page, &information, call->outcome, drawing->picture, &pages));
        drawing->row.pages = (int64_t)pages;
        return DONE;
    }
    BUFFER_SCOPE buffer pdf = BUFFER_EMPTY;
    TRY(document_draw(layout, (const answer *const *)drawing->records, drawing->count, &information, call->outcome, &pdf, &pages));
    drawing->pdf = (buffer){.bytes = arena_copy(call->arena, pdf.bytes, pdf.length), .length = pdf.length};
    drawing->row.pages = (int64_t)pages;
    return DONE;
}

ending documents_show(call *call, drawing *drawing, int64_t page, answer *to)
{
    drawing->is_preview = true;
    drawing->page = page;
    drawing->picture = answer_object(call->arena);
    TRY(documents_draw(call, drawing));
    if (!drawing->picture->first)
        return call_refuse(call, "DOCUMENT-06", "page", "pages", count_text(call->arena, drawing->row.pages), NULL);
    put_picture(to, "picture", drawing->picture);
    put_count(to, "pages", drawing->row.pages);
    return DONE;
}

ending documents_preview(call *call, drawing *drawing)
{
    const char *save = call_text(call, "save");
    if (!answer_find(call->done, "subject"))
        put_text(call->done, "subject", drawing->row.subject);
    if (!save)
        return documents_show(call, drawing, call_has(call, "page") ? call_integer(call, "page") : 1, call->done);
    drawing->is_preview = true;
    TRY(documents_draw(call, drawing));
    put_count(call->done, "pages", drawing->row.pages);
    return documents_save(call, save, drawing->pdf.bytes, drawing->pdf.length);
}

static ending still_holds(call *call, const drawing *drawing, bool *ret_holds)
{
    const char *number = NULL;
    journal_subject last = {0}, wanted = {.kind = drawing->row.subject_kind, .number = drawing->row.subject};
    bool found = false;
    TRY(next_number(call, &number));
    TRY(store_find(call->store, &JOURNAL_LAST_OF, &wanted, call->arena, &last, &found));
    *ret_holds = strcmp(number, drawing->row.number) == 0 && (!found || last.sequence <= drawing->row.drawn_from);
    return DONE;
}

/* Who looks for what was printed for a batch finds the labels of its bottles and samples too. */
static ending concern_batch(call *call, int64_t id)
{
    batch batch = {0};
    bool found = false;
    if (id != ABSENT)
        TRY(store_find(call->store, &BATCH_BY_ID, (&(struct batch){.id = id}), call->arena, &batch, &found));
    if (found)
        call_concerns(call, "batch", batch.number);
    return DONE;
}

static ending store_labels(call *call, drawing *drawing)
{
    label last = {0};
    bool found = false;
    TRY(store_find(call->store, &LABEL_LAST, NOTHING, call->arena, &last, &found));
    answer *list = put_list(call->done, "labels");
    for (size_t i = 0; i < drawing->count; i++) {
        label *row = &drawing->labels[i];
        row->document = drawing->row.id;
        row->number = series_number(call->arena, "E", call->year, (found ? last.id : 0) + 1 + (int64_t)i);
        TRY(store_insert(call->store, &LABEL_INSERT, row));
        call_concerns(call, "label", row->number);
        TRY(concern_batch(call, row->batch));
        answer *line = add_object(list);
        put_link(line, "label", "label", row->number);
        put_link(line, "subject", row->kind, row->subject);
        put_state_of(line, "state", "label", row->state);
        put_text(line, "code", answer_find_text(drawing->records[i], "code"));
    }
    return DONE;
}

ending documents_store(call *call)
{
    drawing *drawing = call->prepared;
    bool holds = false;
    TRY(still_holds(call, drawing, &holds));
    if (!holds) {
        call->stale = true;
        return call_refuse(call, "DOCUMENT-02", NULL, "subject", drawing->row.subject, NULL);
    }
    TRY(witness_allows_issue(call));
    drawing->row.meaning = call->meaning;
    TRY(store_put_content(call->store, "application/pdf", drawing->pdf.bytes, drawing->pdf.length, call->arena, &drawing->row.bytes));
    TRY(store_insert(call->store, &DOCUMENT_INSERT, &drawing->row));
    call_concerns(call, "document", drawing->row.number);
    call_concerns(call, drawing->row.subject_kind, drawing->row.subject);
    put_link(call->done, "document", "document", drawing->row.number);
    put_count(call->done, "issue", drawing->row.issue);
    put_count(call->done, "pages", drawing->row.pages);
    put_bytes(call->done, "bytes", drawing->row.bytes, "application/pdf", (int64_t)drawing->pdf.length);
    if (drawing->row.code)
        put_text(call->done, "code", drawing->row.code);
    if (drawing->is_labels)
        TRY(store_labels(call, drawing));
    call->issued_paper = true;
    return witness_append(call, drawing->row.drawn_from, drawing->row.head);
}
