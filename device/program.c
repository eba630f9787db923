/* SPDX-License-Identifier: MIT */
#include "device/program.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/kept.h"
#include "device/numbers.h"
#include "sim/hash.h"

/* The text of device/kernels.cl with all that it includes: made when the library is built. */
extern const char spiral_kernels_text[];
extern const size_t spiral_kernels_length;

static const char *const kernel_names[SPIRAL_KERNELS] = {"run_items", "sum_outcomes",
                                                         "count_levels", "count_places"};
static const char build_options[] = "-cl-std=CL1.2";

/* A loop over a larger dimension is not taken apart: the program would be too long to be fast. */
enum { MOST_UNROLLED = 16 };

/* --- the text of a layout --------------------------------------------------------------------- */

/* A text that grows; NULL where there was no memory. */
struct text {
    char *start;
    size_t length;
};

static __attribute__((format(printf, 2, 3))) void add_text(struct text *text, const char *format,
                                                           ...)
{
    va_list arguments;

    va_start(arguments, format);
    const int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);

    char *start =
        text->start == NULL ? NULL : realloc(text->start, text->length + (size_t)length + 1);

    if (start == NULL) {
        free(text->start);
        text->start = NULL;
        return;
    }

    va_start(arguments, format);
    vsnprintf(start + text->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    text->start = start;
    text->length += (size_t)length;
}

/* Whole numbers as the initialiser of an array; of none, a 0 for the place that there is. */
static void add_array(struct text *text, const int *numbers, int count)
{
    add_text(text, "{");
    for (int i = 0; i < count; i++)
        add_text(text, "%d, ", numbers[i]);
    add_text(text, count == 0 ? "0}, " : "}, ");
}

static void add_layout(struct text *text, const struct spiral_layout *layout)
{
    const int *count = layout->count;

    add_array(text, count, SPIRAL_DIMENSIONS);
    add_text(text, "%d, {", layout->small);
    for (int i = 0; i < count[SPIRAL_OF_STATE]; i++)
        add_text(text, "(enum spiral_role)%d, ", (int)layout->role[i]);
    add_text(text, "}, {");

    for (int p = 0; p < count[SPIRAL_OF_PERCEPTION]; p++) {
        const struct spiral_perception *seen = &layout->perceptions[p];
        add_text(text, "{%d, %d, %d, %d}, ", seen->of, seen->about, seen->tie, seen->rival);
    }
    add_text(text, "}, {");

    for (int t = 0; t < count[SPIRAL_OF_TIE]; t++) {
        const struct spiral_tie *tie = &layout->ties[t];
        add_text(text, "{%d, %d, %d, %d}, ", tie->one, tie->two, tie->one_about_two,
                 tie->two_about_one);
    }
    add_text(text, "}, ");
    add_array(text, layout->patrons, count[SPIRAL_OF_PATRON]);
    add_text(text, "{");

    for (int q = 0; q < count[SPIRAL_OF_RIVAL]; q++) {
        const struct spiral_rival *rival = &layout->rivals[q];
        add_text(text, "{%d, %d, %d, %d, %d, ", rival->neighbour, rival->tie,
                 rival->small_about_neighbour, rival->neighbour_about_small, rival->patron);
        add_array(text, rival->about_patron, count[SPIRAL_OF_PATRON]);
        add_text(text, "}, ");
    }
    add_text(text, "}, ");
    add_array(text, layout->rival_of, count[SPIRAL_OF_STATE]);
}

char *spiral_program_text_of(const struct spiral_layout *layout)
{
    const struct spiral_device_sizes sizes = spiral_device_sizes_of(layout);
    struct text text = {.start = calloc(1, 1)};

    add_text(&text,
             "#define SPIRAL_LAYOUT_STATES %d\n#define SPIRAL_LAYOUT_PERCEPTIONS %d\n"
             "#define SPIRAL_LAYOUT_TIES %d\n#define SPIRAL_LAYOUT_PATRONS %d\n"
             "#define SPIRAL_LAYOUT_RIVALS %d\n#define SPIRAL_LAYOUT_PUBLICS %d\n",
             sizes.STATE, sizes.PERCEPTION, sizes.TIE, sizes.PATRON, sizes.RIVAL, sizes.PUBLIC);
    add_text(&text, "#define UNROLLED %s\n",
             sizes.PERCEPTION <= MOST_UNROLLED ? "_Pragma(\"unroll\")" : "");
    add_text(&text, "#define SPIRAL_LAYOUT {");
    add_layout(&text, layout);
    add_text(&text, "}\n");

    return text.start;
}

/* --- building --------------------------------------------------------------------------------- */

