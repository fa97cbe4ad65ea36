/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Fixed-width types for everything that includes the published interface: configurations, the core
 * and inmates (without any C library), programs (with one) and Linux modules.
 */
#ifndef JAILHOUSE_TYPES_H
#define JAILHOUSE_TYPES_H

#ifndef __ASSEMBLER__

#ifdef __KERNEL__

#include <linux/kernel.h>
#include <linux/types.h>

#else /* !__KERNEL__ */

#if __STDC_HOSTED__

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <linux/types.h>

#else /* freestanding: maybe not even the compiler's own headers are there */

typedef __SIZE_TYPE__ size_t;
typedef __PTRDIFF_TYPE__ ptrdiff_t;
typedef __UINTPTR_TYPE__ uintptr_t;

#ifndef NULL
#define NULL ((void *)0)
#endif

#if !defined(bool) && (!defined(__STDC_VERSION__) || __STDC_VERSION__ < 202311L)
/* clang-format off */
#define bool _Bool
#define true 1
#define false 0
/* clang-format on */
#endif

#ifndef offsetof
#define offsetof(type, member) __builtin_offsetof(type, member)
#endif

typedef signed char __s8;
typedef unsigned char __u8;
typedef signed short __s16;
typedef unsigned short __u16;
typedef signed int __s32;
typedef unsigned int __u32;
typedef signed long long __s64;
typedef unsigned long long __u64;

#endif /* freestanding */

typedef __s8 s8;
typedef __u8 u8;
typedef __s16 s16;
typedef __u16 u16;
typedef __s32 s32;
typedef __u32 u32;
typedef __s64 s64;
typedef __u64 u64;

#ifndef ARRAY_SIZE
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#endif

#endif /* !__KERNEL__ */

#endif /* !__ASSEMBLER__ */

#endif
