/* SPDX-License-Identifier: GPL-2.0-only */
/* Ticket locks: first come, first served. The core never sleeps, and never holds one while a guest runs. */
#ifndef SPINLOCK_H
#define SPINLOCK_H

#include <asm/processor.h>
#include <jailhouse/types.h>

typedef struct {
	u32 next, owner;
} spinlock_t;

static inline void spin_lock(spinlock_t *lock)
{
	u32 ticket = __atomic_fetch_add(&lock->next, 1, __ATOMIC_RELAXED);

	while (__atomic_load_n(&lock->owner, __ATOMIC_ACQUIRE) != ticket)
		cpu_relax();
}

static inline void spin_unlock(spinlock_t *lock)
{
	__atomic_store_n(&lock->owner, lock->owner + 1, __ATOMIC_RELEASE);
}

/** Take the lock if it is free; false if it is not. */
static inline bool spin_trylock(spinlock_t *lock)
{
	u32 owner = __atomic_load_n(&lock->owner, __ATOMIC_ACQUIRE);

	return __atomic_compare_exchange_n(&lock->next, &(u32){ owner }, owner + 1, false,
					   __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

#endif
