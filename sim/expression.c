/* SPDX-License-Identifier: MIT
 *
 * Reading expressions: by recursive descent into postfix order, with the bounds of every part.
 */
#include "sim/expression.h"

#include <stdlib.h>
#include <string.h>

#include "sim/dates.h"
#include "sim/model_form.h"
#include "sim/names.h"
#include "sim/variables.h"

enum { WORD_SIZE = 64, MOST_DEPTH = 50, MOST_DIGITS = 15 };
static const double widest = 10000.0;

/* What a function takes beside its series. */
enum takes { TAKES_NOTHING, TAKES_SHARE, TAKES_CONDITION };
static const enum takes function_takes[SPIRAL_EXPRESSION_FUNCTIONS] = {
#define SPIRAL_EXPRESSION_FUNCTION(name, takes, doc) TAKES_##takes,
#include "sim/expressions.def"
};

const struct spiral_expression_function_field
    spiral_expression_functions[SPIRAL_EXPRESSION_FUNCTIONS] = {
#define SPIRAL_EXPRESSION_FUNCTION(name, takes, doc) {#name, doc},
#include "sim/expressions.def"
};

/* Every name that a term may begin with, for the nearest to a misspelled one. */
static const char *const first_words[] = {
#define SPIRAL_EXPRESSION_FUNCTION(name, takes, doc) #name,
#include "sim/expressions.def"
#define SPIRAL_QUANTITY(name, low, high, en, zh, doc) #name,
#include "sim/quantities.def"
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) #name,
#include "sim/variables.def"
#define SPIRAL_OUTCOME(name, unit, low, high, en, zh, doc) #name,
#include "sim/outcomes.def"
    "not"};

/* The names of series alone. */
static const char *const series_words[] = {
#define SPIRAL_QUANTITY(name, low, high, en, zh, doc) #name,
#include "sim/quantities.def"
#define SPIRAL_VARIABLE(name, of, low, high, en, zh, doc) #name,
#include "sim/variables.def"
};
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Words that can follow a series, and so name no state. */
static const char *const joining_words[] = {"and", "by", "from", "in", "or", "since", "to"};

struct parser {
    const char *text;
    size_t at; /* the next letter */
    int depth; /* of terms within terms */
    const struct spiral_scenario *scenario;
    const struct spiral_run_dates *dates;
    struct spiral_layout layout;
    struct spiral_expression *expression;
    enum spiral_status status;
    struct spiral_error *error;
};

/* What is known of a part of the expression. */
struct part {
    bool event;
    bool years;
    double low;
    double high;
};
static const struct part nothing = {.low = 0.0};
static const struct part an_event = {.event = true, .low = 0.0, .high = 1.0};

/* --- letters and words ------------------------------------------------------------------------ */

/* Keeps the first error, with its place. */
#define FAIL(parser, place, ...) \
    do { \
        if ((parser)->status == SPIRAL_OK) { \
            (parser)->status = spiral_error_set((parser)->error, SPIRAL_BAD_INPUT, __VA_ARGS__); \
            if ((parser)->error != NULL) \
                (parser)->error->column = (int)(place) + 1; \
        } \
    } while (0)

static bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

static bool is_word_letter(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           is_digit(letter) || letter == '_';
}

static void skip_space(struct parser *parser)
{
    while (parser->text[parser->at] == ' ' || parser->text[parser->at] == '\n' ||
           parser->text[parser->at] == '\t')
        parser->at++;
}

/* The word at the present place, without taking it; its length, 0: there is none. */
static size_t peek_word(struct parser *parser, char word[WORD_SIZE])
{
    skip_space(parser);

    const char *from = parser->text + parser->at;
    size_t length = 0;

    if (!is_digit(*from))
        while (is_word_letter(from[length]))
            length++;

    const size_t kept = length < WORD_SIZE ? length : WORD_SIZE - 1;

    memcpy(word, from, kept);
    word[kept] = '\0';

    return length;
}

