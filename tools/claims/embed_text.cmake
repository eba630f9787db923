# SPDX-License-Identifier: MIT
#
# Makes a C source of a text: cmake -DTEXT=file -DNAME=symbol -DSOURCE=file.c -P embed_text.cmake
#
# The text is an array of bytes that ends in a NUL, so that no compiler's limit of a literal matters.
file(READ "${TEXT}" bytes HEX)
string(LENGTH "${bytes}" length)
math(EXPR length "${length} / 2")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
string(REGEX REPLACE "(('[^']*',)('[^']*',)('[^']*',)('[^']*',)('[^']*',)('[^']*',)('[^']*',)('[^']*',))" "\\1\n    " bytes "${bytes}")
get_filename_component(name "${TEXT}" NAME)
file(WRITE "${SOURCE}" "/* Made from ${name} by embed_text.cmake. */
#include <stddef.h>

extern const char ${NAME}_text[];
extern const size_t ${NAME}_length;
const char ${NAME}_text[] = {
    ${bytes}'\\0'};
const size_t ${NAME}_length = ${length};
")
