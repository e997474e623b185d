#include "drawing.h"

#include <stdio.h>
#include <string.h>

#include "magistral/base/day.h"
#include "magistral/base/typography.h"

/* A style while the parts are read. */
typedef struct style {
    face_id face;
    bool struck;
} style;

static void add_form(drawing *drawing, const answer *leaf, form form)
{
    language language = drawing->layout->language;
    const char *zone = drawing->information->zone;
    buffer *to = &drawing->text;
    switch (form) {
    case FORM_PLAIN: typography_add_answer(to, language, zone, leaf); break;
    case FORM_FORMULA: typography_add_formula(to, language, leaf->formula ? leaf->formula : ""); break;
    case FORM_NUMBER: typography_add_number(to, language, leaf->text, NULL); break;
    case FORM_UNIT: buffer_add_text(to, leaf->unit ? leaf->unit : ""); break;
    case FORM_DAY: {
        char local[20];
        bool instant = leaf->kind == ANSWER_INSTANT && zone && instant_local_text(leaf->text, zone, local);
        if (instant)
            local[10] = 0;
        typography_add_day(to, language, instant ? local : leaf->text);
        break;
    }
    case FORM_TIME: typography_add_time(to, language, leaf->text, zone, false); break;
    case FORM_CODE: buffer_add_text(to, leaf->text); break;
    case FORM_COUNT: break;
    case FORM_CAPITALS: {
        BUFFER_SCOPE buffer plain = BUFFER_EMPTY;
        typography_add_answer(&plain, language, zone, leaf);
        typography_add_capitals(to, buffer_text(&plain));
        break;
    }
    }
}

/* The written form of a field in drawing->text. */
static ending read_field(drawing *drawing, const scope *scope, const part *part)
{
    const answer *found;
    TRY(field_find(drawing, scope, part->line, part->text, part->optional, &found));
    buffer_empty(&drawing->text);
    bool container = found && (found->kind == ANSWER_OBJECT || found->kind == ANSWER_LIST || found->kind == ANSWER_ROWS);
    if (part->form == FORM_COUNT && found && (container || found->kind == ANSWER_NOTHING)) {
        if (found->kind == ANSWER_ROWS)
            return refuse_item(drawing, part->line, "DOC-15", part->text, NULL, NULL);
        char count[24];
        snprintf(count, sizeof count, "%zu", container ? answer_children(found) : 0);
        typography_add_number(&drawing->text, drawing->layout->language, count, NULL);
        return DONE;
    }
    if (container)
        return refuse_item(drawing, part->line, "DOC-15", part->text, NULL, NULL);
    if (!found || found->kind == ANSWER_NOTHING)
        buffer_add_text(&drawing->text, "—");
    else
        add_form(drawing, found, part->form);
    return DONE;
}

static ending add_letters(drawing *drawing, const part *part, const char *text, size_t length, style style)
{
    const char *field = part->kind == PART_FIELD ? part->text : NULL;
    for (const char *at = text, *end = text + length; at < end;) {
        const char *start = at;
        int32_t scalar = text_scalar(&at, end);
        if (scalar < 0 || !text_is_clean(start, (size_t)(at - start)))
            return refuse_item(drawing, part->line, "DOC-07", field, NULL, NULL);
        letter made = {.face = (uint8_t)style.face, .struck = style.struck, .space = scalar == ' ' || scalar == '\t',
                       .feed = scalar == '\n'};
        made.glyph = face_glyph(style.face, made.space || made.feed ? ' ' : scalar);
        if (made.glyph == 0) {
            char name[16];
            snprintf(name, sizeof name, "U+%04X", (unsigned)scalar);
            return refuse_item(drawing, part->line, "DOC-08", field, text, name);
        }
        made.advance = (uint16_t)face_advance(style.face, made.glyph);
        buffer_add(&drawing->letters, &made, sizeof made);
    }
    return DONE;
}

/* Whether the parts behind a condition are skipped. */
static ending skip(drawing *drawing, const scope *scope, const part *part, bool *ret_skip)
{
    const answer *found;
    TRY(field_find(drawing, scope, part->line, part->text, part->optional, &found));
    *ret_skip = field_stands(found) != (part->kind == PART_IF);
    return DONE;
}

static const part *matching_end(const part *open)
{
    int depth = 0;
    for (const part *p = open;; p = p->next) {
        if (p->kind == PART_IF || p->kind == PART_UNLESS)
            depth++;
        if (p->kind == PART_END && --depth == 0)
            return p;
    }
}