static bool take_word(struct parser *parser, const char *wanted)
{
    char word[WORD_SIZE];
    const size_t length = peek_word(parser, word);

    if (length == 0 || strcmp(word, wanted) != 0)
        return false;
    parser->at += length;

    return true;
}

static bool take_sign(struct parser *parser, const char *sign)
{
    skip_space(parser);
    if (strncmp(parser->text + parser->at, sign, strlen(sign)) != 0)
        return false;
    parser->at += strlen(sign);

    return true;
}

/* What stands at the present place, for messages: a word, a number or a sign. */
static const char *describe_place(struct parser *parser, char place[WORD_SIZE])
{
    size_t length = peek_word(parser, place);

    if (length > 0)
        return place;

    const char *from = parser->text + parser->at;

    while (length < WORD_SIZE - 1 && (is_word_letter(from[length]) || from[length] == '-'))
        length++;
    if (length == 0 && *from != '\0')
        length = 1;
    if (length == 0)
        return strcpy(place, "the end");
    memcpy(place, from, length);
    place[length] = '\0';

    return place;
}

static void fail_expected(struct parser *parser, const char *expected)
{
    char place[WORD_SIZE];
    const char *found = describe_place(parser, place);
    const bool end = parser->text[parser->at] == '\0';

    FAIL(parser, parser->at, "%s%s%s; expected %s", end ? "" : "'", found, end ? "" : "'",
         expected);
}

static void fail_unknown(struct parser *parser, const char *what, const char *word,
                         struct spiral_names known, const char *otherwise)
{
    const char *nearest = spiral_names_nearest(known, word);

    if (nearest != NULL)
        FAIL(parser, parser->at, "unknown %s '%s'; did you mean '%s'?", what, word, nearest);
    else
        FAIL(parser, parser->at, "unknown %s '%s'; %s", what, word, otherwise);
}

/* --- nodes ------------------------------------------------------------------------------------ */

static void add_node(struct parser *parser, enum spiral_expression_node_kind kind, int index,
                     double number)
{
    struct spiral_expression *expression = parser->expression;

    if (expression->node_count == SPIRAL_EXPRESSION_NODES)
        FAIL(parser, parser->at, "the expression is too long; expected at most %d terms and signs",
             SPIRAL_EXPRESSION_NODES);
    if (parser->status == SPIRAL_OK)
        expression->nodes[expression->node_count++] =
            (struct spiral_expression_node){kind, index, number};
}

/* --- numbers and dates ------------------------------------------------------------------------ */

/* A number in decimals. With fifteen digits at most it is the nearest double. */
static bool take_number(struct parser *parser, double *number)
{
    skip_space(parser);

    const size_t from = parser->at;
    const char *letter = parser->text + from;
    double whole = 0.0;
    double unit = 1.0;
    int digits = 0;
    bool point = false;

    for (; is_digit(*letter) || (*letter == '.' && !point && is_digit(letter[1])); letter++) {
        point = point || *letter == '.';
        if (*letter == '.')
            continue;
        digits++;
        if (digits <= MOST_DIGITS) {
            whole = 10.0 * whole + (*letter - '0');
            unit *= point ? 10.0 : 1.0;
        }
    }

    if (digits == 0)
        return false;
    if (digits > MOST_DIGITS)
        FAIL(parser, from, "the number has %d digits; expected at most %d", digits, MOST_DIGITS);
    parser->at = (size_t)(letter - parser->text);
    *number = whole / unit;

    return true;
}

/* A year or a month as [from, to), in years. */
static void take_date(struct parser *parser, double *from, double *to)
{
    char text[12];
    size_t length = 0;

    skip_space(parser);

    const char *letter = parser->text + parser->at;

    while (length < sizeof text - 1 && (is_word_letter(letter[length]) || letter[length] == '-'))
        length++;

    memcpy(text, letter, length);
    text[length] = '\0';

    if ((length != 4 && length != 7) || !spiral_date_parse(text, from)) {
        fail_expected(parser, "a year or a month, as 2014 or 2014-02");
        return;
    }

    *to = *from + (length == 4 ? 1.0 : 1.0 / 12.0);

    const struct spiral_run_dates *dates = parser->dates;
    const double end = dates->start + dates->dt * (double)dates->steps;

    if (*to <= dates->start + 1e-6 || *from >= end - 1e-6) {
        char first[12];
        char last[12];
        spiral_date_format(dates->start, first);
        spiral_date_format(end, last);
        FAIL(parser, parser->at, "'%s' lies outside the run of %s; expected from %s to before %s",
             text, parser->scenario->name, first, last);
    }

    parser->at += length;
}

