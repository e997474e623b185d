/* The bytes of a document or file by their digest, as they are kept: they never change. */
#include <string.h>

#include "desk.h"
#include "magistral/store/document.h"

static const char *extension(const char *type)
{
    static const char *const known[][2] = {{"application/pdf", "pdf"}, {"image/png", "png"}, {"image/jpeg", "jpg"}, {"text/plain; charset=utf-8", "txt"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(type, known[i][0]) == 0)
            return known[i][1];
    return "bin";
}

/* Only what a browser shows without running anything is shown in it. Rule: no SVG, no HTML (see act/inputs.c). */
static bool is_shown(const char *type)
{
    static const char *const shown[] = {"application/pdf", "image/png", "image/jpeg", "text/plain; charset=utf-8"};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (strcmp(type, shown[i]) == 0)
            return true;
    return false;
}

ending content_page(desk *desk)
{
    const char *digest = desk->path + strlen("/content/"), *type = NULL, *bytes = NULL;
    size_t length = 0;
    bool found = false, well = strlen(digest) == 64 && strspn(digest, "0123456789abcdef") == 64;
    store_report_to(desk->reader->store, desk->outcome);
    if (!desk->holder.rights[RIGHT_LOOK])
        return desk_message(desk, 403, "forbidden");
    if (well)
        TRY(store_content(desk->reader->store, digest, desk->arena, &type, &bytes, &length, &found));
    if (!found && well) { /* it came with a form whose act is not done yet */
        type = "application/octet-stream";
        TRY(uploads_read(desk, digest, &desk->page->body, &found));
    }
    if (!found)
        return desk_message(desk, 404, "nowhere");
    bool shown = is_shown(type);
    desk->page->status = 200;
    desk->page->type = shown ? type : "application/octet-stream";
    desk->page->kept = true;
    desk->page->file = arena_format(desk->arena, "%s; filename=\"%.12s.%s\"", shown ? "inline" : "attachment", digest, extension(type));
    if (bytes)
        buffer_add(&desk->page->body, bytes, length);
    return DONE;
}
