/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* dladdr */
#include "scenarios/loader/case_file.h"

#include <dirent.h>
#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/names.h"

#ifndef SPIRAL_SCENARIO_DIRECTORY
#define SPIRAL_SCENARIO_DIRECTORY "/usr/local/share/spiral/scenarios"
#endif

/* --- folders ---------------------------------------------------------------------------------- */

/* Folders of cases as seen from that of the program, or of the library that a program of another
 * place has loaded: of a build, of an installation that was moved (bin, lib, libexec/spiral). */
static const char *const from_program[] = {"../../scenarios", "../share/spiral/scenarios",
                                           "../../share/spiral/scenarios"};
enum { FROM_PROGRAM = sizeof from_program / sizeof *from_program, FOLDERS = 3 + 2 * FROM_PROGRAM };

/* Writes the file of the running program. */
static bool find_program(char *path, size_t size)
{
    const ssize_t length = readlink("/proc/self/exe", path, size - 1);

    path[length > 0 ? length : 0] = '\0';
    return length > 0;
}

/* Writes the file that this function was loaded from: the program, or a shared library. */
static bool find_library(char *path, size_t size)
{
    static const char here[1];
    Dl_info found;

    return dladdr(here, &found) != 0 && found.dli_fname != NULL &&
           snprintf(path, size, "%s", found.dli_fname) < (int)size;
}

/* The i-th folder in which cases are looked for; false where there is none. */
static bool folder_at(size_t i, char *folder, size_t size)
{
    const char *const fixed[] = {"scenarios", getenv("SPIRAL_SCENARIOS"),
                                 SPIRAL_SCENARIO_DIRECTORY};
    char program[3000];

    if (i < 2 || i == FOLDERS - 1) {
        const char *name = fixed[i < 2 ? i : 2];
        return name != NULL && name[0] != '\0' && snprintf(folder, size, "%s", name) < (int)size;
    }

    const bool found = i - 2 < FROM_PROGRAM ? find_program(program, sizeof program)
                                            : find_library(program, sizeof program);
    char *slash = found ? strrchr(program, '/') : NULL;

    if (slash == NULL)
        return false;
    *slash = '\0';

    return snprintf(folder, size, "%s/%s", program, from_program[(i - 2) % FROM_PROGRAM]) <
           (int)size;
}

static bool file_exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

/* Finds a file in a folder below those of the cases: "" or "lessons/". */
static void find_file(const char *path_or_name, const char *below, char *path, size_t size)
{
    char folder[4000];

    snprintf(path, size, "%s", path_or_name);
    if (file_exists(path) || strchr(path_or_name, '/') != NULL)
        return;

    for (size_t i = 0; i < FOLDERS; i++) {
        if (!folder_at(i, folder, sizeof folder))
            continue;
        snprintf(path, size, "%s/%s%s.yaml", folder, below, path_or_name);
        if (file_exists(path))
            return;
    }

    snprintf(path, size, "%s", path_or_name);
}

void spiral_case_file(const char *path_or_name, char *path, size_t size)
{
    find_file(path_or_name, "", path, size);
}

void spiral_lesson_file(const char *path_or_name, char *path, size_t size)
{
    find_file(path_or_name, "lessons/", path, size);
}

/* A folder of the user's own cases need not bring a posterior: the next one is looked at. */
bool spiral_posterior_file(char *path, size_t size)
{
    char folder[4000];

    for (size_t i = 0; i < FOLDERS; i++)
        if (folder_at(i, folder, sizeof folder) &&
            snprintf(path, size, "%s/posterior.csv", folder) < (int)size && file_exists(path))
            return true;

    return false;
}

/* --- advice ----------------------------------------------------------------------------------- */

enum { MOST_NAMES = 100 };
struct names {
    size_t count;
    char name[MOST_NAMES][64];
};

static int compare_names(const void *a, const void *b) { return strcmp(a, b); }
/* The names of the cases in a folder, sorted. */
static void list_cases(const char *folder, struct names *names)
{
    DIR *directory = opendir(folder);
    const struct dirent *entry;

    names->count = 0;

    while (directory != NULL && names->count < MOST_NAMES && (entry = readdir(directory)) != NULL) {
        const size_t length = strlen(entry->d_name);
        if (length <= 5 || length - 5 >= sizeof names->name[0] ||
            strcmp(entry->d_name + length - 5, ".yaml") != 0 || entry->d_name[0] == '.')
            continue;
        snprintf(names->name[names->count++], sizeof names->name[0], "%.*s", (int)(length - 5),
                 entry->d_name);
    }

    if (directory != NULL)
        closedir(directory);
    qsort(names->name, names->count, sizeof names->name[0], compare_names);
}

/* The names of the cases of the first folder that has any. */
static void list_first_cases(struct names *names)
{
    char folder[4000];

    names->count = 0;
    for (size_t i = 0; i < FOLDERS && names->count == 0; i++)
        if (folder_at(i, folder, sizeof folder))
            list_cases(folder, names);
}

size_t spiral_case_list(char (*names)[64], size_t capacity)
{
    struct names found;

    list_first_cases(&found);
    for (size_t i = 0; i < found.count && i < capacity; i++)
        memcpy(names[i], found.name[i], sizeof found.name[i]);

    return found.count;
}

void spiral_case_advice(const char *path_or_name, char text[SPIRAL_CASE_ADVICE])
{
    struct names names;

    list_first_cases(&names);

    const char *nearest =
        spiral_names_nearest(spiral_names_in(names.name, names.count), path_or_name);

    if (names.count == 0)
        snprintf(text, SPIRAL_CASE_ADVICE,
                 "no cases were found either: set SPIRAL_SCENARIOS to the folder 'scenarios' of "
                 "spiral's source");
    else if (nearest != NULL)
        snprintf(text, SPIRAL_CASE_ADVICE, "did you mean the case '%s'?", nearest);
    else {
        int length =
            snprintf(text, SPIRAL_CASE_ADVICE, "a scenario is a YAML file or the name of a case: ");
        for (size_t i = 0; i < names.count && length < SPIRAL_CASE_ADVICE; i++)
            length += snprintf(text + length, SPIRAL_CASE_ADVICE - (size_t)length, "%s%s",
                               i > 0 ? ", " : "", names.name[i]);
    }
}