/* How many steps begin before a date. */
static long steps_before(const struct spiral_run_dates *dates, double date)
{
    const double years = date - 1e-6 - dates->start;
    long count = years <= 0.0 ? 0 : (long)(years / dates->dt) + 1;

    while (count > 0 && dates->dt * (double)(count - 1) >= years)
        count--;

    return count < dates->steps ? count : dates->steps;
}

/* The period that may follow a series or an event. */
static void take_period(struct parser *parser, long *first, long *last)
{
    const struct spiral_run_dates *dates = parser->dates;
    double from = dates->start;
    double to = dates->start + dates->dt * (double)dates->steps + 1.0;
    double unused;

    skip_space(parser);

    const size_t place = parser->at;

    if (take_word(parser, "in"))
        take_date(parser, &from, &to);
    else if (take_word(parser, "by"))
        take_date(parser, &unused, &to);
    else if (take_word(parser, "since"))
        take_date(parser, &from, &unused);
    else if (take_word(parser, "from")) {
        take_date(parser, &from, &unused);
        if (!take_word(parser, "to"))
            fail_expected(parser, "'to' and a date, as in from 2008 to 2013");
        else
            take_date(parser, &unused, &to);
    }

    if (parser->status != SPIRAL_OK)
        return;

    *first = steps_before(dates, from) + 1;
    *last = steps_before(dates, to);
    if (*first > *last)
        FAIL(parser, place, "no step of the run of %s begins in this period; a step is %.4g years",
             parser->scenario->name, dates->dt);
}

/* --- series ----------------------------------------------------------------------------------- */

/* Takes the id of a state, or a role; -1 and an error where it is none. */
static int take_state(struct parser *parser)
{
    const struct spiral_scenario *scenario = parser->scenario;
    char word[WORD_SIZE];
    const size_t length = peek_word(parser, word);
    int state = length > 0 ? spiral_scenario_find_state(scenario, word) : -1;

    for (int role = 0; role < SPIRAL_ROLES && state < 0 && length > 0; role++)
        for (size_t i = scenario->state_count; i-- > 0;)
            if (strcmp(word, spiral_role_names[role]) == 0 && (int)scenario->states[i].role == role)
                state = (int)i;

    const bool joins =
        spiral_names_find(spiral_names_in(joining_words, COUNT(joining_words)), word) >= 0;

    if (length == 0 || (state < 0 && joins))
        fail_expected(parser, "the id of a state, or a role");
    else if (state < 0) {
        const struct spiral_names ids =
            spiral_names_of(scenario->states, scenario->state_count, id);
        const struct spiral_names roles = spiral_names_in(spiral_role_names, SPIRAL_ROLES);

        fail_unknown(parser, "state", word, spiral_names_nearest(ids, word) != NULL ? ids : roles,
                     "expected the id of a state, or a role");
    }

    parser->at += state >= 0 ? length : 0;

    return state;
}

/* The states of a pair, with a space, a point or a hyphen between them. */
static bool take_pair(struct parser *parser, int pair[2])
{
    for (int side = 0; side < 2; side++) {
        if (side == 1 && !take_sign(parser, "."))
            take_sign(parser, "-");
        pair[side] = take_state(parser);
        if (pair[side] < 0)
            return false;
    }

    return true;
}

