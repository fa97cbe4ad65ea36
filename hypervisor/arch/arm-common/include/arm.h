/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of arm and arm64 share. "EL2" and the names of its registers are arm64's; on arm they mean Hyp mode, and
 * the register that is mapped to the one of that name (DDI 0487, G8).
 */
#ifndef ARM_H
#define ARM_H

#include <cpu.h>
#include <mmio_dispatch.h>

/** Bits of physical, and so of guest-physical, addresses that all CPUs have: 32 to 48. */
u32 arm_phys_bits(void);

/** The calling CPU's physical addresses bound what arm_phys_bits() says. */
void arm_limit_phys_bits(void);

/** Register values for a cell's stage 2. */
u64 arm_vtcr(void);
u64 arm_vttbr(const struct cell *cell);

/** The guest's registers, where the exception entry stored them. */
static inline struct guest_regs *guest_regs(void)
{
	return (struct guest_regs *)(LOCAL_CPU_BASE + PERCPU_STACK_SIZE -
				     sizeof(struct guest_regs));
}

/** Put the EL2 controls for this CPU's cell in place. */
void arm_load_controls(void);

/** Continue behind the trapped instruction. */
void arm_skip_instruction(u64 esr);

/** First thing after the MMU is on: how EL2 was found, and where its exceptions go from now on. */
void arm_entered(void);

/** Map the entry code to itself once more, for leave_el2(). */
void arm_map_entry_code(void);

/* --- traps: carry out what the guest may do, or end it -------------------------------------- */

typedef void (*sync_handler)(struct guest_regs *regs, u64 esr);

/** By exception class; NULL: unexpected. The architecture's. */
extern const sync_handler sync_handlers[64];

void arm_handle_hvc(struct guest_regs *regs, u64 esr);
void arm_handle_smc(struct guest_regs *regs, u64 esr);
void arm_handle_instruction_abort(struct guest_regs *regs, u64 esr);
void arm_handle_data_abort(struct guest_regs *regs, u64 esr);

/* From AArch32 state: SMC, and accesses to coprocessors 15 and 14. */
void arm_handle_smc32(struct guest_regs *regs, u64 esr);
void arm_handle_coprocessor(struct guest_regs *regs, u64 esr);

/** For arm_reset_guest(). */
void arm_reset_timers(void);
void arm_reset_counters(void);

/* --- what differs --------------------------------------------------------------------------- */

/** Refuse a CPU that cannot do what the core needs. */
int arm_check_cpu(void);

/** Forget the guest's state, its timers, debug and vector registers: all as after a reset, and begin at start. */
void arm_reset_guest(struct cpu_start start);

/** Nothing of the guest (profiling, trace) writes to memory by itself any more. */
void arm_stop_recording(void);

/* General purpose registers, by their number in an instruction or a syndrome. */
u64 guest_reg(const struct guest_regs *regs, u32 n);
void set_guest_reg(struct guest_regs *regs, u32 n, u64 value);
/* The same where they are the base of an address. */
u64 guest_base_reg(const struct guest_regs *regs, u32 n);
void set_guest_base_reg(struct guest_regs *regs, u32 n, u64 value);

/** Read the guest's instruction of a trap; false if there is no way, or it is in a state that is not decoded. */
bool arm_fetch_instruction(u64 esr, u32 *instruction);

/**
 * Translate a guest's virtual address by its own tables, with the rights of the state that it was interrupted in. *par is what
 * the CPU says in PAR, and PAR is lost. False: bus error, for the guest may place its tables where nothing answers.
 */
bool arm_try_translate(u64 address, u64 *par);

/** For arm_fetch_instruction(): 2 or 4 bytes, aligned, from a guest's virtual address. */
bool arm_fetch(u64 address, u32 size, u32 *value);

/* In entry.S */
extern char el2_vectors[], mmu_off[];
void replace_core_entry(pte_t *entry, pte_t value); /* called at its physical address */
void __attribute__((noreturn)) leave_el2(long result, u64 mmu_off_phys);
void drop_pending_errors(void);
void clear_fp_registers(void);

#endif
