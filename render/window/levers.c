/* SPDX-License-Identifier: MIT */
#include "render/window/levers.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/live/explain.h"
#include "render/window/ui/phrases.h"

void spiral_levers_choose_states(struct spiral_levers *levers,
                                 const struct spiral_scenario *scenario)
{
    levers->state = scenario->small;
    levers->actor = scenario->small;
    levers->weight = 1.0;
    for (int i = (int)scenario->state_count - 1; i >= 0; i--)
        if (scenario->states[i].role == SPIRAL_NEIGHBOUR)
            levers->target = i;
}

/* The column while it is drawn: where the next widget comes. */
struct column {
    struct spiral_levers *levers;
    struct spiral_ui *ui;
    struct spiral_page *page;
    struct spiral_session *session;
    enum spiral_language language;
    struct spiral_notice *notice;
    struct spiral_rectangle at;
    double y;
};

static struct spiral_rectangle next_rectangle(struct column *column, double height, double gap)
{
    const struct spiral_rectangle at = {column->at.x, column->y, column->at.width, height};
    column->y += height + gap;
    return at;
}

static double line_height(struct spiral_page *page)
{
    return spiral_text_measure(page, SPIRAL_TEXT_tick, "0", NULL).height;
}

static void draw_heading(struct column *column, const char *text)
{
    const double height = line_height(column->page) + 4.0 * column->page->scale;
    const struct spiral_rectangle at = next_rectangle(column, height, 2.0 * column->page->scale);

    spiral_text_draw(column->page, SPIRAL_TEXT_note, text, at.x, at.y + height, 0.0, 1.0, NULL);
    column->y += 5.0 * column->page->scale;
}

static const char *phrase_of(const struct column *column, enum spiral_phrase phrase)
{
    return spiral_phrase(phrase, column->language);
}

/* The text of a table in the column's language. */
static const char *label_of(const struct column *column, const char *en, const char *zh)
{
    return column->language == SPIRAL_CHINESE ? zh : en;
}

/* --- menus ------------------------------------------------------------------------------------ */

static const char *state_name(const void *context, int i)
{
    const struct spiral_levers_subject *subject = context;
    return spiral_figure_text(&subject->session->scenario.states[i].name, subject->language);
}

static const char *doctrine_name(const void *context, int i)
{
    const struct spiral_levers_subject *subject = context;
    const struct spiral_doctrine *doctrine = &spiral_doctrines[subject->doctrines[i]];

    return subject->language == SPIRAL_CHINESE ? doctrine->label_zh : doctrine->label_en;
}

static bool draw_menu(struct column *column, enum spiral_phrase label,
                      enum spiral_sentence sentence,
                      const char *(*item)(const void *context, int i), int count, double gap,
                      int *chosen)
{
    const double unit = column->page->scale;
    const struct spiral_rectangle at =
        next_rectangle(column, line_height(column->page) + 10.0 * unit, gap * unit);
    const bool other = spiral_ui_menu(column->ui, at, phrase_of(column, label), item,
                                      &column->levers->subject, count, chosen);

    spiral_ui_say(column->ui, phrase_of(column, label), sentence, column->language);

    return other;
}

static void draw_state_menu(struct column *column, enum spiral_phrase label,
                            enum spiral_sentence sentence, int *state)
{
    draw_menu(column, label, sentence, state_name, (int)column->session->scenario.state_count, 6.0,
              state);
}

/* Says what the i-th of a table of the model is, where the widget drawn last is pointed at. `more`:
 * what else is to be known, may be "". */
static void explain(struct column *column, enum spiral_subject subject, size_t i, const char *more)
{
    if (!spiral_ui_is_pointed(column->ui))
        return;

    const char *code = spiral_language_code(column->language);
    const struct spiral_explanation explanation = spiral_explain(subject, i, code);
    char facts[sizeof column->ui->card.facts];

    snprintf(facts, sizeof facts, "%s%s%s", explanation.facts, more[0] != '\0' ? "\n" : "", more);
    spiral_ui_explain(column->ui, explanation.label, explanation.sentence, facts,
                      explanation.source);
}

