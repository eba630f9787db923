/* SPDX-License-Identifier: MIT
 *
 * One row of a panel of windows: a pair of states over some years. Columns and their meaning are in columns.def.
 */
#ifndef SPIRAL_PANEL_WINDOW_H
#define SPIRAL_PANEL_WINDOW_H

/* Numbers that are missing are NaN, texts that are missing are "". */
struct spiral_panel_window {
#define SPIRAL_PANEL_TEXT(name, need, size, doc) char name[size];
#define SPIRAL_PANEL_NUMBER(name, need, unit, doc)
#include "tools/panel/columns.def"
#define SPIRAL_PANEL_TEXT(name, need, size, doc)
#define SPIRAL_PANEL_NUMBER(name, need, unit, doc) double name;
#include "tools/panel/columns.def"
};

#endif