/* A segment of the public, as public1; -1 and an error where it is none. */
static int take_segment(struct parser *parser)
{
    char word[WORD_SIZE];
    const size_t length = peek_word(parser, word);

    for (int i = 0; i < parser->layout.count[SPIRAL_OF_PUBLIC]; i++) {
        char name[16] = "public";
        const size_t end = strlen(name);

        if (i + 1 >= 10)
            name[end] = (char)('0' + (i + 1) / 10);
        name[end + (i + 1 >= 10 ? 1 : 0)] = (char)('0' + (i + 1) % 10);
        if (strcmp(word, name) == 0) {
            parser->at += length;
            return i;
        }
    }

    fail_expected(parser, parser->layout.count[SPIRAL_OF_PUBLIC] > 0
                              ? "a segment of the small state's public, as public1"
                              : "another number: no public is given in this case");

    return -1;
}

/* Which of its things a variable is wanted of, by the states that follow its name. */
static int take_index(struct parser *parser, int variable)
{
    const struct spiral_layout *layout = &parser->layout;
    const enum spiral_dimension of = spiral_variable_dimensions[variable];
    int pair[2];
    int index = -1;

    take_sign(parser, ".");
    if (of == SPIRAL_OF_STATE)
        return take_state(parser);
    if (of == SPIRAL_OF_PUBLIC)
        return take_segment(parser);

    skip_space(parser);

    const size_t place = parser->at;

    if (!take_pair(parser, pair))
        return -1;

    const int other = pair[0] == layout->small ? pair[1] : pair[0];
    const bool with_small = pair[0] == layout->small || pair[1] == layout->small;

    if (pair[0] != pair[1] && of == SPIRAL_OF_PERCEPTION)
        index = spiral_layout_perception(layout, pair[0], pair[1]);
    else if (pair[0] != pair[1] && of == SPIRAL_OF_TIE)
        index = spiral_layout_tie(layout, pair[0], pair[1]);
    else if (with_small && pair[0] != pair[1])
        index = of == SPIRAL_OF_PATRON ? spiral_layout_patron(layout, other)
                                       : spiral_layout_rival(layout, other);

    if (index < 0)
        FAIL(parser, place, "%s and %s have no %s; it belongs to %s",
             parser->scenario->states[pair[0]].id, parser->scenario->states[pair[1]].id,
             spiral_variable_fields[variable].name,
             of == SPIRAL_OF_PATRON  ? "the small state and another"
             : of == SPIRAL_OF_RIVAL ? "the small state and a neighbour"
                                     : "two states of which one is a neighbour");

    return index;
}

/* Whether the word after the present one may name a state or a segment: then a name that is both
 * a quantity and a variable is the variable. */
static bool is_followed_by_state(struct parser *parser)
{
    char word[WORD_SIZE];

    if (parser->text[parser->at] == '.')
        return true;

    return peek_word(parser, word) > 0 &&
           spiral_names_find(spiral_names_in(joining_words, COUNT(joining_words)), word) < 0;
}

/* The series that begins with a word. Returns the field, with its bounds, or NULL. */
static const struct spiral_field *take_series(struct parser *parser,
                                              struct spiral_expression_series *series)
{
    char word[WORD_SIZE];
    const size_t length = peek_word(parser, word);

    series->quantity =
        spiral_names_find(spiral_names_of(spiral_quantity_fields, SPIRAL_QUANTITIES, name), word);
    series->variable =
        spiral_names_find(spiral_names_of(spiral_variable_fields, SPIRAL_VARIABLES, name), word);

    if (length == 0)
        fail_expected(parser, "the name of a quantity or a variable");
    else if (series->quantity < 0 && series->variable < 0)
        fail_unknown(parser, "quantity or variable", word,
                     spiral_names_in(series_words, COUNT(series_words)),
                     "`spiral outcomes` lists them");
    if (parser->status != SPIRAL_OK)
        return NULL;

    parser->at += length;
    if (series->variable < 0 || (series->quantity >= 0 && !is_followed_by_state(parser)))
        return &spiral_quantity_fields[series->quantity];

    series->quantity = -1;
    series->index = take_index(parser, series->variable);

    return &spiral_variable_fields[series->variable];
}