/* --- sliders ---------------------------------------------------------------------------------- */

/* A number with its unit. */
static void write_number(char text[32], const struct spiral_field *field, double value,
                         enum spiral_language language)
{
    static const struct {
        const char *unit;
        const char *en;
        const char *zh;
    } units[] = {{"1", "", ""}, {"y", " y", " 年"}, {"1/sqrt(y)", " /√y", " /√年"}};
    const char *unit = field->unit;
    const char *space = " ";

    for (size_t u = 0; u < sizeof units / sizeof *units; u++)
        if (strcmp(field->unit, units[u].unit) == 0) {
            unit = language == SPIRAL_CHINESE ? units[u].zh : units[u].en;
            space = "";
        }

    snprintf(text, 32, "%.3g%s%s", value, space, unit);
}

/* The mark of a pinned number, between its label and its value. True where it was pressed. */
static bool draw_pin(struct column *column, struct spiral_rectangle slider)
{
    struct spiral_page *page = column->page;
    const double line = spiral_text_measure(page, SPIRAL_TEXT_note, "0", NULL).height;
    const char *text = phrase_of(column, SPIRAL_PHRASE_pinned);
    const double width = spiral_text_measure(page, SPIRAL_TEXT_note, text, NULL).width;
    const bool pressed =
        spiral_ui_label(column->ui, slider.x + 0.72 * slider.width - width, slider.y + 0.5 * line,
                        text, page->theme->series[SPIRAL_COLOR_FORCE]);

    spiral_ui_say(column->ui, text, SPIRAL_SENTENCE_release, column->language);

    return pressed;
}

/* A slider of the number `name`, the i-th of a table, whose value is now `value`. */
static void draw_number(struct column *column, const char *name, enum spiral_subject subject,
                        size_t i, double value)
{
    const struct spiral_field *field =
        subject == SPIRAL_SUBJECT_CONSTANT          ? &spiral_constant_fields[i]
        : subject == SPIRAL_SUBJECT_DOCTRINE_NUMBER ? &spiral_doctrine_fields[i]
                                                    : &spiral_state_fact_fields[i];
    const double unit = column->page->scale;
    const struct spiral_rectangle at =
        next_rectangle(column, 2.0 * line_height(column->page) + 2.0 * unit, 4.0 * unit);
    char text[32];
    struct spiral_error error;

    /* a touched number holds against the script: its mark releases it */
    const struct spiral_choice *pin = spiral_session_pin(column->session, name);
    const bool released = pin != NULL && draw_pin(column, at);

    write_number(text, field, value, column->language);
    if (spiral_ui_slider(column->ui, at, label_of(column, field->label_en, field->label_zh), &value,
                         field->low, field->high, text))
        spiral_notice_check(column->notice,
                            spiral_session_set(column->session, name, value, &error), &error);
    explain(column, subject, i,
            phrase_of(column, spiral_session_is_dated(name) ? SPIRAL_PHRASE_from_now
                                                            : SPIRAL_PHRASE_whole_run));

    if (released || (pin != NULL && spiral_ui_is_deleted(column->ui)))
        spiral_notice_check(column->notice, spiral_session_release(column->session, name, &error),
                            &error);
}

/* --- the tabs --------------------------------------------------------------------------------- */

