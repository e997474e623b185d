#ifndef MAGISTRAL_WEB_DESK_H
#define MAGISTRAL_WEB_DESK_H

#include "magistral/act/badges.h"
#include "magistral/act/holder.h"
#include "parts.h"

/* A request of someone who works here: who they are, in which language, what they sent. Made anew for each request. */
typedef struct desk {
    core *core;
    const asked *asked;
    arena *arena;
    outcome *outcome;
    page *page;
    reader *reader;
    house house;
    holder holder;      /* identifier NULL: nobody is signed in */
    visit visit;
    const char *secret; /* of the session's cookie, or NULL */
    const char *workstation; /* declared name of the browser that asks, or "" */
    language language;
    const char *path;   /* "/lot/show" */
    bool restored;      /* the form was found again as its person had left it */
    form query, body;
} desk;

/* desk.c. Reads who asks and what; a body that cannot be read is refused by a page of its own (*ret_answered). */
ending desk_open(core *core, const asked *asked, arena *arena, outcome *outcome, page *page, desk *ret_desk, bool *ret_answered) MUST_CHECK;
/* Draws templates/NAME.html from `content` into the frame around every page. */
ending desk_send(desk *desk, unsigned status, const char *name, const char *title, answer *content) MUST_CHECK;
/* Goes to another address after something was done (303). */
ending desk_go(desk *desk, const char *location) MUST_CHECK;
/* A page that says what is the matter: catalogue keys page.MESSAGE and page.MESSAGE-text. */
ending desk_message(desk *desk, unsigned status, const char *message) MUST_CHECK;
/* Starts the session of a person who has just proved to be it, in place of the one there was: its secret is a new one. Their own that
 * had gone idle wakes. */
ending desk_begin(desk *desk, const char *person, bool by_badge) MUST_CHECK;
/* Makes this browser the workstation that has the token. */
void desk_set_workstation(desk *desk, const char *token);
/* Ends the session, and takes its cookie away. */
void desk_leave(desk *desk);
/* True when the request comes from a page of this server, drawn in this session: nothing is changed otherwise. */
bool desk_is_own(const desk *desk);
/* A sentence of the catalogues in the desk's language. */
const char *desk_words(const desk *desk, const char *key);
/* "/lot/show" for an act's name. */
const char *desk_address(arena *arena, const char *act);
/* The input of an act that takes a thing of a kind, or NULL. */
const input_definition *act_input_for(const act *act, const char *kind);
/* The input that names the thing which an act is about: the first that asks for one; NULL when none does. */
const input_definition *act_thing_input(const act *act);
/* The address that shows a thing ("lot", "MP26-0003"), or NULL when no view does. What has no page
 * of its own is shown by what stands behind it. */
const char *desk_thing(arena *arena, const char *kind, const char *number);
/* Where a door of an answer leads: the act's form with its inputs filled in, or the view. */
const char *desk_door(arena *arena, const answer *door);
/* The short words for an act, as on its button. */
const char *desk_label(const desk *desk, const char *act);
/* The sentence of a refusal in its written form. */
const char *desk_sentence(const desk *desk, const refusal *refusal);
/* Puts refused sentences as the list "errors" (text, href to the field or nothing). The fields are those of `act`, or NULL; what is none
 * of them leads to the one with this identifier, or nowhere (NULL). */
void desk_put_errors(const desk *desk, answer *content, const outcome *refused, const act *act, const char *identifier);
/* True when an address leads into these pages and nowhere else, as browsers read it. */
bool desk_is_address(const char *address);
/* The address in the form, when it leads back into these pages, else `otherwise`. */
const char *desk_next(const desk *desk, const char *otherwise);

/* sign_in.c: the page that asks who is there; a badge (or NULL) was scanned already, and its PIN is due. */
ending sign_in_send(desk *desk, unsigned status, const char *badge, const outcome *refused) MUST_CHECK;

/* change.c: what a person has typed in the form of an act stays theirs when another one takes their place. */
/* True for a field that may be kept for later: no secret, no badge, nothing that belongs to one page. */
bool change_keeps(const act *act, const form_value *value);
/* Keeps the fields of the body as typed at `address`, for the person of the session. */
ending change_keep(desk *desk, const char *address) MUST_CHECK;
/* Shows the form again with what was kept for this person; *ret_shown is false when nothing was. `take` forgets it. */
ending change_show(desk *desk, bool take, bool *ret_shown) MUST_CHECK;

/* second.c: another person does the act on this screen, without a session of their own. */
/* Fills the command's person, or badge, and password with who identified beside the form; *ret_second is false when nobody did. */
ending second_read(desk *desk, const act *act, command *command, outcome *outcome, bool *ret_second) MUST_CHECK;
/* Puts the object "second" for an act that another person does, else its absence. */
ending second_put(desk *desk, answer *content, const act *act) MUST_CHECK;

/* The pages. */
ending home_page(desk *desk) MUST_CHECK;                       /* home.c */
ending menu_page(desk *desk) MUST_CHECK;
ending sign_in_page(desk *desk) MUST_CHECK;                    /* sign_in.c */
ending sign_out_page(desk *desk) MUST_CHECK;
ending account_page(desk *desk) MUST_CHECK;                    /* account.c */
ending password_page(desk *desk) MUST_CHECK;                   /* password.c: setting one's own, or one's PIN */
ending change_page(desk *desk) MUST_CHECK;                     /* change.c: another person takes the place of this one */
ending badge_page(desk *desk, const answer *given) MUST_CHECK; /* badge.c: a badge just given, to be printed at once */
ending scan_page(desk *desk) MUST_CHECK;                       /* scanned.c */
ending content_page(desk *desk) MUST_CHECK;                    /* contents.c */
ending view_page(desk *desk, const act *view) MUST_CHECK;      /* view.c */
ending view_sent(desk *desk, const act *view) MUST_CHECK;      /* view.c: a view that is given a file */
/* view.c: where the form of an act stood in the page of a view, that page again with what was typed and why it is refused;
 * *ret_shown stays false when it stood in none, or when that page has another task by now. */
