/* SPDX-License-Identifier: MIT
 *
 * What a key or a button asks for. The parts of the window return actions; the view carries them
 * out.
 */
#ifndef SPIRAL_WINDOW_ACTION_H
#define SPIRAL_WINDOW_ACTION_H

enum spiral_action {
    SPIRAL_ACTION_NONE,
    /* the clock */
    SPIRAL_ACTION_PLAY, /* or pause */
    SPIRAL_ACTION_STEP_ON,
    SPIRAL_ACTION_STEP_BACK,
    SPIRAL_ACTION_YEAR_ON,
    SPIRAL_ACTION_YEAR_BACK,
    SPIRAL_ACTION_TO_START,
    SPIRAL_ACTION_TO_END,
    SPIRAL_ACTION_FASTER,
    SPIRAL_ACTION_SLOWER,
    SPIRAL_ACTION_RESTART,
    SPIRAL_ACTION_NEW_SEED,
    /* what was chosen */
    SPIRAL_ACTION_BRANCH,
    SPIRAL_ACTION_UNDO,
    SPIRAL_ACTION_REDO,
    SPIRAL_ACTION_SAVE,
    SPIRAL_ACTION_EXPORT,
    /* the years that are shown */
    SPIRAL_ACTION_ZOOM_IN,
    SPIRAL_ACTION_ZOOM_OUT,
    SPIRAL_ACTION_SHOW_ALL,
    /* the column at the right: the tabs in their order */
    SPIRAL_ACTION_TAB_DOCTRINE,
    SPIRAL_ACTION_TAB_MOVES,
    SPIRAL_ACTION_TAB_MODEL,
    SPIRAL_ACTION_TAB_LOG,
    SPIRAL_ACTION_TAB_LESSON,
    SPIRAL_ACTION_NEXT_STEP, /* of the lesson */
    SPIRAL_ACTION_PREVIOUS_STEP,
    /* the window */
    SPIRAL_ACTION_HELP,  /* the sheet of help, or close it */
    SPIRAL_ACTION_WHY,   /* the account of causes, or close it */
    SPIRAL_ACTION_STORY, /* the first page of the case, or close it */
    SPIRAL_ACTION_CASES, /* the menu of cases and lessons, or close it */
    SPIRAL_ACTION_CLOSE, /* the sheet that lies over the window */
    SPIRAL_ACTION_LANGUAGE,
    SPIRAL_ACTION_THEME,
    SPIRAL_ACTION_FULL_SCREEN, /* or back to a window */
    SPIRAL_ACTION_LARGER,
    SPIRAL_ACTION_SMALLER,
    SPIRAL_ACTION_QUIT
};

#endif
