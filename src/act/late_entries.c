#include "magistral/act/late_entries.h"

#include "magistral/base/catalogue.h"

bool late_entries_may_be(const char *act)
{
    return text_is_among("batch start|batch clear-line|batch fill|batch package|weighing record|weighing verify|weighing discard|issue record|issue verify|step record|"
                         "loss record|sample take|sample receive|result append",
                         act);
}

ending late_entries_last(call *call, const batch *batch, int64_t *ret_sequence)
{
    late_entry_last *entries = NULL, wanted = {.number = batch->number, .person = call->person.identifier};
    size_t count = 0;
    *ret_sequence = 0;
    TRY(store_list(call->store, &LATE_ENTRY_MAY_BE, &wanted, call->arena, &entries, &count));
    for (size_t i = 0; i < count && !*ret_sequence; i++)
        if (late_entries_may_be(entries[i].act))
            *ret_sequence = entries[i].sequence;
    return DONE;
}

ending late_entries_put(call *call, answer *to, int64_t batch)
{
    late_entry_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LATE_ENTRIES_OF, (&(late_entry){.batch = batch}), call->arena, &lines, &count));
    answer *list = count > 0 ? put_list(to, "late-entries") : NULL;
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_text(row, "late-entry", lines[i].number);
        put_text(row, "act", catalogue_word(call->language, "do.", lines[i].act));
        put_text(row, "subject", lines[i].things);
        put_instant(row, "done-at", lines[i].done_at);
        put_text(row, "paper-form", lines[i].form);
        put_text(row, "reason", lines[i].reason);
        put_link(row, "entered-by", "person", lines[i].identifier);
        put_instant(row, "at", lines[i].at);
        put_link(row, "verified-by", "person", lines[i].verified_identifier);
        put_instant(row, "verified-at", lines[i].verified_at);
    }
    return DONE;
}