/* Greed and resolve of a state, which may change at a date too. */
static void draw_motives(struct column *column, int state)
{
    const struct spiral_session *session = column->session;
    const double date = spiral_plan_date(session->plan, session->present + 1);
    const struct spiral_state_facts *facts = &session->scenario.states[state];
    const struct {
        size_t fact;
        enum spiral_entry_kind kind;
        double first;
    } motives[] = {{SPIRAL_STATE_FACT_greed, SPIRAL_ENTRY_GREED, facts->greed},
                   {SPIRAL_STATE_FACT_resolve, SPIRAL_ENTRY_RESOLVE, facts->resolve}};
    char name[96];

    for (int m = 0; m < 2; m++) {
        /* looked up anew: a slider before may have made another scenario */
        const struct spiral_entry *change =
            spiral_edit_last_change(&session->scenario, motives[m].kind, state, date);

        snprintf(name, sizeof name, "%s.%s", session->base.states[state].id,
                 spiral_state_fact_fields[motives[m].fact].name);
        draw_number(column, name, SPIRAL_SUBJECT_STATE_FACT, motives[m].fact,
                    change != NULL ? change->value : motives[m].first);
    }
}

/* Lists the doctrines that are for a role, and the one that the state has. Returns the place of
 * that in the list, or -1. */
static int list_doctrines(struct spiral_levers_subject *subject, enum spiral_role role,
                          const struct spiral_doctrine *preset)
{
    int own = -1;

    subject->doctrine_count = 0;
    for (int d = 0; d < SPIRAL_DOCTRINES; d++) {
        if (&spiral_doctrines[d] == preset)
            own = subject->doctrine_count;
        if (spiral_doctrines[d].role == role || &spiral_doctrines[d] == preset)
            subject->doctrines[subject->doctrine_count++] = d;
    }

    return own;
}

static void draw_doctrine_tab(struct column *column)
{
    struct spiral_session *session = column->session;
    const struct spiral_doctrine *preset = NULL;
    char name[96];

    draw_state_menu(column, SPIRAL_PHRASE_state, SPIRAL_SENTENCE_state, &column->levers->state);

    const int state = column->levers->state;

    spiral_session_doctrine(session, state, &preset);

    struct spiral_levers_subject *subject = &column->levers->subject;
    int chosen = list_doctrines(subject, session->base.states[state].role, preset);
    const int before = chosen;

    draw_menu(column, SPIRAL_PHRASE_doctrine, SPIRAL_SENTENCE_doctrine, doctrine_name,
              subject->doctrine_count, 4.0, &chosen);
    if (chosen != before)
        column->levers->wanted = &spiral_doctrines[subject->doctrines[chosen]];

    /* an item of the open list, else the course that is in force */
    const int marked = spiral_ui_menu_item(column->ui);

    if (marked >= 0 || before >= 0)
        explain(column, SPIRAL_SUBJECT_DOCTRINE,
                (size_t)subject->doctrines[marked >= 0 ? marked : before], "");
    draw_heading(column, phrase_of(column, SPIRAL_PHRASE_from_now));

    double numbers[SPIRAL_DOCTRINE_NUMBERS]; /* a copy: a slider makes another scenario */

    memcpy(numbers, spiral_session_doctrine(session, state, NULL), sizeof numbers);

    for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++) {
        snprintf(name, sizeof name, "doctrine.%s.%s", session->base.states[state].id,
                 spiral_doctrine_fields[n].name);
        draw_number(column, name, SPIRAL_SUBJECT_DOCTRINE_NUMBER, (size_t)n, numbers[n]);
    }

    draw_motives(column, state);
}

/* How much of a move. */
static void draw_weight(struct column *column)
{
    const double unit = column->page->scale;
    const struct spiral_rectangle at =
        next_rectangle(column, 2.0 * line_height(column->page) + 2.0 * unit, 4.0 * unit);
    char text[32];

    snprintf(text, sizeof text, "%.2f", column->levers->weight);
    spiral_ui_slider(column->ui, at, phrase_of(column, SPIRAL_PHRASE_weight),
                     &column->levers->weight, 0.0, 2.0, text);
    spiral_ui_say(column->ui, phrase_of(column, SPIRAL_PHRASE_weight), SPIRAL_SENTENCE_weight,
                  column->language);
}

