/* SPDX-License-Identifier: MIT */
/* The device language has what the step needs of this header. */