ending writing_make(drawing *drawing, const scope *scope, const part *parts, face_id face,
                    writing *ret_writing)
{
    style style = {.face = face};
    buffer_empty(&drawing->letters);
    for (const part *p = parts; p; p = p->next) {
        bool skipped = false;
        switch (p->kind) {
        case PART_TEXT: TRY(add_letters(drawing, p, p->text, strlen(p->text), style)); break;
        case PART_FIELD:
            TRY(read_field(drawing, scope, p));
            TRY(add_letters(drawing, p, buffer_text(&drawing->text), drawing->text.length, style));
            break;
        case PART_IF:
        case PART_UNLESS:
            TRY(skip(drawing, scope, p, &skipped));
            p = skipped ? matching_end(p) : p;
            break;
        case PART_BOLD: style.face = style.face == BOLD ? REGULAR : BOLD; break;
        case PART_STRUCK: style.struck = !style.struck; break;
        case PART_END: break;
        }
    }
    ret_writing->count = drawing->letters.length / sizeof(letter);
    ret_writing->letters = (const letter *)(const void *)arena_copy(drawing->arena, drawing->letters.bytes,
                                                                    drawing->letters.length);
    return DONE;
}

const char *writing_text(drawing *drawing, const writing *writing)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < writing->count; i++) {
        const letter *l = &writing->letters[i];
        buffer_add_scalar(&text, l->feed ? ' ' : faces[l->face].letters[l->glyph - 1]);
    }
    return arena_text(drawing->arena, buffer_text(&text));
}

ending writing_plain(drawing *drawing, const scope *scope, const part *parts, const char **ret_text)
{
    writing made;
    TRY(writing_make(drawing, scope, parts, REGULAR, &made));
    *ret_text = writing_text(drawing, &made);
    return DONE;
}

double writing_width(const writing *writing, size_t first, size_t count, double size)
{
    long width = 0;
    for (size_t i = first; i < first + count; i++)
        width += writing->letters[i].advance;
    return (double)width * size / 1000;
}

static bool is_digit(const letter *letter)
{
    uint16_t zero = face_glyph((face_id)letter->face, '0');
    return letter->glyph >= zero && letter->glyph <= zero + 9;
}

static bool is_one_of(const letter *letter, const int32_t *signs)
{
    for (; *signs; signs++)
        if (letter->glyph == face_glyph((face_id)letter->face, *signs))
            return true;
    return false;
}

/* No line ends behind a comparison sign, inside a number that was typed with spaces, or before its % or °. */
static bool binds(const writing *w, size_t space)
{
    static const int32_t comparing[] = {'<', '>', 0x2264, 0x2265, 0xB1, 0}, closing[] = {'%', 0xB0, 0};
    if (space == 0 || space + 1 >= w->count)
        return false;
    const letter *before = &w->letters[space - 1], *after = before + 2;
    return is_one_of(before, comparing) || (is_digit(before) && (is_digit(after) || is_one_of(after, closing)));
}

/* A long name may be parted behind a hyphen between letters; a number of a thing ("PM26-0001") may not. */
static bool parts(const writing *w, size_t hyphen)
{
    if (hyphen < 2 || hyphen + 2 >= w->count || w->letters[hyphen].glyph != face_glyph((face_id)w->letters[hyphen].face, '-'))
        return false;
    const letter *before = &w->letters[hyphen - 1], *after = before + 2;
    return !is_digit(before) && !is_digit(after) && !before->space && !after->space && !after->feed;
}

/* Where the line that starts at `first` ends (*ret_end) and the next one begins. `room` in thousandths. */
static size_t end_of_line(const writing *w, size_t first, double room, size_t *ret_end, bool *broken)
{
    long width = 0;
    size_t space = SIZE_MAX, hyphen = SIZE_MAX;
    for (size_t i = first; i < w->count; i++) {
        const letter *l = &w->letters[i];
        if (l->feed) {
            *ret_end = i;
            return i + 1;
        }
        if (l->space && !binds(w, i))
            space = i;
        width += l->advance;
        bool fits = (double)width <= room;
        if (fits && parts(w, i))
            hyphen = i + 1;
        if (fits || l->space)
            continue;
        if (space != SIZE_MAX) {
            *ret_end = space;
            return space + 1;
        }
        if (hyphen == SIZE_MAX) {
            *broken = true;
            hyphen = i > first ? i : first + 1;
        }
        *ret_end = hyphen;
        return hyphen;
    }
    *ret_end = w->count;
    return w->count;
}

size_t writing_break(drawing *drawing, const writing *w, double size, double width, text_line **ret_lines,
                     bool *ret_broken)
{
    size_t count = 0, room = 4;
    text_line *lines = arena_array(drawing->arena, room, sizeof *lines);
    *ret_broken = false;
    for (size_t at = 0; at < w->count;) {
        size_t first = at, end;
        at = end_of_line(w, first, width * 1000 / size + 0.01, &end, ret_broken);
        while (end > first && w->letters[end - 1].space)
            end--;
        if (count == room) {
            text_line *grown = arena_array(drawing->arena, room * 2, sizeof *grown);
            memcpy(grown, lines, room * sizeof *grown);
            lines = grown;
            room *= 2;
        }
        lines[count++] = (text_line){first, end - first, writing_width(w, first, end - first, size)};
        while (at < w->count && w->letters[at].space)
            at++;
    }
    *ret_lines = lines;
    return count;
}