/* Copies what the device's compiler said into the error, as far as it fits. */
static enum spiral_status complain_of_build(const struct spiral_program *program,
                                            const struct spiral_device_place *place,
                                            struct spiral_error *error)
{
    char said[400] = "";
    size_t length = 0;

    if (place->cl->clGetProgramBuildInfo(program->program, place->device, CL_PROGRAM_BUILD_LOG, 0,
                                         NULL, &length) == CL_SUCCESS &&
        length > 0) {
        char *log = malloc(length);
        if (log != NULL &&
            place->cl->clGetProgramBuildInfo(program->program, place->device, CL_PROGRAM_BUILD_LOG,
                                             length, log, NULL) == CL_SUCCESS)
            snprintf(said, sizeof said, "%.*s", (int)sizeof said - 1, log);
        free(log);
    }

    return spiral_error_set(error, SPIRAL_IO, "the device's compiler failed: %s", said);
}

static bool create_kernels(struct spiral_program *program, const struct spiral_opencl *cl)
{
    cl_int code = CL_SUCCESS;

    for (int k = 0; k < SPIRAL_KERNELS && code == CL_SUCCESS; k++)
        program->kernels[k] = cl->clCreateKernel(program->program, kernel_names[k], &code);

    return code == CL_SUCCESS;
}

/* The program of an earlier process; false where there is none that still fits. */
static bool build_from_kept(struct spiral_program *program, const struct spiral_device_place *place,
                            uint64_t name)
{
    const struct spiral_opencl *cl = place->cl;
    size_t length;
    unsigned char *bytes = spiral_kept_read(name, &length);
    const unsigned char *binary = bytes;
    cl_int code;

    if (bytes == NULL)
        return false;

    program->program = cl->clCreateProgramWithBinary(place->context, 1, &place->device, &length,
                                                     &binary, NULL, &code);
    free(bytes);

    if (code == CL_SUCCESS &&
        cl->clBuildProgram(program->program, 1, &place->device, build_options, NULL, NULL) ==
            CL_SUCCESS &&
        create_kernels(program, cl))
        return true;

    spiral_program_release(program, cl);

    return false;
}

/* Keeps a program for later processes. Where it cannot, they build it again. */
static void keep_program(const struct spiral_program *program,
                         const struct spiral_device_place *place, uint64_t name)
{
    size_t length = 0;

    if (place->cl->clGetProgramInfo(program->program, CL_PROGRAM_BINARY_SIZES, sizeof length,
                                    &length, NULL) != CL_SUCCESS ||
        length == 0)
        return;

    unsigned char *bytes = malloc(length);

    if (bytes != NULL && place->cl->clGetProgramInfo(program->program, CL_PROGRAM_BINARIES,
                                                     sizeof bytes, &bytes, NULL) == CL_SUCCESS)
        spiral_kept_write(name, bytes, length);
    free(bytes);
}

enum spiral_status spiral_program_build(struct spiral_program *program,
                                        const struct spiral_device_place *place,
                                        const struct spiral_layout *layout,
                                        struct spiral_error *error)
{
    const struct spiral_opencl *cl = place->cl;
    char *text = spiral_program_text_of(layout);
    cl_int code;

    *program = (struct spiral_program){.layout = *layout};
    if (text == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the device's program");

    const char *texts[] = {text, spiral_kernels_text};
    const size_t lengths[] = {strlen(text), spiral_kernels_length};
    uint64_t name = spiral_hash_bits(SPIRAL_HASH_START, place->identity);

    for (int i = 0; i < 2; i++)
        name = spiral_hash_bytes(name, texts[i], lengths[i]);

    if (build_from_kept(program, place, name)) {
        free(text);
        return SPIRAL_OK;
    }

    *program = (struct spiral_program){.layout = *layout};
    program->program = cl->clCreateProgramWithSource(place->context, 2, texts, lengths, &code);
    free(text);

    if (code != CL_SUCCESS)
        return spiral_error_set(error, SPIRAL_IO, "the device takes no program (OpenCL error %d)",
                                code);
    if (cl->clBuildProgram(program->program, 1, &place->device, build_options, NULL, NULL) !=
            CL_SUCCESS ||
        !create_kernels(program, cl))
        return complain_of_build(program, place, error);

    keep_program(program, place, name);

    return SPIRAL_OK;
}

void spiral_program_release(struct spiral_program *program, const struct spiral_opencl *cl)
{
    for (int k = 0; k < SPIRAL_KERNELS; k++)
        if (program->kernels[k] != NULL)
            cl->clReleaseKernel(program->kernels[k]);

    if (program->program != NULL)
        cl->clReleaseProgram(program->program);

    memset(program, 0, sizeof *program);
}
