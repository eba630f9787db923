/* SPDX-License-Identifier: MIT
 *
 * A game of sides on one device: what is shown in each phase, turns, the file, the debrief. What a
 * seat may not know is told by nothing here before the end.
 */
#include "render/live/play.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/live/play_file.h"
#include "scenarios/loader/text_stream.h"
#include "web/core/parts.h"

enum { MOST_ACTS = 200, MOST_CURVES = 2 + 3 * SPIRAL_MAX_STATES };

static enum spiral_status no_memory(struct spiral_error *error)
{
    return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a game");
}

static enum spiral_status no_game(struct spiral_error *error)
{
    return spiral_error_set(error, SPIRAL_BAD_INPUT, "there is no game");
}

/* --- words ------------------------------------------------------------------------------------ */

static void write_languages(struct json *json, const char *key, const char *en, const char *zh)
{
    json_open(json, key, '{');
    json_text(json, "en", en);
    json_text(json, "zh", zh);
    json_close(json, '}');
}

enum spiral_status page_phrases(struct page *page, const char *const *argument, struct json *json,
                                struct spiral_error *error)
{
    static const char *const names[SPIRAL_PLAY_WORDS] = {
#define SPIRAL_PLAY_PHRASE(name, en, zh) #name,
#include "render/live/play_words.def"
    };

    (void)page, (void)argument, (void)error;
    json_open(json, "phrases", '{');
    for (int word = 0; word < SPIRAL_PLAY_WORDS; word++)
        write_languages(json, names[word], spiral_play_word((enum spiral_play_word)word, "en"),
                        spiral_play_word((enum spiral_play_word)word, "zh"));
    json_close(json, '}');
    json_open(json, "policies", '[');

    for (int i = 0; i < SPIRAL_POLICIES; i++) {
        const struct spiral_play_policy_label *policy = &spiral_play_policies[i];
        json_open(json, NULL, '{');
        json_text(json, "name", policy->name);
        json_text(json, "en", policy->en);
        json_text(json, "zh", policy->zh);
        json_close(json, '}');
    }

    json_close(json, ']');
    json_whole(json, "most_moves", SPIRAL_PLAY_MOVES);

    return SPIRAL_OK;
}

/* --- what is shown ---------------------------------------------------------------------------- */

/* Room for so many numbers of curves. */
static bool make_room(struct page *page, size_t count)
{
    double *moved = realloc(page->drawn, (count + 1) * sizeof *moved);

    if (moved == NULL)
        return false;
    page->drawn = moved;

    return true;
}

/* A row of what a seat sees, and who it is about (-1: nobody else). */
struct row {
    const char *kind;
    int state;
    const double *values;
};

static size_t list_rows(const struct spiral_play_sight *sight, struct row rows[MOST_CURVES])
{
    size_t count = 0;

    rows[count++] = (struct row){"date", -1, sight->date};
    rows[count++] = (struct row){"arms", -1, sight->arms};
    for (size_t i = 0; i < sight->about_count; i++)
        rows[count++] = (struct row){"threat", sight->about[i], sight->threat[i]};

    for (size_t i = 0; i < sight->patron_count; i++) {
        rows[count++] = (struct row){"pledged", sight->patron[i], sight->pledged[i]};
        if (sight->believed[i] != NULL)
            rows[count++] = (struct row){"believed", sight->patron[i], sight->believed[i]};
    }

    return count;
}

/* The curves that the seat sees: their names, and one array with a row of each. */
static enum spiral_status write_sight(struct page *page, struct json *json,
                                      struct spiral_error *error)
{
    struct spiral_play_sight sight;
    struct row rows[MOST_CURVES];
    const int state = spiral_game_state(page->game);

    if (spiral_play_sight_of(page->game, state, &sight) != SPIRAL_OK)
        return no_memory(error);

    const size_t count = list_rows(&sight, rows);
    const bool room = make_room(page, count * sight.count);

    json_whole(json, "points", (long)sight.count);
    json_open(json, "curves", '[');

    for (size_t i = 0; i < count && room; i++) {
        json_open(json, NULL, '{');
        json_text(json, "kind", rows[i].kind);
        json_whole(json, "state", rows[i].state);
        json_close(json, '}');
        memcpy(page->drawn + i * sight.count, rows[i].values, sight.count * sizeof *page->drawn);
    }

    json_close(json, ']');
    if (room)
        page_return(page, "sight", page->drawn, count * sight.count * sizeof *page->drawn,
                    sizeof(double));
    spiral_play_sight_clear(&sight);