/* Why a move cannot be made, or would do nothing; "" where it would do something. */
static const char *reason_against(const struct column *column, enum spiral_move_use use)
{
    switch (use) {
    case SPIRAL_MOVE_NO_PAIR: return phrase_of(column, SPIRAL_PHRASE_no_pair);
    case SPIRAL_MOVE_NO_TARGET: return phrase_of(column, SPIRAL_PHRASE_move_no_target);
    case SPIRAL_MOVE_NO_TIE: return phrase_of(column, SPIRAL_PHRASE_move_no_tie);
    case SPIRAL_MOVE_NOTHING: return phrase_of(column, SPIRAL_PHRASE_move_nothing);
    case SPIRAL_MOVE_AT_END: return phrase_of(column, SPIRAL_PHRASE_move_at_end);
    case SPIRAL_MOVE_USEFUL: break;
    }
    return "";
}

static void draw_moves_tab(struct column *column)
{
    struct spiral_levers *levers = column->levers;
    struct spiral_error error;

    draw_state_menu(column, SPIRAL_PHRASE_actor, SPIRAL_SENTENCE_actor, &levers->actor);
    draw_state_menu(column, SPIRAL_PHRASE_target, SPIRAL_SENTENCE_target, &levers->target);
    draw_weight(column);

    const double unit = column->page->scale;
    const double height = line_height(column->page) + 8.0 * unit;
    const double half = 0.5 * (column->at.width - 6.0 * unit);
    const bool pair =
        levers->actor != levers->target &&
        spiral_scenario_find_pair(&column->session->base, levers->actor, levers->target) != NULL;

    draw_heading(column, phrase_of(column, pair ? SPIRAL_PHRASE_from_now : SPIRAL_PHRASE_no_pair));

    /* two columns of buttons */
    for (int move = 0; move < SPIRAL_MOVES; move++) {
        const struct spiral_rectangle at = {column->at.x + (move % 2) * (half + 6.0 * unit),
                                            column->y, half, height};
        const char *label =
            label_of(column, spiral_moves[move].label_en, spiral_moves[move].label_zh);

        if (move % 2 == 1 || move + 1 == SPIRAL_MOVES)
            column->y += height + 5.0 * unit;

        const enum spiral_move_use use =
            spiral_session_move_use(column->session, levers->actor,
                                    levers->actor == levers->target ? -1 : levers->target, move);

        column->ui->disabled = use != SPIRAL_MOVE_USEFUL;
        if (spiral_ui_button(column->ui, at, label, false))
            spiral_notice_check(column->notice,
                                spiral_session_move(column->session, levers->actor,
                                                    pair ? levers->target : -1, move,
                                                    levers->weight, &error),
                                &error);
        column->ui->disabled = false;
        explain(column, SPIRAL_SUBJECT_MOVE, (size_t)move, reason_against(column, use));
    }
}

static void draw_model_tab(struct column *column)
{
    /* the constants that a lesson is about, in the order of the model's stages */
    static const enum spiral_constant shown[] = {
        SPIRAL_K_capability,  SPIRAL_K_encircle, SPIRAL_K_conduct,    SPIRAL_K_othering,
        SPIRAL_K_reassure,    SPIRAL_K_noise,    SPIRAL_K_arms_react, SPIRAL_K_commit_rise,
        SPIRAL_K_belief_base, SPIRAL_K_tripwire, SPIRAL_K_window,     SPIRAL_K_loss,
        SPIRAL_K_prize,       SPIRAL_K_trade,
    };
    char name[96];
    struct spiral_constants constants = column->session->constants;

    draw_heading(column, phrase_of(column, SPIRAL_PHRASE_whole_run));

    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        snprintf(name, sizeof name, "k.%s", spiral_constant_fields[shown[i]].name);
        draw_number(column, name, SPIRAL_SUBJECT_CONSTANT, shown[i],
                    *spiral_constant_at(&constants, shown[i]));
    }
}

