# SPDX-License-Identifier: MIT
#
# Makes a C source of schema.sql: cmake -DSCHEMA=schema.sql -DSOURCE=schema.c -P embed_schema.cmake
#
# A line `-- tables: NAME` begins the text `spiral_store_NAME_tables`; other comments are dropped.
# SQLite keeps the text of a table as it was given, so each statement becomes one line, and stores
# stay the same byte for byte however schema.sql is laid out. A line `@quantities@` is replaced by the
# columns of sim/quantities.def.
file(READ "${SCHEMA}" sql)

# Lines become list elements; semicolons of the SQL are not to separate them.
string(REPLACE ";" "@end@" sql "${sql}")
string(REPLACE "\n" ";" lines "${sql}")

set(source "/* Made from tools/store/schema.sql by tools/store/embed_schema.cmake. */
#include \"tools/store/schema.h\"
")
set(statement "")
set(open FALSE)
foreach(line IN LISTS lines)
    string(STRIP "${line}" line)
    if(line MATCHES "^-- tables: ([a-z]+)$")
        if(open)
            string(APPEND source "    \"\";\n")
        endif()
        string(APPEND source "\nconst char spiral_store_${CMAKE_MATCH_1}_tables[] =\n")
        set(open TRUE)
    elseif(line STREQUAL "" OR line MATCHES "^--")
        continue()
    elseif(line STREQUAL "@quantities@")
        string(APPEND source "    \"${statement}\"\n"
            "#define SPIRAL_QUANTITY(name, ...) \", \\\"\" #name \"\\\" REAL NOT NULL\"\n"
            "#include \"sim/quantities.def\"\n")
        set(statement "")
    else()
        string(REPLACE "@end@" ";" line "${line}")
        string(REPLACE "\"" "\\\"" line "${line}")
        if(statement STREQUAL "" OR statement MATCHES "\\($" OR line MATCHES "^\\)")
            string(APPEND statement "${line}")
        else()
            string(APPEND statement " ${line}")
        endif()
        if(statement MATCHES ";$")
            string(APPEND source "    \"${statement}\"\n")
            set(statement "")
        endif()
    endif()
endforeach()
string(APPEND source "    \"\";\n")
file(WRITE "${SOURCE}" "${source}")
