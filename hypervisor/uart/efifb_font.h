/* SPDX-License-Identifier: GPL-2.0-only */
/* The font of the frame buffer console. */
#ifndef JAILHOUSE_EFIFB_FONT_H
#define JAILHOUSE_EFIFB_FONT_H

#include <jailhouse/types.h>

#define EFIFB_FIRST_CHAR  0x20
#define EFIFB_LAST_CHAR   0x7e
#define EFIFB_GLYPH_WIDTH 5

/** Columns of a character's dots, from the left; bit 0 is at the top, bit 7 below the base line. */
extern const u8 efifb_font[EFIFB_LAST_CHAR - EFIFB_FIRST_CHAR + 1][EFIFB_GLYPH_WIDTH];

#endif
