/* SPDX-License-Identifier: MIT */
#include "tools/draw/play_terminal.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scenarios/loader/yaml/numbers.h"
#include "tools/draw/play_gain.h"
#include "tools/draw/play_page.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* words are formats */

enum { MOST_LINE = 2000, MOST_ACTS = 200 };

/* --- the terminal ----------------------------------------------------------------------------- */

static const char *code(const struct spiral_play_table *table)
{
    return spiral_language_code(table->language);
}

static const char *word(const struct spiral_play_table *table, enum spiral_play_word which)
{
    return spiral_play_word(which, code(table));
}

static const char *label(const struct spiral_play_table *table, const char *en, const char *zh)
{
    return table->language == SPIRAL_CHINESE ? zh : en;
}

static const char *name(const struct spiral_play_table *table, int state)
{
    return spiral_game_name(table->game, state, code(table));
}

/* Nothing of what was there is left, nor what was scrolled away. Where stdout is no terminal, a
 * line ends the screen. */
static void clear_screen(void)
{
    fputs(isatty(STDOUT_FILENO) ? "\033[H\033[2J\033[3J" : "\n----------------\n\n", stdout);
}

/* Prints lines, wrapped; the last is ended. */
static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void say(const char *format, ...)
{
    char text[MOST_LINE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    spiral_text_print(text, spiral_terminal_columns(), stdout);
}

/* Reads a line without its end; false at the end of the input. */
static bool ask(char line[MOST_LINE])
{
    fputs("> ", stdout);
    fflush(stdout);

    if (fgets(line, MOST_LINE, stdin) == NULL)
        return false;

    const size_t length = strcspn(line, "\r\n");
    const bool whole = line[length] != '\0';

    line[length] = '\0';

    /* what is too long for a line is not taken for the next one */
    for (int c = whole ? '\n' : fgetc(stdin); c != '\n' && c != EOF;)
        c = fgetc(stdin);

    return true;
}

static void show_present(const struct spiral_play_table *table)
{
    char *text = spiral_play_tell(table->game, code(table));

    clear_screen();
    if (text != NULL)
        spiral_text_print(text, spiral_terminal_columns(), stdout);
    free(text);
    fputc('\n', stdout);
}

/* --- a turn ----------------------------------------------------------------------------------- */

static bool ask_intention(const struct spiral_play_table *table, struct spiral_play_turn *turn)
{
    char line[MOST_LINE];

    do {
        say("%s\n", word(table, SPIRAL_PLAY_WORD_intention));
        if (!ask(line))
            return false;
        if (spiral_play_clean(line, turn->intention))
            return true;
        say(word(table, SPIRAL_PLAY_WORD_too_long), SPIRAL_PLAY_INTENTION - 1);
    } while (true);
}

static bool ask_answers(const struct spiral_play_table *table, struct spiral_play_turn *turn)
{
    const struct spiral_game *game = table->game;
    size_t index[SPIRAL_PLAY_OFFERS];
    const size_t count = spiral_game_proposals(game, turn->seat, index);
    char line[MOST_LINE];

    for (size_t i = 0; i < count; i++) {
        const struct spiral_play_offer *offer = &game->offers[index[i]];
        fputc('\n', stdout);
        say(word(table, SPIRAL_PLAY_WORD_ask_accept),
            label(table, spiral_moves[offer->move].label_en, spiral_moves[offer->move].label_zh),
            name(table, offer->actor));

        do
            if (!ask(line))
                return false;
        while (strcmp(line, "y") != 0 && strcmp(line, "n") != 0);

        if (line[0] == 'y')
            turn->accepts[turn->accept_count++] =
                (struct spiral_play_answer){offer->actor, offer->move};
    }

    return true;
}

/* A number from 1 to `most`; says so where it is not. */
static bool read_number(const struct spiral_play_table *table, const char *text, size_t most,
                        size_t *number)
{
    uint64_t value;

    if (spiral_whole_parse(text, &value) && value >= 1 && value <= most) {
        *number = (size_t)value;
        return true;
    }

    say(word(table, SPIRAL_PLAY_WORD_bad_number), text, (int)most);

    return false;
}

static bool ask_course(const struct spiral_play_table *table, struct spiral_play_turn *turn)
{
    const enum spiral_role role = table->game->base.states[turn->seat].role;
    int course[SPIRAL_DOCTRINES];
    size_t count = 0;
    size_t number;
    char line[MOST_LINE];

    fputc('\n', stdout);
    for (int d = 0; d < SPIRAL_DOCTRINES; d++)
        if (spiral_doctrines[d].role == role) {
            course[count++] = d;
            say("%3zu  %s%s%s\n", count,
                label(table, spiral_doctrines[d].label_en, spiral_doctrines[d].label_zh),
                table->language == SPIRAL_CHINESE ? "" : ": ",
                table->language == SPIRAL_CHINESE ? "" : spiral_doctrines[d].doc);
        }

    do {
        say("%s\n", word(table, SPIRAL_PLAY_WORD_ask_course));
        if (!ask(line))
            return false;
        if (line[0] == '\0')
            return true;
    } while (!read_number(table, line, count, &number));
    turn->course = course[number - 1];

    return true;
}

/* Says a move after what comes before it. */
static void say_act(const struct spiral_play_table *table, const char *before,
                    const struct spiral_play_act *act)
{
    const struct spiral_move_effect *move = &spiral_moves[act->move];
    char consent[300] = "";

    if (move->consent)
        snprintf(consent, sizeof consent, word(table, SPIRAL_PLAY_WORD_is_proposal),
                 name(table, act->target));
    say("%s%s%s%s%s%s%s", before, label(table, move->label_en, move->label_zh),
        act->target >= 0 ? " → " : "", act->target >= 0 ? name(table, act->target) : "",
        move->consent ? "  (" : "", consent, move->consent ? ")" : "");
}

/* Reads numbers with spaces or commas between them into moves; says what is wrong. */
static bool read_moves(const struct spiral_play_table *table, char *line,
                       const struct spiral_play_act *acts, size_t count,
                       struct spiral_play_turn *turn)
{
    size_t chosen[SPIRAL_PLAY_MOVES];
    char *rest = NULL;

    turn->move_count = 0;

    for (char *text = strtok_r(line, " ,\t", &rest); text != NULL;
         text = strtok_r(NULL, " ,\t", &rest)) {
        size_t number;
        bool again = turn->move_count == SPIRAL_PLAY_MOVES;
        if (!again && !read_number(table, text, count, &number))
            return false;

        for (size_t m = 0; m < turn->move_count && !again; m++)
            again = chosen[m] == number;

        if (again) {
            say(word(table, SPIRAL_PLAY_WORD_too_many), SPIRAL_PLAY_MOVES);
            return false;
        }

        chosen[turn->move_count] = number;
        turn->moves[turn->move_count++] = acts[number - 1];
    }

    return true;
}

static bool ask_moves(const struct spiral_play_table *table, struct spiral_play_turn *turn)
{
    struct spiral_play_act acts[MOST_ACTS];
    const size_t all = spiral_game_moves(table->game, turn->seat, acts, MOST_ACTS);
    const size_t count = all < MOST_ACTS ? all : MOST_ACTS;
    char line[MOST_LINE];

    fputc('\n', stdout);
    for (size_t a = 0; a < count; a++) {
        char number[16];
        snprintf(number, sizeof number, "%3zu  ", a + 1);
        say_act(table, number, &acts[a]);
    }

    do {
        say(word(table, SPIRAL_PLAY_WORD_ask_moves), SPIRAL_PLAY_MOVES);
        if (!ask(line))
            return false;
    } while (!read_moves(table, line, acts, count, turn));

    return true;
}

static void say_choice(const struct spiral_play_table *table, const struct spiral_play_turn *turn)
{
    say("\n## %s\n", word(table, SPIRAL_PLAY_WORD_you_chose));
    say("- %s\n- %s%s%s\n", turn->intention[0] != '\0' ? turn->intention : "-",
        word(table, SPIRAL_PLAY_WORD_course), label(table, ": ", "："),
        turn->course < 0 ? word(table, SPIRAL_PLAY_WORD_keep_course)
                         : label(table, spiral_doctrines[turn->course].label_en,
                                 spiral_doctrines[turn->course].label_zh));

    for (size_t m = 0; m < turn->move_count; m++)
        say_act(table, "- ", &turn->moves[m]);

    for (size_t a = 0; a < turn->accept_count; a++)
        say("- %s: %s\n", word(table, SPIRAL_PLAY_WORD_accept),
            label(table, spiral_moves[turn->accepts[a].move].label_en,
                  spiral_moves[turn->accepts[a].move].label_zh));
}

/* A whole turn, until it is confirmed; false at the end of the input. */
static bool ask_turn(const struct spiral_play_table *table, struct spiral_play_turn *turn)
{
    char line[MOST_LINE];

    do {
        *turn = spiral_game_blank(table->game);
        if (!ask_intention(table, turn) || !ask_answers(table, turn) || !ask_course(table, turn) ||
            !ask_moves(table, turn))
            return false;
        say_choice(table, turn);
        say("%s\n", word(table, SPIRAL_PLAY_WORD_ask_sure));
        if (!ask(line))
            return false;
    } while (strcmp(line, "n") == 0);

    return true;
}

/* --- the game --------------------------------------------------------------------------------- */

/* One phase; false at the end of the input. */
static bool play_phase(struct spiral_play_table *table, int *exit_status)
{
    struct spiral_game *game = table->game;
    struct spiral_play_turn turn;
    struct spiral_error error;
    char line[MOST_LINE];

    show_present(table);

    if (game->phase != SPIRAL_PLAY_TURN) {
        say(word(table, game->phase == SPIRAL_PLAY_HANDOVER ? SPIRAL_PLAY_WORD_enter_when
                                                            : SPIRAL_PLAY_WORD_press_enter),
            name(table, spiral_game_state(game)));
        fputc('\n', stdout);
        if (!ask(line))
            return false;
        spiral_game_go_on(game);
        return true;
    }

    if (!ask_turn(table, &turn))
        return false;
    clear_screen();
    if (spiral_game_decide(game, &turn, &error) != SPIRAL_OK)
        *exit_status = spiral_complain_error(&error);
    else
        *exit_status = spiral_play_save(table);

    return *exit_status == SPIRAL_EXIT_OK;
}

static void say_paragraph(const struct spiral_play_table *table, enum spiral_play_word head,
                          char *text)
{
    if (text != NULL) {
        say("\n## %s\n", word(table, head));
        spiral_text_print(text, spiral_terminal_columns(), stdout);
        fputc('\n', stdout);
    }

    free(text);
}

/* The end, on the screen and as a page. */
static int end_game(const struct spiral_play_table *table)
{
    struct spiral_debrief debrief;
    struct spiral_error error;

    show_present(table);

    if (spiral_debrief_create(&debrief, table->game, spiral_play_measure_gain, &error) !=
        SPIRAL_OK) {
        spiral_debrief_clear(&debrief);
        return spiral_complain_error(&error);
    }

    say_paragraph(table, SPIRAL_PLAY_WORD_what_happened,
                  spiral_debrief_summary(&debrief, table->language));
    say_paragraph(table, SPIRAL_PLAY_WORD_luck, spiral_debrief_luck(&debrief, table->language));
    say_paragraph(table, SPIRAL_PLAY_WORD_gain,
                  spiral_debrief_gain_text(&debrief, table->language));
    say("\n## %s\n%s\n", word(table, SPIRAL_PLAY_WORD_discuss),
        word(table, SPIRAL_PLAY_WORD_questions));
    spiral_debrief_clear(&debrief);

    const int exit_status = spiral_play_write_page(table);

    if (table->page != NULL && exit_status == SPIRAL_EXIT_OK) {
        say(word(table, SPIRAL_PLAY_WORD_debriefed), table->page);
    }

    return exit_status;
}

int spiral_play_on_terminal(struct spiral_play_table *table)
{
    int exit_status = SPIRAL_EXIT_OK;

    while (table->game->phase != SPIRAL_PLAY_END)
        if (!play_phase(table, &exit_status)) {
            if (exit_status != SPIRAL_EXIT_OK)
                return exit_status;
            clear_screen(); /* of a turn that was broken off, too */
            exit_status = spiral_play_save(table);
            if (exit_status == SPIRAL_EXIT_OK) {
                say(word(table, SPIRAL_PLAY_WORD_not_over), table->save);
            }
            return exit_status;
        }

    return end_game(table);
}

#pragma GCC diagnostic pop
