#ifndef MAGISTRAL_BASE_TEMPLATE_H
#define MAGISTRAL_BASE_TEMPLATE_H

#include "magistral/base/answer.h"
#include "magistral/base/language.h"

/* Pages: HTML with marks that are filled from an answer; a subset of Mustache (mustache.5).
 *
 *     {{path}}               the written form of what stands there, always escaped; {{.}} is what the section stands for
 *     {{=path}}              the text as it is kept, always escaped: a state's word, a number's canonical form; for attributes
 *     {{~path}}              the computation of a figure
 *     {{#path}}...{{/path}}  its content when the path stands: once inside an object, once for each child of a list
 *     {{^path}}...{{/path}}  its content when it does not: nothing, an empty text or list, false
 *     {{+name}}              the template name.html in this place: a piece that several pages share
 *     {{>key}}               the sentence of a catalogue in the page's language, escaped
 *     {{! comment }}
 *
 * A place of a list by its number ("rows.0") asks whether the list is so long.
 * What stands at a path is escaped unless it is ANSWER_MARKUP, which only put_page() makes, of what a template wrote.
 * A path ("batch.number") is looked for in the innermost section first, then outward. There is no mark that writes
 * markup: what comes from a record can never become one. A name that is not there, a key that no catalogue has, and
 * sections that do not close are refused, naming file and line (PAGE-01 to PAGE-05). */
typedef struct page_template page_template;

/* Reads a template; `name` is that of its file. Text and template live in `arena`. */
ending template_parse(const char *name, const char *text, arena *arena, outcome *outcome, const page_template **ret_template) MUST_CHECK;

/* Fills it from an object, in a language, instants as the clock of `zone` showed them. `to` is of use only when DONE. */
ending template_render(const page_template *template, const answer *object, language language, const char *zone, outcome *outcome,
                       buffer *to) MUST_CHECK;

/* Fills a template from an object and puts what it wrote into another one, as a piece of its page. */
ending put_page(answer *to, const char *name, const page_template *template, const answer *object, language language, const char *zone,
                outcome *outcome) MUST_CHECK;

/* Appends a text so that it is itself inside an element and inside a quoted attribute. */
void html_add_text(buffer *to, const char *text);

#endif
