/* SPDX-License-Identifier: GPL-2.0-only */
/* Loads and stores that a compiler would not choose; in access.S. */
#ifndef JAILHOUSE_TESTS_ACCESS_H
#define JAILHOUSE_TESTS_ACCESS_H

#include <jailhouse/types.h>

struct access_result {
	u64 value; /* read, 32 bits */
	u64 base; /* address register afterwards */
	u64 second;
};

/* Loads of 32 bits, except where said. *result has value and base; pairs also second. */
void access_load_post_index(void *addr, struct access_result *result); /* ldr r, [r], #4 */
void access_load_pre_index(void *addr, struct access_result *result); /* ldr r, [r, #4]! */
void access_load_scaled(void *addr, struct access_result *result); /* ldr r, [r, r, lsl #2]! */
void access_load_pair(void *addr, struct access_result *result); /* ldm r, {r, r} */
void access_load_double(void *addr, struct access_result *result); /* ldrd r, r, [r] */
void access_load_multiple(void *addr, struct access_result *result); /* ldm r!, {r, r} */
void access_load_signed(void *addr, struct access_result *result); /* ldrsb r, [r]: 32 bits */
void access_load_signed_post_index(void *addr, struct access_result *result); /* ldrsb r, [r], #1 */
void access_load_exclusive(void *addr, struct access_result *result); /* ldrex r, [r] */
void access_load_fp(void *addr, struct access_result *result); /* vldr s, [r] */
void access_load_thumb(void *addr, struct access_result *result); /* ldr r, [r], 16 bits of code */
void access_load_thumb_it(void *addr, struct access_result *result); /* the same in an IT block */
void access_load_thumb_wide(void *addr, struct access_result *result); /* ldr.w r, [r] */
void access_load_conditional(void *addr, struct access_result *result); /* ldreq, ldrne: once */
void access_load_swap(void *addr, struct access_result *result); /* swp, with what was there */

/* Stores of zeroes; base as above. */
void access_store_post_index(void *addr, struct access_result *result); /* str r, [r], #4 */
void access_store_pre_index(void *addr, struct access_result *result); /* str r, [r, #4]! */
void access_store_pair(void *addr, struct access_result *result); /* stm r, {r, r} */
void access_store_double(void *addr, struct access_result *result); /* strd r, r, [r] */
void access_store_multiple(void *addr, struct access_result *result); /* stm r!, {r, r} */
void access_store_exclusive(void *addr,
			    struct access_result *result); /* ldrex, strex; value: the load's */
void access_store_thumb(void *addr, struct access_result *result); /* str r, [r], 16 bits of code */
void access_clean_line(void *addr, struct access_result *result); /* DCCIMVAC */

/* Stores *value to *entry, a table's, then loads without a description in the syndrome; to be called where that entry matters. */
void access_lose_tables(void *addr, struct access_result *result, u64 *entry, const u64 *value);

#endif
