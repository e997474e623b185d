/* Lists that may be long: rows that the store reads in their order, whole or a page of them. */
#include "magistral/act/lists.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "magistral/act/batches.h"

enum { LARGEST_PAGE = 500, USUAL_PAGE = 50, USUALLY_LOOKED_THROUGH = 5000, LONGEST_KEY = 160 };

typedef struct place {
    char key[LONGEST_KEY]; /* empty: none */
    int64_t id;
} place;

/* Under way; it outlives the call, because rows are read when they are shown. */
typedef struct reading {
    const list *list;
    const char *context;
    store_cursor *cursor;
    int64_t looked; /* lines so far */
    int64_t most;   /* lines that may be looked through; ABSENT: no end */
    bool stopped;   /* by that */
    place at;       /* of the last line looked at */
} reading;

bool lists_place(arena *arena, const char *text, const char **ret_key, int64_t *ret_id)
{
    const char *mark = strrchr(text, '~');
    if (!mark || strspn(mark + 1, "0123456789") != strlen(mark + 1) || strlen(mark + 1) > 18 || mark - text >= LONGEST_KEY)
        return false;
    *ret_key = mark > text || mark[1] ? arena_copy(arena, text, (size_t)(mark - text)) : NULL;
    *ret_id = mark[1] ? strtoll(mark + 1, NULL, 10) : ABSENT;
    return true;
}

ending lists_page(call *call, list_page *ret_page)
{
    const char *direction = call_text(call, "direction");
    list_page page = {.sort = call_text(call, "sort"), .has_direction = direction, .descending = direction && strcmp(direction, "descending") == 0,
                      .after = call_text(call, "after"), .before = call_text(call, "before"), .most = call_integer(call, "most")};
    const char *key = NULL;
    int64_t id = 0;
    if (page.after && page.before)
        return call_refuse(call, "LIST-02", "before", NULL);
    if ((page.after && !lists_place(call->arena, page.after, &key, &id)) || (page.before && !lists_place(call->arena, page.before, &key, &id)))
        return call_refuse(call, "LIST-01", page.after ? "after" : "before", NULL);
    if (page.most != ABSENT && (page.most < 1 || page.most > LARGEST_PAGE))
        return call_refuse(call, "LIST-03", "most", "most", arena_format(call->arena, "%d", LARGEST_PAGE), NULL);
    if (page.before && page.most == ABSENT)
        page.most = USUAL_PAGE;
    *ret_page = page;
    return DONE;
}

void lists_put_door(call *call, const char *name, const char *place, const char *text)
{
    answer *inputs = put_door(call->done, name, call->act->name);
    for (size_t i = 0; i < call->input_count; i++) {
        const input_value *input = &call->inputs[i];
        const char *own = input->definition->name;
        if (input->given && strcmp(own, "after") != 0 && strcmp(own, "before") != 0)
            door_give(inputs, own, input->texts[0]);
    }
    if (place)
        door_give(inputs, place, text);
}

void lists_find_number(call *call, list_wanted *wanted)
{
    const char *find = call_text(call, "find");
    char *number = arena_text(call->arena, find);
    for (char *p = number; p && *p; p++)
        *p = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
    wanted->find = number;
    wanted->find_end = number ? arena_format(call->arena, "%s\U0010FFFF", number) : NULL;
}

/* The next line that fits, or none. A line that does not fit leaves nothing behind. */
static ending next_row(void *context, arena *arena, answer **ret_row)
{
    reading *r = context;
    *ret_row = NULL;
    for (;;) {
        ARENA_SCOPE struct arena *scratch = arena_new();
        void *line = arena_alloc(scratch, r->list->line);
        list_line head;
        bool found = false;
        if (r->stopped)
            return DONE;
        TRY(store_next_sized(r->cursor, scratch, line, r->list->line, &found));
        if (!found)
            return DONE;
        memcpy(&head, line, sizeof head);
        r->at.id = head.id;
        strncpy(r->at.key, head.list_key ? head.list_key : "", LONGEST_KEY - 1);
        r->looked++;
        r->stopped = r->most != ABSENT && r->looked >= r->most;
        if (!head.fits)
            continue;
        *ret_row = answer_object(arena);
        r->list->put(*ret_row, line, r->context);
        return DONE;
    }
}

static ending start(call *call, const list *list, const list_order *order, bool descending, list_wanted *wanted, const char *context, reading **ret_reading)
{
    reading *made = arena_alloc(call->arena, sizeof *made);
    *made = (reading){.list = list, .context = arena_text(call->arena, context), .most = ABSENT};
    TRY(store_rows(call->store, descending ? order->down : order->up, wanted, call->arena, &made->cursor));
    *ret_reading = made;
    return DONE;
}

/* A page as it was read: its rows in the order of reading, where they begin and end. */
typedef struct page_rows {
    answer **rows;
    int64_t count;
    bool more;        /* rows or lines are left behind it */
    bool stopped;     /* before it was full: more lines than may be looked through do not fit */
    int64_t looked;
    place first, end; /* of the first row; behind which the next page begins */
} page_rows;