/* A sign of comparison; false where there is none. */
static bool take_comparison(struct parser *parser, enum spiral_expression_node_kind *kind)
{
    static const struct {
        const char *sign;
        enum spiral_expression_node_kind kind;
    } signs[] = {{"<=", SPIRAL_NODE_AT_MOST},
                 {"<", SPIRAL_NODE_LESS},
                 {">=", SPIRAL_NODE_AT_LEAST},
                 {">", SPIRAL_NODE_GREATER}};

    for (size_t i = 0; i < COUNT(signs); i++)
        if (take_sign(parser, signs[i].sign)) {
            *kind = signs[i].kind;
            return true;
        }

    return false;
}

/* The comparison with a number that a condition needs. */
static void take_condition(struct parser *parser, struct spiral_expression_series *series)
{
    if (!take_comparison(parser, &series->comparison)) {
        fail_expected(parser, "<, <=, > or >= and a number, as in share escalation > 50");
        return;
    }

    const bool negative = take_sign(parser, "-");

    if (!take_number(parser, &series->threshold))
        fail_expected(parser, "a number");
    series->threshold = negative ? -series->threshold : series->threshold;
}

/* Adds a series to the expression and a node for it. */
static void add_series(struct parser *parser, const struct spiral_expression_series *series)
{
    struct spiral_expression *expression = parser->expression;

    if (expression->series_count == SPIRAL_EXPRESSION_SERIES)
        FAIL(parser, parser->at, "too many series; expected at most %d", SPIRAL_EXPRESSION_SERIES);
    if (parser->status != SPIRAL_OK)
        return;

    expression->series[expression->series_count] = *series;
    add_node(parser, SPIRAL_NODE_SERIES, expression->series_count++, 0.0);
}

/* A series under a function (-1: none was named), which was taken. */
static struct part parse_series(struct parser *parser, int function)
{
    struct spiral_expression_series series = {
        .function =
            function < 0 ? SPIRAL_EXPRESSION_mean : (enum spiral_expression_function)function};
    const enum takes takes = function_takes[series.function];

    skip_space(parser);

    const size_t place = parser->at;

    if (takes == TAKES_SHARE && (!take_number(parser, &series.share) || series.share > 1.0)) {
        parser->at = place;
        fail_expected(parser, "a share from 0 to 1, as in quantile 0.9 escalation");
    }

    const struct spiral_field *field =
        parser->status == SPIRAL_OK ? take_series(parser, &series) : NULL;

    if (takes == TAKES_CONDITION && parser->status == SPIRAL_OK)
        take_condition(parser, &series);
    if (parser->status == SPIRAL_OK)
        take_period(parser, &series.first, &series.last);
    add_series(parser, &series);
    if (parser->status != SPIRAL_OK)
        return nothing;

    if (series.function == SPIRAL_EXPRESSION_share)
        return (struct part){.low = 0.0, .high = 1.0};
    if (series.function == SPIRAL_EXPRESSION_years)
        return (struct part){.years = true,
                             .low = 0.0,
                             .high = parser->dates->dt * (double)(series.last - series.first + 1)};
    return (struct part){.low = field->low, .high = field->high};
}

/* War or force, which was taken: whether the highest level of the period is at least `level`. */
static struct part parse_event(struct parser *parser, double level)
{
    struct spiral_expression_series series = {.function = SPIRAL_EXPRESSION_max,
                                              .quantity = SPIRAL_QUANTITY_hostility};

    take_period(parser, &series.first, &series.last);
    add_series(parser, &series);
    add_node(parser, SPIRAL_NODE_NUMBER, 0, level);
    add_node(parser, SPIRAL_NODE_AT_LEAST, 0, 0.0);

    return an_event;
}

/* --- terms ------------------------------------------------------------------------------------ */

static struct part parse_choice(struct parser *parser);

/* A term that begins with a word. */
static struct part parse_word(struct parser *parser)
{
    char word[WORD_SIZE];
    const size_t length = peek_word(parser, word);
    int function = -1;

