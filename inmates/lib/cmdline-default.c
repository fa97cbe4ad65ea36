// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Linked only into inmates without a CMDLINE_BUFFER, so that console options work for all. */
#include <inmate/text.h>

CMDLINE_BUFFER(256);
