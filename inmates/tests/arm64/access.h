/* SPDX-License-Identifier: GPL-2.0-only */
/* Loads and stores that a compiler would not choose; in access.S. */
#ifndef JAILHOUSE_TESTS_ACCESS_H
#define JAILHOUSE_TESTS_ACCESS_H

#include <jailhouse/types.h>

struct access_result {
	u64 value; /* read, or second half below */
	u64 base; /* address register afterwards */
	u64 second;
};

/* Loads of 32 bits, except where said. *result has value and base; pairs also second. */
void access_load_post_index(void *addr, struct access_result *result); /* ldr w, [x], #4 */
void access_load_pre_index(void *addr, struct access_result *result); /* ldr w, [x, #4]! */
void access_load_pair(void *addr, struct access_result *result); /* ldp w, w, [x] */
void access_load_pair64(void *addr, struct access_result *result); /* ldp x, x, [x] */
void access_load_pair_post_index(void *addr, struct access_result *result); /* ldp w, w, [x], #8 */
void access_load_signed(void *addr, struct access_result *result); /* ldrsb x, [x] */
void access_load_signed_post_index(void *addr, struct access_result *result); /* ldrsb x, [x], #1 */
void access_load_acquire(void *addr, struct access_result *result); /* ldar w, [x] */
void access_load_exclusive(void *addr, struct access_result *result); /* ldxr w, [x] */
void access_load_simd(void *addr, struct access_result *result); /* ldr q, [x] */
void access_load_fp(void *addr, struct access_result *result); /* ldr s, [x] */

/* Stores of zeroes; base as above. */
void access_store_post_index(void *addr, struct access_result *result); /* str wzr, [x], #4 */
void access_store_pre_index(void *addr, struct access_result *result); /* str wzr, [x, #4]! */
void access_store_pair(void *addr, struct access_result *result); /* stp wzr, wzr, [x] */
void access_store_exclusive(void *addr,
			    struct access_result *result); /* ldxr, stxr; value: the load's */
void access_store_simd(void *addr, struct access_result *result); /* str q, [x] */
void access_zero_block(void *addr, struct access_result *result); /* dc zva */
void access_clean_line(void *addr, struct access_result *result); /* dc civac */

/* Stores *value to *entry, a table's, then loads without a description in the syndrome; to be called where that entry matters. */
void access_lose_tables(void *addr, struct access_result *result, u64 *entry, const u64 *value);

#endif
