/* A badge that was just given: its code is shown this once, to be printed. The database keeps its digest alone. */
#include "desk.h"

ending badge_page(desk *desk, const answer *given)
{
    answer *content = answer_object(desk->arena);
    const char *code = answer_find_text(given, "badge"), *title = desk_words(desk, "badge.title");
    int width = 0;
    const char *picture = badge_picture(desk->arena, code, &width);
    put_text(content, "title", title);
    put_text(content, "name", answer_find_text(given, "name"));
    put_text(content, "identifier", answer_find_text(given, "person"));
    put_text(content, "pharmacy", desk->house.pharmacy);
    put_text(content, "code", code);
    put_text(content, "picture", picture);
    put_count(content, "width", width);
    return desk_send(desk, 200, "badge", title, content);
}