    return room ? SPIRAL_OK : no_memory(error);
}

static void write_proposals(struct json *json, const struct spiral_game *game)
{
    size_t index[SPIRAL_PLAY_OFFERS];
    const size_t count = spiral_game_proposals(game, spiral_game_state(game), index);

    json_open(json, "proposals", '[');

    for (size_t i = 0; i < count; i++) {
        const struct spiral_play_offer *offer = &game->offers[index[i]];
        json_open(json, NULL, '{');
        json_whole(json, "from", offer->actor);
        json_text(json, "move", spiral_moves[offer->move].name);
        json_close(json, '}');
    }

    json_close(json, ']');
}

static void write_moves(struct json *json, const struct spiral_game *game)
{
    struct spiral_play_act acts[MOST_ACTS];
    const size_t all = spiral_game_moves(game, spiral_game_state(game), acts, MOST_ACTS);

    json_open(json, "moves", '[');

    for (size_t i = 0; i < all && i < MOST_ACTS; i++) {
        json_open(json, NULL, '{');
        json_text(json, "move", spiral_moves[acts[i].move].name);
        json_whole(json, "target", acts[i].target);
        json_flag(json, "consent", spiral_moves[acts[i].move].consent);
        json_close(json, '}');
    }

    json_close(json, ']');
}

/* What the seat sees and may choose. */
static enum spiral_status write_turn(struct page *page, struct json *json,
                                     struct spiral_error *error)
{
    const struct spiral_game *game = page->game;
    const int state = spiral_game_state(game);

    write_languages(json, "course",
                    spiral_game_course(game, &game->scenario, state, game->round, "en"),
                    spiral_game_course(game, &game->scenario, state, game->round, "zh"));
    write_proposals(json, game);
    write_moves(json, game);

    return write_sight(page, json, error);
}

static enum spiral_status write_phase(struct page *page, struct json *json,
                                      struct spiral_error *error)
{
    static const char *const phases[] = {"handover", "turn", "news", "end"};
    const struct spiral_game *game = page->game;
    char *en = spiral_play_tell(game, "en");
    char *zh = spiral_play_tell(game, "zh");
    enum spiral_status status = en == NULL || zh == NULL ? no_memory(error) : SPIRAL_OK;

    json_text(json, "phase", phases[game->phase]);
    json_text(json, "case", game->base.name);
    json_whole(json, "round", game->round);
    json_whole(json, "rounds", game->setup.rounds);
    json_bits(json, "hash", spiral_game_hash(game));
    if (status == SPIRAL_OK)
        write_languages(json, "text", en, zh);
    free(en);
    free(zh);

    if (game->phase == SPIRAL_PLAY_HANDOVER || game->phase == SPIRAL_PLAY_TURN)
        json_whole(json, "state", spiral_game_state(game));

    return status == SPIRAL_OK && game->phase == SPIRAL_PLAY_TURN ? write_turn(page, json, error)
                                                                  : status;
}

/* --- playing ---------------------------------------------------------------------------------- */

/* Loads a game with the facilitator's events, which a file of their own may have. */
static enum spiral_status load_game(struct page *page, const char *text, const char *events,
                                    struct spiral_play_game_file *file, struct spiral_error *error)
{
    enum spiral_status status;

    spiral_diagnostics_init(&page->diagnostics);
    status = spiral_play_load_text(file, text, strlen(text), "game.yaml", &page->diagnostics);

    if (status == SPIRAL_OK && events[0] != '\0') {
        spiral_play_events_clear(&file->setup.events);
        status = spiral_play_events_load_text(&file->setup.events, &file->scenario, events,
                                              strlen(events), "events.yaml", &page->diagnostics);
        if (status != SPIRAL_OK)
            spiral_play_game_file_clear(file);
    }

    page->has_diagnostics = status != SPIRAL_OK;

    return status == SPIRAL_OK ? SPIRAL_OK
                               : spiral_error_set(error, status, "the game cannot be loaded");
}

enum spiral_status page_game(struct page *page, const char *const *argument, struct json *json,
                             struct spiral_error *error)
{
    static struct spiral_play_game_file file;
    const struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_game *game = NULL;
    enum spiral_status status = load_game(page, argument[0], argument[1], &file, error);

    if (status != SPIRAL_OK)
        return status;

    status = spiral_game_resume(&game, &file, &constants, "game.yaml", error);

    if (status == SPIRAL_OK) {
        spiral_debrief_clear(&page->debrief);
        spiral_game_destroy(page->game);
        page->game = game;
        snprintf(page->game_case, sizeof page->game_case, "%s", game->base.name);
    }

