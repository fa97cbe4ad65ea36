/* SPDX-License-Identifier: GPL-2.0-only */
/* Included before anything else: the rules are those of whatever architecture check_configs is asked about. */
#ifndef CHECK_CONFIGS_H
#define CHECK_CONFIGS_H

#include <jailhouse/types.h>

#define CONFIG_ARCHITECTURE checked_architecture

extern u8 checked_architecture;

#endif
