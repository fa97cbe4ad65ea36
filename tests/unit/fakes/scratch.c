// SPDX-License-Identifier: GPL-2.0-only
/* Set-up and clean-up of each test. */
#include "unit.h"

#define MAX_SCRATCH 65536

static void *kept[MAX_SCRATCH];
static u32 num_kept;
static u64 random_state;

void *scratch(size_t size)
{
	void *memory = calloc(1, size);

	assert_true(memory && num_kept < MAX_SCRATCH);
	kept[num_kept++] = memory;
	return memory;
}

int unit_setup(void **state)
{
	random_state = 0x9e3779b97f4a7c15;
	refusal = (struct refusal){ 0 };
	return 0;
}

int unit_teardown(void **state)
{
	while (num_kept)
		free(kept[--num_kept]);
	return 0;
}

/* xorshift64* */
u64 next_random(void)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return random_state * 0x2545f4914f6cdd1d;
}

u64 random_below(u64 limit)
{
	return (next_random() >> 11) % limit;
}
