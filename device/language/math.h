/* SPDX-License-Identifier: MIT */
/* What the step needs of this header: the one bit pattern of no number that the processor has. */
#ifndef SPIRAL_DEVICE_MATH_H
#define SPIRAL_DEVICE_MATH_H

#define NAN as_double(0x7ff8000000000000UL)

#endif