static ending read_page(call *call, reading *r, int64_t most, page_rows *ret_page)
{
    page_rows page = {.rows = arena_array(call->arena, (size_t)most + 1, sizeof *page.rows)};
    r->most = r->list->looks_through ? r->list->looks_through : USUALLY_LOOKED_THROUGH;
    while (page.count <= most) {
        TRY(next_row(r, call->arena, &page.rows[page.count]));
        if (!page.rows[page.count])
            break;
        page.first = page.count == 0 ? r->at : page.first;
        page.end = page.count < most ? r->at : page.end;
        page.count++;
    }
    page.looked = r->looked;
    page.stopped = r->stopped && page.count < most;
    page.more = page.count > most || r->stopped;
    page.end = page.stopped ? r->at : page.end;
    page.count = page.count > most ? most : page.count;
    *ret_page = page;
    return DONE;
}

static const char *place_text(const call *call, const place *place)
{
    return arena_format(call->arena, "%s~%" PRId64, place->key, place->id);
}

/* Which way serves: sorted so, among what was given; else sorted so among all. */
static const list_order *find_order(const list *list, const list_wanted *wanted, const char *sort)
{
    for (const list_way *way = list->ways; way->sort; way++) {
        const char *given = NULL;
        if (way->with)
            memcpy(&given, (const char *)wanted + way->with, sizeof given);
        if (strcmp(way->sort, sort) == 0 && (!way->with || given))
            return way->order;
    }
    return NULL;
}

/* Reads forward from a place, or back from one; what lies back of it is few enough to be shown from the beginning. */
static ending read_around(call *call, const list *list, const list_order *order, bool descending, list_wanted wanted, const list_page *asked,
                          const char *context, page_rows *ret_page, bool *ret_back)
{
    reading *reading = NULL;
    const char *place = asked->before ? asked->before : asked->after;
    *ret_back = asked->before != NULL;
    wanted.id = ABSENT;
    if (place)
        lists_place(call->arena, place, &wanted.key, &wanted.id);
    TRY(start(call, list, order, descending != *ret_back, &wanted, context, &reading));
    TRY(read_page(call, reading, asked->most, ret_page));
    if (!*ret_back || ret_page->count == asked->most || ret_page->stopped)
        return DONE;
    *ret_back = false;
    wanted.key = NULL;
    wanted.id = ABSENT;
    TRY(start(call, list, order, descending, &wanted, context, &reading));
    return read_page(call, reading, asked->most, ret_page);
}

static ending answer_page(call *call, const list *list, const list_order *order, bool descending, const list_wanted *wanted, const list_page *asked,
                          const char *sort, const char *context)
{
    page_rows page = {0};
    bool back = false, at_end = asked->before && strcmp(asked->before, "~") == 0;
    TRY(read_around(call, list, order, descending, *wanted, asked, context, &page, &back));
    answer *rows = put_list(call->done, list->name);
    for (int64_t i = 0; i < page.count; i++)
        answer_add(rows, page.rows[back ? page.count - 1 - i : i]);
    put_text(call->done, "sort", sort);
    put_state(call->done, "direction", descending ? "descending" : "ascending");
    if (page.stopped)
        put_count(call->done, "looked-through", page.looked);
    bool began = !back && !(asked->after && !asked->before);
    const place *first = page.count > 0 ? &page.first : &page.end;
    if (back ? page.more : !began) {
        lists_put_door(call, "first-page", NULL, NULL);
        lists_put_door(call, "previous-page", "before", place_text(call, back ? &page.end : first));
    }
    if (back ? !at_end : page.more) {
        lists_put_door(call, "next-page", "after", place_text(call, back ? first : &page.end));
        lists_put_door(call, "last-page", "before", "~");
    }
    return DONE;
}

ending lists_answer(call *call, const list *list, list_wanted wanted, const char *sort, const char *context)
{
    list_page asked = {0};
    reading *reading = NULL;
    TRY(lists_page(call, &asked));
    const char *by = asked.sort ? asked.sort : sort;
    const list_order *order = find_order(list, &wanted, by);
    if (!order)
        return fail(call->outcome, "%s is not sorted by %s", list->name, by);
    wanted.id = ABSENT;
    if (asked.most != ABSENT) {
        return answer_page(call, list, order, asked.has_direction ? asked.descending : !asked.sort, &wanted, &asked, by, context);
    }
    if (asked.after)
        lists_place(call->arena, asked.after, &wanted.key, &wanted.id);
    TRY(start(call, list, order, asked.has_direction ? asked.descending : !asked.sort && list->newest_first, &wanted, context, &reading));
    answer *rows = answer_put(call->done, list->name, answer_rows(call->arena, next_row, reading));
    rows->unit = list->units;
    return DONE;
}

ending lists_answer_of_batch(call *call, const list *list, list_wanted wanted, const char *sort, const char *context)
{
    batch batch = {0};
    if (call_has(call, "batch"))
        TRY(batches_find(call, "batch", &batch));
    wanted.batch = batch.number;
    lists_find_number(call, &wanted);
    return lists_answer(call, list, wanted, sort, context);
}
