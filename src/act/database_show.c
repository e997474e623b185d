#include "magistral/act/call.h"
#include "magistral/store/site.h"

static ending run(call *call)
{
    installation installation = {0};
    bool found = false;
    int64_t sequence = 0;
    const char *head = NULL;
    TRY(store_find(call->store, &INSTALLATION, NOTHING, call->arena, &installation, &found));
    TRY(journal_head(call->store, call->arena, &sequence, &head));
    put_text(call->done, "database", store_path(call->store));
    put_text(call->done, "installation", installation.identifier);
    put_truth(call->done, "rehearsal", installation.rehearsal);
    put_instant(call->done, "created", installation.created);
    put_text(call->done, "program", MAGISTRAL_VERSION);
    put_count(call->done, "schema", store_schema_version());
    put_text(call->done, "template", call->template_version);
    put_text(call->done, "sqlite", store_library_version());
    put_count(call->done, "sequence", sequence);
    put_text(call->done, "head", head);
    signing_key *keys = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &SIGNING_KEY_LIST, NOTHING, call->arena, &keys, &count));
    answer *list = put_list(call->done, "keys");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_text(row, "public-key", keys[i].public_key);
        put_instant(row, "since", keys[i].since);
    }
    return DONE;
}

const act database_show_act = {.name = "database show", .view = true, .right = RIGHT_SIGNED_IN, .run = run};
