#include "drawing.h"

#include <stdio.h>
#include <string.h>

ending refuse_item(drawing *drawing, int line, const char *rule, const char *field, const char *text, const char *value)
{
    char number[16];
    snprintf(number, sizeof number, "%d", line);
    return refuse(drawing->outcome, rule, field, "file", drawing->layout->name, "line", number, "field", field ? field : "",
                  "text", text ? text : "", "value", value ? value : "", NULL);
}

/* "batch.number" for the first word "batch". */
static const char *after(const char *path, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(path, word, length) != 0 || (path[length] != '.' && path[length] != 0))
        return NULL;
    return path + length + (path[length] == '.');
}

static const answer *look_up(drawing *drawing, const scope *scope, const char *path)
{
    const char *rest;
    if ((rest = after(path, "document")) != NULL)
        return answer_find(scope->document, rest);
    if ((rest = after(path, "top")) != NULL)
        return answer_find(scope->top, rest);
    if ((rest = after(path, "this")) != NULL)
        return answer_find(scope->row, rest);
    if (strcmp(path, "position") == 0) {
        char number[24];
        snprintf(number, sizeof number, "%zu", scope->position);
        return answer_make(drawing->arena, ANSWER_COUNT, number, NULL, NULL);
    }
    return answer_find(scope->row, path);
}

ending field_find(drawing *drawing, const scope *scope, int line, const char *path, bool optional,
                  const answer **ret_found)
{
    const answer *found = look_up(drawing, scope, path);
    if (!found && !optional)
        return refuse_item(drawing, line, "DOC-06", path, NULL, NULL);
    *ret_found = found;
    return DONE;
}

bool field_stands(const answer *found)
{
    if (!found || found->kind == ANSWER_NOTHING)
        return false;
    if (found->kind == ANSWER_OBJECT || found->kind == ANSWER_LIST)
        return found->first != NULL;
    if (found->kind == ANSWER_ROWS)
        return true;
    return *found->text && !(found->kind == ANSWER_TRUTH && strcmp(found->text, "false") == 0);
}

ending condition_holds(drawing *drawing, const scope *scope, const item *when, bool *ret_holds)
{
    const answer *found;
    TRY(field_find(drawing, scope, when->line, when->path, when->optional, &found));
    bool holds = when->word ? found && found->text && strcmp(found->text, when->word) == 0 : field_stands(found);
    *ret_holds = holds != when->negated;
    return DONE;
}

static ending each_row_read(drawing *drawing, const scope *outer, const answer *list, row_visit visit, void *context)
{
    scope inner = *outer;
    for (inner.position = 1;; inner.position++) {
        answer *row = NULL;
        TRY(list->read(list->cursor, drawing->arena, &row));
        if (!row)
            return DONE;
        inner.row = row;
        TRY(visit(drawing, &inner, context));
    }
}

ending field_each(drawing *drawing, const scope *outer, const item *item, row_visit visit, void *context)
{
    const answer *list;
    TRY(field_find(drawing, outer, item->line, item->path, item->optional, &list));
    if (!list || list->kind == ANSWER_NOTHING)
        return DONE;
    if (list->kind == ANSWER_ROWS)
        return each_row_read(drawing, outer, list, visit, context);
    if (list->kind != ANSWER_LIST)
        return refuse_item(drawing, item->line, "DOC-15", item->path, NULL, NULL);
    scope inner = *outer;
    inner.position = 0;
    for (inner.row = list->first; inner.row; inner.row = inner.row->next) {
        inner.position++;
        TRY(visit(drawing, &inner, context));
    }
    return DONE;
}
