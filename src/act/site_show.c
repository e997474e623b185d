#include "magistral/act/call.h"
#include "magistral/store/site.h"

static ending run(call *call)
{
    site site = {0};
    bool found = false;
    TRY(store_find(call->store, &SITE, NOTHING, call->arena, &site, &found));
    if (!found)
        return call_refuse(call, "SITE-03", NULL, NULL);
    put_text(call->done, "name", site.name);
    put_text(call->done, "pharmacy", site.pharmacy);
    put_text(call->done, "address", site.address);
    put_text(call->done, "telephone", site.telephone);
    put_text(call->done, "language", site.language);
    put_text(call->done, "zone", site.zone);
    put_text(call->done, "host", site.host);
    site_host *hosts = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &SITE_HOST_LIST, NOTHING, call->arena, &hosts, &count));
    answer *list = put_list(call->done, "hosts");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_text(row, "host", hosts[i].host);
        put_instant(row, "since", hosts[i].since);
    }
    return DONE;
}

const act site_show_act = {.name = "site show", .view = true, .right = RIGHT_SIGNED_IN, .run = run};
