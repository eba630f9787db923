/* SPDX-License-Identifier: MIT */
/* What the step needs of this header, in the words of OpenCL C. */
#ifndef SPIRAL_DEVICE_STDINT_H
#define SPIRAL_DEVICE_STDINT_H

typedef uchar uint8_t;
typedef int int32_t;
typedef uint uint32_t;
typedef long int64_t;
typedef ulong uint64_t;

#define UINT32_C(x) x##U
#define UINT64_C(x) x##UL

#endif
