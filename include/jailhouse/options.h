/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Build options (CONFIG_*), for the core and inmates. They come from a config.h that a board
 * support package put next to this file, or else from "make menuconfig". There need not be either;
 * then every option has its default, which is off. The compiler includes this file before all
 * others.
 */
#ifndef JAILHOUSE_OPTIONS_H
#define JAILHOUSE_OPTIONS_H

#if __has_include(<jailhouse/config.h>)
#include <jailhouse/config.h>
#elif __has_include(<generated/jailhouse.h>)
#include <generated/jailhouse.h>
#endif

#ifdef CONFIG_JAILHOUSE_GCOV
#error "CONFIG_JAILHOUSE_GCOV: this version cannot collect coverage data yet; leave the option out"
#endif

#endif