/* A small button, and beside it a text of as many lines as it needs. */
static bool draw_entry(struct column *column, const char *label, const char *text)
{
    const double unit = column->page->scale;
    const double button =
        spiral_text_measure(column->page, SPIRAL_TEXT_tick, "0000-00", NULL).width + 12.0 * unit;
    const struct spiral_text_form form = {.width = column->at.width - button - 8.0 * unit};
    const double least = line_height(column->page) + 4.0 * unit;
    const double height =
        spiral_text_measure(column->page, SPIRAL_TEXT_caption, text, &form).height;
    const struct spiral_rectangle at = next_rectangle(column, fmax(least, height), 5.0 * unit);

    spiral_text_draw(column->page, SPIRAL_TEXT_caption, text, at.x + button + 8.0 * unit,
                     at.y + 0.5 * at.height, 0.0, 0.5, &form);

    return spiral_ui_button(column->ui,
                            (struct spiral_rectangle){at.x, at.y + 0.5 * (at.height - least),
                                                      button, least},
                            label, false);
}

/* A share with its interval: "41 % (38–44 %)". */
static void write_share(double share, struct spiral_interval interval, char text[96])
{
    char value[24];
    char low[24];
    char high[24];

    spiral_figure_percent(value, share);
    spiral_figure_percent(low, interval.low);
    spiral_figure_percent(high, interval.high);
    snprintf(text, 96, "%s (%s–%s)", value, low, high);
}

static struct spiral_interval interval_of(double share, uint64_t runs)
{
    return spiral_wilson((uint64_t)llround(share * (double)runs), runs);
}

/* The risk of a branch with its interval; and, where the ensemble of the present is known, its
 * difference to that with an interval (Newcombe 1998, method 10: of two shares that are not
 * paired). */
static void write_branch(const struct column *column, const struct spiral_session_branch *branch,
                         char text[320])
{
    const struct spiral_live_result *result = column->levers->subject.result;
    char date[12];
    char risk[96];
    char difference[24];
    char low[24];
    char high[24];

    spiral_date_format(spiral_plan_date(column->session->plan, branch->present), date);

    int length =
        snprintf(text, 320, "%s (%s, %s %llu)", branch->name, date,
                 spiral_word(SPIRAL_WORD_seed, column->language), (unsigned long long)branch->seed);

    if (branch->war == NULL || result == NULL || branch->steps != result->steps)
        return;

    const double ours = branch->war[branch->steps];
    const double now = result->war[result->steps];
    const struct spiral_interval one = interval_of(ours, branch->runs);
    const struct spiral_interval two = interval_of(now, result->runs);
    const double change = now - ours;

    write_share(ours, one, risk);
    length += snprintf(text + length, 320 - (size_t)length, "\n%s %s",
                       phrase_of(column, SPIRAL_PHRASE_war_by_end), risk);
    spiral_figure_points(difference, change);
    spiral_figure_points(low, change - hypot(now - two.low, one.high - ours));
    spiral_figure_points(high, change + hypot(two.high - now, ours - one.low));
    snprintf(text + length, 320 - (size_t)length, phrase_of(column, SPIRAL_PHRASE_now_less_branch),
             difference, low, high);
}

/* The branches, each with its risk and a button that drops it. */
static void draw_branches(struct column *column)
{
    const struct spiral_session *session = column->session;
    size_t dropped = SPIRAL_SESSION_BRANCHES;

    if (session->branch_count > 0)
        draw_heading(column, phrase_of(column, SPIRAL_PHRASE_branches));

    for (size_t b = 0; b < session->branch_count; b++) {
        const struct spiral_session_branch *branch = &session->branches[b];
        char text[320];

        write_branch(column, branch, text);
        if (draw_entry(column, phrase_of(column, SPIRAL_PHRASE_drop), text))
            dropped = b;
        spiral_ui_say(column->ui, branch->name, SPIRAL_SENTENCE_drop, column->language);
    }

    if (dropped < session->branch_count)
        spiral_session_drop_branch(column->session, dropped);
}