    if (take_word(parser, "war"))
        return parse_event(parser, SPIRAL_FORM(level_war));
    if (take_word(parser, "force"))
        return parse_event(parser, SPIRAL_FORM(level_force));

    for (int f = 0; f < SPIRAL_EXPRESSION_FUNCTIONS; f++)
        if (strcmp(spiral_expression_functions[f].name, word) == 0)
            function = f;

    if (function >= 0) {
        parser->at += length;
        return parse_series(parser, function);
    }

    const int outcome =
        spiral_names_find(spiral_names_of(spiral_outcome_fields, SPIRAL_OUTCOMES, name), word);

    if (outcome == SPIRAL_OUTCOME_war_date || outcome == SPIRAL_OUTCOME_force_date)
        FAIL(parser, parser->at,
             "'%s' is a date, which not every run has; compare dates by periods, as in war by 2014",
             word);
    else if (outcome >= 0) {
        const struct spiral_field *field = &spiral_outcome_fields[outcome];
        parser->at += length;
        add_node(parser, SPIRAL_NODE_OUTCOME, outcome, 0.0);
        return (struct part){.low = field->low, .high = field->high};
    } else if (spiral_names_find(spiral_names_in(series_words, COUNT(series_words)), word) >= 0)
        return parse_series(parser, -1);
    else
        fail_unknown(parser, "name", word, spiral_names_in(first_words, COUNT(first_words)),
                     "`spiral outcomes` lists what can be named");

    return nothing;
}

static struct part parse_term(struct parser *parser)
{
    char word[WORD_SIZE];
    struct part part = nothing;
    double number;

    if (++parser->depth > MOST_DEPTH)
        FAIL(parser, parser->at, "terms within terms; expected at most %d", MOST_DEPTH);
    if (parser->status != SPIRAL_OK)
        return nothing;

    if (take_sign(parser, "(")) {
        part = parse_choice(parser);
        if (parser->status == SPIRAL_OK && !take_sign(parser, ")"))
            fail_expected(parser, "an operator or ')'");
    } else if (take_sign(parser, "-")) {
        const struct part inner = parse_term(parser);
        add_node(parser, SPIRAL_NODE_NEGATE, 0, 0.0);
        part = (struct part){.years = inner.years, .low = -inner.high, .high = -inner.low};
    } else if (take_number(parser, &number)) {
        add_node(parser, SPIRAL_NODE_NUMBER, 0, number);
        part = (struct part){.low = number, .high = number};
    } else if (peek_word(parser, word) > 0)
        part = parse_word(parser);
    else
        fail_expected(parser, "a number, or a name that `spiral outcomes` lists");
    parser->depth--;

    return part;
}

/* --- operators -------------------------------------------------------------------------------- */

static double smaller(double a, double b) { return a < b ? a : b; }
static double larger(double a, double b) { return a > b ? a : b; }

static struct part multiply(struct part a, struct part b)
{
    const double corners[4] = {a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high};
    struct part part = {.event = a.event && b.event, .low = corners[0], .high = corners[0]};

    for (int i = 1; i < 4; i++) {
        part.low = smaller(part.low, corners[i]);
        part.high = larger(part.high, corners[i]);
    }

    return part;
}

static struct part parse_product(struct parser *parser)
{
    struct part part = parse_term(parser);

    while (parser->status == SPIRAL_OK) {
        const bool divide = take_sign(parser, "/");

        if (!divide && !take_sign(parser, "*"))
            break;
        skip_space(parser);

        const size_t place = parser->at;
        struct part other = parse_term(parser);

        if (divide && parser->status == SPIRAL_OK) {
            if (other.low != other.high || other.low == 0.0)
                FAIL(parser, place, "expected a number other than 0 to divide by");
            other.low = other.high = other.low != 0.0 ? 1.0 / other.low : 1.0;
        }

        add_node(parser, divide ? SPIRAL_NODE_DIVIDE : SPIRAL_NODE_MULTIPLY, 0, 0.0);
        part = multiply(part, other);
    }

    return part;
}

