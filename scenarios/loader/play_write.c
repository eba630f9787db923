/* SPDX-License-Identifier: MIT
 *
 * Writing games. Texts are double-quoted YAML, in which every character can be written.
 */
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/play_load.h"
#include "scenarios/loader/text_stream.h"
#include "scenarios/loader/yaml/foreign_text.h"
#include "scenarios/loader/yaml/numbers.h"

/* --- values ----------------------------------------------------------------------------------- */

/* A text in double quotes. What a terminal or YAML would obey is written as its code. */
static void write_quoted(const char *text, FILE *out)
{
    struct spiral_foreign_letter letter;

    fputc('"', out);

    for (; (letter = spiral_foreign_letter(text)).length > 0; text += letter.length) {
        const bool is_escaped = letter.text[0] == '\\' && letter.code != '\\';

        if (letter.code == '"' || letter.code == '\\')
            fprintf(out, "\\%c", (char)letter.code);
        else if (letter.code < ' ' || is_escaped || (letter.code & 0xfffe) == 0xfffe)
            fprintf(out, letter.code < 0x10000 ? "\\u%04lx" : "\\U%08lx", letter.code);
        else
            fwrite(text, 1, letter.length, out);
    }

    fputc('"', out);
}

static void write_text(const struct spiral_text *text, FILE *out)
{
    if (text->count == 1 && text->items[0].language[0] == '\0') {
        write_quoted(text->items[0].text, out);
        return;
    }

    fputc('{', out);
    for (size_t i = 0; i < text->count; i++) {
        fprintf(out, "%s%s: ", i > 0 ? ", " : "", text->items[i].language);
        write_quoted(text->items[i].text, out);
    }
    fputc('}', out);
}

/* --- a turn ----------------------------------------------------------------------------------- */

static void write_turn(const struct spiral_scenario *scenario, const struct spiral_play_turn *turn,
                       FILE *out)
{
    fprintf(out, "{round: %d, seat: %s, intention: ", turn->round, scenario->states[turn->seat].id);
    write_quoted(turn->intention, out);
    if (turn->course >= 0)
        fprintf(out, ", course: %s", spiral_doctrines[turn->course].name);

    fputs(", moves: [", out);
    for (size_t m = 0; m < turn->move_count; m++) {
        const struct spiral_play_act *act = &turn->moves[m];
        fprintf(out, "%s{move: %s", m > 0 ? ", " : "", spiral_moves[act->move].name);
        if (act->target >= 0)
            fprintf(out, ", target: %s", scenario->states[act->target].id);
        fputc('}', out);
    }

    fputs("], accept: [", out);
    for (size_t a = 0; a < turn->accept_count; a++)
        fprintf(out, "%s{from: %s, move: %s}", a > 0 ? ", " : "",
                scenario->states[turn->accepts[a].from].id,
                spiral_moves[turn->accepts[a].move].name);
    fputs("]}", out);
}

char *spiral_play_turn_text(const struct spiral_scenario *scenario,
                            const struct spiral_play_turn *turn)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = spiral_text_stream_open(&text, &size);

    if (out == NULL)
        return NULL;
    write_turn(scenario, turn, out);

    spiral_text_stream_close(out, &text);

    return text;
}

/* --- a game ----------------------------------------------------------------------------------- */

static void write_event(const struct spiral_scenario *scenario,
                        const struct spiral_play_event *event, FILE *out)
{
    char number[32];
    bool first = true;

    fprintf(out, "  - {date: %s, text: ", event->date_text);
    write_text(&event->text, out);

    if (!event->everybody) {
        fputs(", to: [", out);
        for (size_t i = 0; i < scenario->state_count; i++)
            if (event->to[i]) {
                fprintf(out, "%s%s", first ? "" : ", ", scenario->states[i].id);
                first = false;
            }
        fputc(']', out);
    }

    for (size_t m = 0; m < event->move_count; m++) {
        const struct spiral_lesson_move *move = &event->moves[m];
        spiral_number_write(move->weight, number);
        fprintf(out, "%s{actor: %s, move: %s, weight: %s", m == 0 ? ", moves: [" : ", ",
                scenario->states[move->actor].id, spiral_moves[move->move].name, number);
        if (move->target >= 0)
            fprintf(out, ", target: %s", scenario->states[move->target].id);
        fputc('}', out);
    }

    fputs(event->move_count > 0 ? "]}\n" : "}\n", out);
}

static void write_setup(const struct spiral_scenario *scenario, const char *case_name,
                        const struct spiral_play_setup *setup, FILE *out)
{
    char date[12];
    char number[32];

    fputs("play: 1\ncase: ", out);
    write_quoted(case_name, out);
    fprintf(out, "\nseed: %llu\n", (unsigned long long)setup->seed);

    if (setup->from_given) {
        spiral_date_write(setup->from, date);
        fprintf(out, "from: %s\n", date);
    }

    fprintf(out, "years: %d\n", setup->years);
    if (setup->rounds > 0)
        fprintf(out, "rounds: %d\n", setup->rounds);

    fputs("seats: [", out);
    for (size_t s = 0; s < setup->seat_count; s++)
        fprintf(out, "%s%s", s > 0 ? ", " : "", scenario->states[setup->seats[s]].id);
    fputs("]\npolicies: {", out);
    for (size_t i = 0; i < scenario->state_count; i++)
        fprintf(out, "%s%s: %s", i > 0 ? ", " : "", scenario->states[i].id,
                spiral_play_policies[setup->policy[i]].name);
    fputs("}\n", out);

    for (size_t i = 0; i < setup->setting_count; i++) {
        spiral_number_write(setup->settings[i].value, number);
        fprintf(out, "%s%s: %s%s", i == 0 ? "set: {" : ", ", setup->settings[i].name, number,
                i + 1 == setup->setting_count ? "}\n" : "");
    }

    if (setup->war_ends)
        fputs("war_ends: true\n", out);
    if (setup->events.count > 0)
        fputs("events:\n", out);
    for (size_t i = 0; i < setup->events.count; i++)
        write_event(scenario, &setup->events.items[i], out);
}

enum spiral_status spiral_play_write(const struct spiral_scenario *scenario, const char *case_name,
                                     const struct spiral_play_setup *setup,
                                     const struct spiral_play_turn *turns, size_t turn_count,
                                     const char *state, FILE *out, struct spiral_error *error)
{
    fprintf(out,
            "# A game of spiral %s. This file contains everything, including what the seats may "
            "not know of each other:\n# players should not look into it before the game is over. "
            "`spiral play FILE` resumes it.\n",
            SPIRAL_VERSION);
    write_setup(scenario, case_name, setup, out);
    if (state[0] != '\0')
        fprintf(out, "state: \"%s\"\n", state);
    if (turn_count > 0)
        fputs("turns:\n", out);

    for (size_t t = 0; t < turn_count; t++) {
        char *text = spiral_play_turn_text(scenario, &turns[t]);
        char *sealed = text != NULL ? spiral_play_seal(text) : NULL;

        if (sealed != NULL)
            fprintf(out, "  - {round: %d, seat: %s, sealed: %s}\n", turns[t].round,
                    scenario->states[turns[t].seat].id, sealed);
        free(text);
        free(sealed);
        if (sealed == NULL)
            return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory to write the game");
    }

    return ferror(out) != 0 ? spiral_error_set(error, SPIRAL_IO, "the game cannot be written")
                            : SPIRAL_OK;
}
