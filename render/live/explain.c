/* SPDX-License-Identifier: MIT */
#include "render/live/explain.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const struct {
    enum spiral_subject subject;
    const char *name;
    const char *sentence;
} chinese[] = {
#define SPIRAL_SENTENCE_ZH(subject, name, zh) {SPIRAL_SUBJECT_##subject, #name, zh},
#include "render/live/sentences_zh.def"
};

const char *spiral_explain_chinese(enum spiral_subject subject, const char *name)
{
    for (size_t i = 0; i < sizeof chinese / sizeof *chinese; i++)
        if (chinese[i].subject == subject && strcmp(chinese[i].name, name) == 0)
            return chinese[i].sentence;
    return NULL;
}

/* The table of a subject, where its rows are fields; else NULL. */
static const struct spiral_field *fields_of(enum spiral_subject subject)
{
    switch (subject) {
    case SPIRAL_SUBJECT_CONSTANT: return spiral_constant_fields;
    case SPIRAL_SUBJECT_DOCTRINE_NUMBER: return spiral_doctrine_fields;
    case SPIRAL_SUBJECT_STATE_FACT: return spiral_state_fact_fields;
    case SPIRAL_SUBJECT_QUANTITY: return spiral_quantity_fields;
    default: return NULL;
    }
}

size_t spiral_explain_count(enum spiral_subject subject)
{
    static const size_t counts[SPIRAL_SUBJECTS] = {
        [SPIRAL_SUBJECT_CONSTANT] = SPIRAL_CONSTANTS,
        [SPIRAL_SUBJECT_DOCTRINE_NUMBER] = SPIRAL_DOCTRINE_NUMBERS,
        [SPIRAL_SUBJECT_DOCTRINE] = SPIRAL_DOCTRINES,
        [SPIRAL_SUBJECT_MOVE] = SPIRAL_MOVES,
        [SPIRAL_SUBJECT_STATE_FACT] = SPIRAL_STATE_FACTS,
        [SPIRAL_SUBJECT_QUANTITY] = SPIRAL_QUANTITIES,
    };
    return counts[subject];
}

const char *spiral_explain_name(enum spiral_subject subject, size_t i)
{
    return subject == SPIRAL_SUBJECT_DOCTRINE ? spiral_doctrines[i].name
           : subject == SPIRAL_SUBJECT_MOVE   ? spiral_moves[i].name
                                              : fields_of(subject)[i].name;
}

/* --- facts ------------------------------------------------------------------------------------ */

/* Adds to a text of SPIRAL_EXPLANATION_FACTS bytes; what does not fit is left out. */
static void add(char *text, const char *name, const char *format, double value)
{
    const size_t length = strlen(text);
    char number[32];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(number, sizeof number, format, value);
#pragma GCC diagnostic pop
    snprintf(text + length, SPIRAL_EXPLANATION_FACTS - length, "%s%s %s", length > 0 ? ", " : "",
             name, number);
}

static const char *unit_in(const char *unit, bool zh)
{
    static const char *const units[][3] = {{"1", "no unit", "无量纲"},
                                           {"y", "years", "年"},
                                           {"1/y", "a year", "每年"},
                                           {"1/sqrt(y)", "a square-root year", "每平方根年"}};

    for (size_t u = 0; u < sizeof units / sizeof *units; u++)
        if (strcmp(units[u][0], unit) == 0)
            return units[u][zh ? 2 : 1];
    return unit;
}

static void describe_field(const struct spiral_field *field, bool has_default, bool zh,
                           char facts[SPIRAL_EXPLANATION_FACTS])
{
    const int length =
        snprintf(facts, SPIRAL_EXPLANATION_FACTS, zh ? "%s；范围 %.4g 至 %.4g" : "%s; %.4g to %.4g",
                 unit_in(field->unit, zh), field->low, field->high);

    if (has_default)
        snprintf(facts + length, SPIRAL_EXPLANATION_FACTS - (size_t)length,
                 zh ? "；默认 %.4g" : "; default %.4g", field->value);
}

static void describe_doctrine(const struct spiral_doctrine *doctrine, bool zh,
                              char facts[SPIRAL_EXPLANATION_FACTS])
{
    facts[0] = '\0';
    for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
        add(facts, zh ? spiral_doctrine_fields[n].label_zh : spiral_doctrine_fields[n].label_en,
            "%.4g", doctrine->number[n]);
}

/* What a move of weight 1 changes, and by how much. */
static void describe_move(const struct spiral_move_effect *move, bool zh,
                          char facts[SPIRAL_EXPLANATION_FACTS])
{
    const struct {
        const char *en;
        const char *zh;
        double change;
    } effects[] = {{"commitment", "承诺", move->commitment},
                   {"declared aim", "入盟意愿", move->aspiration},
                   {"floor of commitment", "承诺下限", move->floor},
                   {"foreign forces", "驻军", move->presence},
                   {"aid", "援助", move->aid},
                   {"arms", "军备", move->arms},
                   {"reassurance", "再保证", move->reassurance},
                   {"trade", "贸易", move->interdependence},
                   {"othering", "他者化", move->othering},
                   {"grievance", "积怨", move->grievance}};

    facts[0] = '\0';
    for (size_t e = 0; e < sizeof effects / sizeof *effects; e++)
        if (effects[e].change != 0.0)
            add(facts, zh ? effects[e].zh : effects[e].en, "%+.2g", effects[e].change);

    if (move->consent) {
        const size_t length = strlen(facts);
        snprintf(facts + length, SPIRAL_EXPLANATION_FACTS - length, "%s",
                 zh ? "；须小国同意" : "; needs the small state's consent");
    }
}

/* --- the explanation -------------------------------------------------------------------------- */

struct spiral_explanation spiral_explain(enum spiral_subject subject, size_t i,
                                         const char *language)
{
    const bool zh = strcmp(language, "zh") == 0;
    const char *own = zh ? spiral_explain_chinese(subject, spiral_explain_name(subject, i)) : NULL;
    struct spiral_explanation explanation = {.source = "docs/model.md"};
    const char *english;

    if (subject == SPIRAL_SUBJECT_DOCTRINE) {
        const struct spiral_doctrine *doctrine = &spiral_doctrines[i];
        explanation.label = zh ? doctrine->label_zh : doctrine->label_en;
        english = doctrine->doc;
        describe_doctrine(doctrine, zh, explanation.facts);
    } else if (subject == SPIRAL_SUBJECT_MOVE) {
        const struct spiral_move_effect *move = &spiral_moves[i];
        explanation.label = zh ? move->label_zh : move->label_en;
        english = move->doc;
        describe_move(move, zh, explanation.facts);
    } else {
        const struct spiral_field *field = &fields_of(subject)[i];
        explanation.label = zh ? field->label_zh : field->label_en;
        english = field->doc;
        if (field->source[0] != '\0')
            explanation.source = field->source;
        describe_field(field, subject == SPIRAL_SUBJECT_CONSTANT, zh, explanation.facts);
    }

    explanation.sentence = own != NULL ? own : english;

    return explanation;
}