    spiral_play_game_file_clear(&file);

    return status == SPIRAL_OK ? write_phase(page, json, error) : status;
}

enum spiral_status page_proceed(struct page *page, const char *const *argument, struct json *json,
                                struct spiral_error *error)
{
    (void)argument;
    if (page->game == NULL)
        return no_game(error);
    if (page->game->phase != SPIRAL_PLAY_HANDOVER && page->game->phase != SPIRAL_PLAY_NEWS)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "the game does not wait for that");
    spiral_game_go_on(page->game);

    return write_phase(page, json, error);
}

/* Reads NAME:STATE pairs with spaces between them, at most `most`: a move and a state, -1 where
 * there is none. */
static enum spiral_status read_pairs(const struct spiral_game *game, const char *text, size_t most,
                                     struct spiral_play_act *acts, size_t *count,
                                     struct spiral_error *error)
{
    for (*count = 0; *text != '\0'; text += strspn(text, " ")) {
        const size_t length = strcspn(text, " ");
        const size_t name = strcspn(text, ": ");
        char move[64] = "";
        char state[64] = "";

        snprintf(move, sizeof move, "%.*s", (int)name, text);
        if (name < length)
            snprintf(state, sizeof state, "%.*s", (int)(length - name - 1), text + name + 1);

        const struct spiral_play_act act = {spiral_move_find(move),
                                            state[0] == '\0'
                                                ? -1
                                                : spiral_scenario_find_state(&game->base, state)};

        if (act.move < 0 || (act.target < 0 && state[0] != '\0'))
            return spiral_error_set(error, SPIRAL_BAD_INPUT, "unknown move or state in '%.80s'",
                                    text);
        if (*count == most)
            return spiral_error_set(error, SPIRAL_BAD_INPUT, "more than %zu moves", most);
        acts[(*count)++] = act;
        text += length;
    }

    return SPIRAL_OK;
}

static enum spiral_status read_turn(const struct spiral_game *game, const char *const *argument,
                                    struct spiral_play_turn *turn, struct spiral_error *error)
{
    const struct spiral_doctrine *course = spiral_doctrine_find(argument[1]);
    struct spiral_play_act accepts[SPIRAL_PLAY_OFFERS];

    *turn = spiral_game_blank(game);
    if (!spiral_play_clean(argument[0], turn->intention))
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "more than %d bytes",
                                SPIRAL_PLAY_INTENTION - 1);
    if (course == NULL && argument[1][0] != '\0')
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "unknown doctrine '%.60s'", argument[1]);
    if (course != NULL)
        turn->course = (int)(course - spiral_doctrines);

    enum spiral_status status =
        read_pairs(game, argument[2], SPIRAL_PLAY_MOVES, turn->moves, &turn->move_count, error);

    if (status == SPIRAL_OK)
        status =
            read_pairs(game, argument[3], SPIRAL_PLAY_OFFERS, accepts, &turn->accept_count, error);
    for (size_t i = 0; status == SPIRAL_OK && i < turn->accept_count; i++)
        turn->accepts[i] = (struct spiral_play_answer){accepts[i].target, accepts[i].move};

    return status;
}

enum spiral_status page_decide(struct page *page, const char *const *argument, struct json *json,
                               struct spiral_error *error)
{
    struct spiral_play_turn turn;

    if (page->game == NULL)
        return no_game(error);
    if (page->game->phase != SPIRAL_PLAY_TURN)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "it is nobody's turn");

    enum spiral_status status = read_turn(page->game, argument, &turn, error);

    if (status == SPIRAL_OK)
        status = spiral_game_decide(page->game, &turn, error);

    return status == SPIRAL_OK ? write_phase(page, json, error) : status;
}

enum spiral_status page_saved(struct page *page, const char *const *argument, struct json *json,
                              struct spiral_error *error)
{
    char *text = NULL;
    size_t size;

    (void)argument;
    if (page->game == NULL)
        return no_game(error);

    FILE *out = spiral_text_stream_open(&text, &size);
    enum spiral_status status =
        out == NULL ? SPIRAL_OK : spiral_game_write(page->game, page->game_case, out, error);

    if (!spiral_text_stream_close(out, &text) && status == SPIRAL_OK)
        status = no_memory(error);
    if (status == SPIRAL_OK)
        json_text(json, "text", text);
    free(text);

    return status;
}

/* --- the debrief ------------------------------------------------------------------------------ */

