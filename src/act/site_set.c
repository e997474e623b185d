/* The pharmacy on every label and page. Rule: CSP R.5121-146-2, R.5125-45. */
#include <ctype.h>
#include <string.h>

#include "magistral/act/call.h"
#include "magistral/base/day.h"
#include "magistral/store/site.h"

/* HTTPS://HOST/C/NUMBER/DIGEST/ is at most 75 characters: 26 remain for the host beside a number of up to 10. */
enum { LONGEST_HOST = 26 };

static const input_definition inputs[] = {
    {"name", INPUT_TEXT, 0, NULL, "Hôpital d'exemple"},
    {"pharmacy", INPUT_TEXT, INPUT_OPTIONAL, NULL, "Pharmacie à usage intérieur"},
    {"address", INPUT_TEXT, 0, NULL, "1 rue de l'Exemple, 00000 Ville-Exemple"},
    {"telephone", INPUT_TEXT, INPUT_OPTIONAL, NULL, "01 00 00 00 00"},
    {"language", INPUT_CHOICE, INPUT_OPTIONAL, "fr|en", "fr"},
    {"zone", INPUT_TEXT, INPUT_OPTIONAL, NULL, "Europe/Paris"},
    {"host", INPUT_TEXT, 0, NULL, "PUI.HOPITAL.EXAMPLE"},
    {0},
};

static const char *upper(arena *arena, const char *text)
{
    char *copy = arena_text(arena, text);
    for (char *p = copy; *p; p++)
        *p = (char)toupper((unsigned char)*p);
    return copy;
}

static bool is_host(const char *host)
{
    size_t length = strlen(host);
    if (length < 3 || length > LONGEST_HOST || host[0] == '.' || host[0] == '-' || host[length - 1] == '.')
        return false;
    return strspn(host, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.:") == length;
}

static ending remember_host(call *call, const char *host)
{
    site_host known = {0};
    bool found = false;
    TRY(store_find(call->store, &SITE_HOST_BY_HOST, (&(site_host){.host = host}), call->arena, &known, &found));
    if (found)
        return DONE;
    site_host added = {.host = host, .since = call->now};
    return store_insert(call->store, &SITE_HOST_INSERT, &added);
}

static ending run(call *call)
{
    site before = {0};
    bool found = false;
    TRY(store_find(call->store, &SITE, NOTHING, call->arena, &before, &found));
    site site = {.id = 1, .name = call_text(call, "name"),
                 .pharmacy = call_has(call, "pharmacy") ? call_text(call, "pharmacy") : "Pharmacie à usage intérieur",
                 .address = call_text(call, "address"),
                 .telephone = call_text(call, "telephone"),
                 .language = call_has(call, "language") ? call_text(call, "language") : "fr",
                 .zone = call_has(call, "zone") ? call_text(call, "zone") : "Europe/Paris",
                 .host = upper(call->arena, call_text(call, "host"))};
    if (!zone_is_known(site.zone))
        call_refuse(call, "SITE-01", "zone", "zone", site.zone, NULL);
    if (!is_host(site.host))
        call_refuse(call, "SITE-02", "host", "host", site.host, NULL);
    TRY(call_ending(call));
    if (found)
        TRY(store_update(call->store, &SITE_UPDATE, &site));
    else
        TRY(store_insert(call->store, &SITE_INSERT, &site));
    TRY(remember_host(call, site.host));
    call_concerns(call, "site", "1");
    put_text(call->done, "name", site.name);
    put_text(call->done, "host", site.host);
    return DONE;
}

const act site_set_act = {.name = "site set", .right = RIGHT_MANAGE_SITE, .inputs = inputs, .run = run};
