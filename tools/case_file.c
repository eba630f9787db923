/* SPDX-License-Identifier: MIT */
#include "tools/case_file.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#ifndef SPIRAL_SCENARIO_DIRECTORY
#define SPIRAL_SCENARIO_DIRECTORY "/usr/local/share/spiral/scenarios"
#endif

const char spiral_case_advice[] = "a scenario is a YAML file or the name of a case: ukraine, finland, singapore, georgia, baltics";

static bool exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

/* The same for what stands in a folder of the cases' folder ("" or "lessons/"). */
static void find(const char *path_or_name, const char *below, char *path, size_t size)
{
    const char *const directories[] = {"scenarios", getenv("SPIRAL_SCENARIOS"), SPIRAL_SCENARIO_DIRECTORY};
    snprintf(path, size, "%s", path_or_name);
    if (exists(path) || strchr(path_or_name, '/') != NULL)
        return;
    for (size_t i = 0; i < sizeof directories / sizeof *directories; i++) {
        if (directories[i] == NULL)
            continue;
        snprintf(path, size, "%s/%s%s.yaml", directories[i], below, path_or_name);
        if (exists(path))
            return;
    }
    snprintf(path, size, "%s", path_or_name);
}

void spiral_case_file(const char *path_or_name, char *path, size_t size) { find(path_or_name, "", path, size); }

void spiral_lesson_file(const char *path_or_name, char *path, size_t size) { find(path_or_name, "lessons/", path, size); }