static struct part parse_sum(struct parser *parser)
{
    struct part part = parse_product(parser);

    while (parser->status == SPIRAL_OK) {
        const bool subtract = take_sign(parser, "-");

        if (!subtract && !take_sign(parser, "+"))
            break;

        const struct part other = parse_product(parser);

        add_node(parser, subtract ? SPIRAL_NODE_SUBTRACT : SPIRAL_NODE_ADD, 0, 0.0);
        part = (struct part){.years = part.years && other.years,
                             .low = part.low + (subtract ? -other.high : other.low),
                             .high = part.high + (subtract ? -other.low : other.high)};
    }

    return part;
}

static struct part parse_comparison(struct parser *parser)
{
    enum spiral_expression_node_kind kind;
    const struct part part = parse_sum(parser);

    if (parser->status != SPIRAL_OK || !take_comparison(parser, &kind))
        return part;

    parse_sum(parser);
    add_node(parser, kind, 0, 0.0);

    return an_event;
}

/* Where `part`, which begins at `place`, is no event, says so. */
static void want_event(struct parser *parser, struct part part, size_t place)
{
    if (!part.event)
        FAIL(parser, place, "expected an event here, as war by 2014 or escalation > 50");
}

static struct part parse_negation(struct parser *parser)
{
    int count = 0;

    while (take_word(parser, "not"))
        count++;
    skip_space(parser);

    const size_t place = parser->at;
    const struct part part = parse_comparison(parser);

    if (count > 0)
        want_event(parser, part, place);
    if (count % 2 == 1)
        add_node(parser, SPIRAL_NODE_NOT, 0, 0.0);

    return part;
}

/* Events joined by one word, which binds tighter than `or`. */
static struct part parse_joined(struct parser *parser, const char *word,
                                enum spiral_expression_node_kind kind,
                                struct part (*parse)(struct parser *parser))
{
    skip_space(parser);

    size_t place = parser->at;
    struct part part = parse(parser);

    while (parser->status == SPIRAL_OK && take_word(parser, word)) {
        want_event(parser, part, place);
        skip_space(parser);
        place = parser->at;
        part = parse(parser);
        want_event(parser, part, place);
        add_node(parser, kind, 0, 0.0);
    }

    return part;
}

static struct part parse_conjunction(struct parser *parser)
{
    return parse_joined(parser, "and", SPIRAL_NODE_AND, parse_negation);
}

static struct part parse_choice(struct parser *parser)
{
    return parse_joined(parser, "or", SPIRAL_NODE_OR, parse_conjunction);
}

/* --- an expression ---------------------------------------------------------------------------- */

enum spiral_status spiral_expression_parse(struct spiral_expression *expression, const char *text,
                                           const struct spiral_scenario *scenario,
                                           const struct spiral_run_dates *dates,
                                           struct spiral_error *error)
{
    struct parser parser = {.text = text,
                            .scenario = scenario,
                            .dates = dates,
                            .layout = spiral_layout_of(scenario),
                            .expression = expression,
                            .error = error};

    *expression = (struct spiral_expression){.dt = dates->dt};
    if (strlen(text) > SPIRAL_EXPRESSION_LENGTH)
        FAIL(&parser, 0, "%zu letters; expected at most %d", strlen(text),
             SPIRAL_EXPRESSION_LENGTH);

    struct part part = nothing;

    if (parser.status == SPIRAL_OK)
        part = parse_choice(&parser);
    skip_space(&parser);

    if (parser.status == SPIRAL_OK && text[parser.at] != '\0')
        fail_expected(&parser, "an operator or the end");
    else if (!(part.high > part.low))
        FAIL(&parser, 0, "the expression is the same for every run; expected a name in it");
    else if (part.low < -widest || part.high > widest)
        FAIL(&parser, 0, "its values can lie between %.4g and %.4g; expected within +-%.0f",
             part.low, part.high, widest);

    expression->event = part.event;
    expression->years = part.years;
    expression->low = part.low;
    expression->high = part.high;

    return parser.status;
}