static enum spiral_status measure_gain(const struct spiral_game *game,
                                       struct spiral_debrief_gain *gain, struct spiral_error *error)
{
    return spiral_debrief_measure_gain(game, &page_workers, gain, error);
}

static void write_owned(struct json *json, const char *key, char *text)
{
    json_text(json, key, text);
    free(text);
}

static void write_color(struct json *json, struct spiral_color color)
{
    char text[8];

    snprintf(text, sizeof text, "#%02x%02x%02x", (unsigned)(255.0 * color.red + 0.5) & 255U,
             (unsigned)(255.0 * color.green + 0.5) & 255U,
             (unsigned)(255.0 * color.blue + 0.5) & 255U);
    json_text(json, "color", text);
}

/* Says a curve, and appends its dates and values to what is drawn: libm has a part in the gain, so
 * that all are rounded as page_write_rounded() does. Returns how many numbers there are then. */
static size_t write_curve(struct page *page, struct json *json,
                          const struct spiral_played_curve *curve, size_t at)
{
    json_open(json, NULL, '{');
    json_text(json, "name", curve->name);
    json_whole(json, "count", (long)curve->count);
    json_number(json, "width", curve->width);
    json_flag(json, "dashed", curve->dashed);
    json_flag(json, "steps", curve->steps);
    write_color(json, curve->color);
    json_close(json, '}');

    for (size_t i = 0; i < curve->count; i++)
        page->drawn[at++] = curve->x[i];
    for (size_t i = 0; i < curve->count; i++)
        page->drawn[at++] = floor(curve->y[i] / 1e-6 + 0.5) * 1e-6;

    return at;
}

static size_t count_numbers(const struct spiral_played_figure *figure)
{
    size_t count = 0;

    for (size_t p = 0; p < figure->panel_count; p++)
        for (size_t c = 0; c < figure->panels[p].curve_count; c++)
            count += 2 * figure->panels[p].curves[c].count;

    return count;
}

static enum spiral_status write_figure(struct page *page, struct json *json,
                                       const struct spiral_played_figure *figure,
                                       struct spiral_error *error)
{
    size_t at = 0;

    if (!make_room(page, count_numbers(figure)))
        return no_memory(error);

    json_number(json, "from", figure->from);
    json_number(json, "until", figure->until);
    json_open(json, "begins", '[');
    for (size_t i = 0; i < figure->round_count; i++)
        json_number(json, NULL, figure->rounds[i]);
    json_close(json, ']');
    json_open(json, "panels", '[');

    for (size_t p = 0; p < figure->panel_count; p++) {
        const struct spiral_played_panel *panel = &figure->panels[p];
        json_open(json, NULL, '{');
        json_text(json, "name", panel->name);
        json_number(json, "low", panel->low);
        page_write_rounded(json, "high", panel->high);
        json_flag(json, "whole", panel->whole);
        json_number(json, "line", panel->line);
        json_open(json, "curves", '[');
        for (size_t c = 0; c < panel->curve_count; c++)
            at = write_curve(page, json, &panel->curves[c], at);
        json_close(json, ']');
        json_close(json, '}');
    }

    json_close(json, ']');
    page_return(page, "curves", page->drawn, at * sizeof *page->drawn, sizeof(double));

    return SPIRAL_OK;
}

enum spiral_status page_debrief(struct page *page, const char *const *argument, struct json *json,
                                struct spiral_error *error)
{
    static struct spiral_debrief_names names;
    static struct spiral_played_figure figure;
    const enum spiral_language language =
        strcmp(argument[0], "zh") == 0 ? SPIRAL_CHINESE : SPIRAL_ENGLISH;
    const struct spiral_theme *theme = spiral_theme_find(argument[1]);
    struct spiral_debrief *debrief = &page->debrief;

    if (page->game == NULL)
        return no_game(error);
    if (page->game->phase != SPIRAL_PLAY_END)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "the game is not over");
    if (theme == NULL)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "unknown theme '%.60s'", argument[1]);

    if (debrief->game == NULL) {
        const enum spiral_status status =
            spiral_debrief_create(debrief, page->game, measure_gain, error);
        if (status != SPIRAL_OK) {
            spiral_debrief_clear(debrief);
            return status;
        }
    }

    write_owned(json, "summary", spiral_debrief_summary(debrief, language));
    write_owned(json, "luck", spiral_debrief_luck(debrief, language));
    write_owned(json, "gain", spiral_debrief_gain_text(debrief, language));
    spiral_debrief_figure(debrief, theme, language, &names, &figure);

    return write_figure(page, json, &figure, error);
}