/* The branches, and the choices: a choice's date goes back to it. */
static void draw_log_tab(struct column *column)
{
    struct spiral_session *session = column->session;

    draw_branches(column);
    draw_heading(column, phrase_of(column, session->choice_count == 0 ? SPIRAL_PHRASE_no_choice
                                                                      : SPIRAL_PHRASE_choices));

    for (size_t i = session->choice_count; i-- > 0;) { /* the latest first */
        const struct spiral_choice *choice = &session->choices[i];
        char date[12];
        snprintf(date, sizeof date, "%.7s", choice->dated ? choice->date_text : "—");

        column->ui->disabled = !choice->dated;
        if (draw_entry(column, date, label_of(column, choice->text_en, choice->text_zh)))
            spiral_session_seek(session, choice->step);
        column->ui->disabled = false;
        spiral_ui_say(column->ui, label_of(column, choice->text_en, choice->text_zh),
                      choice->dated ? SPIRAL_SENTENCE_go_back : SPIRAL_SENTENCE_whole_run,
                      column->language);
    }
}

/* --- the column ------------------------------------------------------------------------------- */

struct spiral_rectangle spiral_levers_draw_tabs(struct spiral_levers *levers, struct spiral_ui *ui,
                                                enum spiral_language language, bool lesson,
                                                struct spiral_rectangle at)
{
    static const enum spiral_phrase names[SPIRAL_TABS] = {SPIRAL_PHRASE_tab_doctrine,
                                                          SPIRAL_PHRASE_tab_moves,
                                                          SPIRAL_PHRASE_tab_model,
                                                          SPIRAL_PHRASE_tab_log,
                                                          SPIRAL_PHRASE_tab_lesson};
    const int tabs = lesson ? SPIRAL_TABS : SPIRAL_TABS - 1;
    const double unit = ui->page->scale;
    const double gap = 4.0 * unit;
    const double width = (at.width - (tabs - 1) * gap) / tabs;
    const double height = line_height(ui->page) + 10.0 * unit;
    const double used = height + 8.0 * unit;

    for (int tab = 0; tab < tabs; tab++) {
        const struct spiral_rectangle button = {at.x + tab * (width + gap), at.y, width, height};

        if (spiral_ui_button(ui, button, spiral_phrase(names[tab], language),
                             levers->tab == (enum spiral_tab)tab))
            levers->tab = (enum spiral_tab)tab;
        spiral_ui_say(ui, spiral_phrase(names[tab], language),
                      (enum spiral_sentence)(SPIRAL_SENTENCE_tab_doctrine + tab), language);
    }

    return (struct spiral_rectangle){at.x, at.y + used, at.width, at.height - used};
}

void spiral_levers_draw(struct spiral_levers *levers, struct spiral_ui *ui,
                        struct spiral_session *session, const struct spiral_live_result *result,
                        enum spiral_language language, struct spiral_notice *notice,
                        struct spiral_rectangle at)
{
    static void (*const draw_tab[SPIRAL_TABS])(struct column *
                                               column) = {[SPIRAL_TAB_DOCTRINE] = draw_doctrine_tab,
                                                          [SPIRAL_TAB_MOVES] = draw_moves_tab,
                                                          [SPIRAL_TAB_MODEL] = draw_model_tab,
                                                          [SPIRAL_TAB_LOG] = draw_log_tab};
    double *scroll = &levers->scroll[levers->tab];
    const double top = at.y - *scroll;
    struct column column = {.levers = levers,
                            .ui = ui,
                            .page = ui->page,
                            .session = session,
                            .language = language,
                            .notice = notice,
                            .at = at,
                            .y = top};

    if (draw_tab[levers->tab] == NULL)
        return;
    levers->subject =
        (struct spiral_levers_subject){.session = session, .result = result, .language = language};
    spiral_ui_scroll_begin(ui, at);
    draw_tab[levers->tab](&column);
    spiral_ui_scroll_end(ui, column.y - top, scroll);
}