ending view_refused(desk *desk, const act *act, const outcome *refused, bool *ret_shown) MUST_CHECK;
ending form_page(desk *desk, const act *act) MUST_CHECK;       /* fill.c: the form of an act */
ending act_page(desk *desk, const act *act) MUST_CHECK;        /* post.c: what was sent in it */

/* chart.c: where target and value of a weighing (of the task that an answer names, else of the answer itself) stand between its limits,
 * as the object "scale" of `content`; nothing where none is weighed. */
ending chart_put_scale(const desk *desk, answer *content, const answer *tree) MUST_CHECK;

/* The same, and the whole answer as parts. */
ending weighing_put(const desk *desk, answer *content, const answer *tree) MUST_CHECK;

/* course.c: the values of a series as a chart ("chart"), its verdict and the figures behind it; the rest as parts. */
ending course_put(const desk *desk, answer *content, const answer *tree) MUST_CHECK;

/* traced.c: what the rows of an answer name of each other, as a picture and as a list that folds; the other way; each list whole. */
ending traced_put(const desk *desk, answer *content, const answer *tree) MUST_CHECK;

/* view.c: runs a view with the inputs of the address; `whole`: all rows of a list, not a page of them. */
ending view_run(desk *desk, const act *view, runner *runner, bool whole, outcome *outcome, answer **ret_answer) MUST_CHECK;

/* pager.c: the order of a list as its page shows it. */
typedef struct shown_order {
    const char *sort;     /* column, or NULL */
    bool descending;
    const char *columns;  /* those that it may be sorted by, separated by |; NULL: no list */
} shown_order;
/* Takes what an answer says of a list's page out of it, and puts it into `content`: links to the pages beside it and to the
 * downloads, filters that are set, how much was looked through. */
shown_order pager_put(const desk *desk, answer *content, const act *view, answer *tree);
/* The address of this list sorted by a column: the other way round when it is so sorted. */
const char *pager_sorted(const desk *desk, const shown_order *order, const char *column);

/* download.c: the list of a view as a file of values separated by commas or semicolons. */
ending download_page(desk *desk, const act *view) MUST_CHECK;

/* tree.c: any answer as a flat list of parts that a template can draw, put into `content` as "parts". Of rows read by a cursor the
 * first 200 are shown. */
ending tree_put(const desk *desk, answer *content, const answer *tree, const shown_order *order) MUST_CHECK;

/* post.c: the inputs of an act or view as they stand in the body of a form; what is no longer kept is refused. Owned by the desk's arena. */
size_t post_inputs(desk *desk, const act *act, outcome *outcome, given_input **ret_given);

/* post.c: runs an act on the writer's connection, in its turn; the password that comes with it was checked before. */
ending post_run(desk *desk, command *command, outcome *outcome, answer **ret_answer) MUST_CHECK;

/* fill.c: puts the fields of an act as the list "fields", filled with what was given; `errors` beside their fields, or NULL. */
ending fill_put(desk *desk, answer *content, const act *act, const form *given, const outcome *errors) MUST_CHECK;

/* Of fields put by fill_put(), those that have a value become fixed: shown, and sent along, not asked again. */
ending fill_fix(answer *content, const form *given) MUST_CHECK;
/* Puts the list "changes": what others did to the thing of an act since the page was drawn from which the form was sent. */
ending fill_put_changes(desk *desk, answer *content, const act *act, const form *given) MUST_CHECK;
/* True when an input of the act is a file. */
bool act_has_file(const act *act);
/* Sends the form of an act filled with what was given, and what happened to its thing since the page that sent it was drawn. */
ending form_send(desk *desk, unsigned status, const act *act, const form *given, const outcome *refused) MUST_CHECK;

/* uploads.c: files that came with a form, kept by digest for its session as long as it lasts; refused forms keep them. The oldest go
 * when there are more than 32 MiB of a session, 256 MiB of all. */
/* The path of a kept file, or NULL. */
const char *uploads_path(const desk *desk, const char *digest);
/* Keeps the files of a form, and those that were written in the page itself ("_text.NAME"): each stands in its body by its digest from then on, as "_file.NAME", in place of one that came before. */
ending uploads_take(desk *desk, const act *act) MUST_CHECK;
/* How a reader is told of a kept file by its path here: the beginning of its digest; NULL when it is none. */
const char *uploads_name(const desk *desk, const char *path);
/* Appends the bytes of a kept file. */
ending uploads_read(const desk *desk, const char *digest, buffer *to, bool *ret_found) MUST_CHECK;

/* True when a page can do it: nothing that it needs names a file of the server. */
bool act_is_for_pages(const act *act);
/* The input of an act that a page may give, or NULL: one that names a file of the server is none. */
const input_definition *act_page_input(const act *act, const char *name);
/* The act or view at an address that pages have ("/lot/show"), or NULL. */
const act *desk_act(arena *arena, const char *path);
/* True when all its inputs are optional. */
bool act_needs_nothing(const act *act);

#endif
