/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of this architecture share. */
#ifndef ASM_ARM64_H
#define ASM_ARM64_H

#include <cpu.h>

/** Bits of physical, and so of guest-physical, addresses that all CPUs have: 32 to 48. */
u32 arm64_phys_bits(void);

/** Register values for a cell's stage 2. */
u64 arm64_vtcr(void);
u64 arm64_vttbr(const struct cell *cell);

/** The guest's registers, where the exception entry stored them. */
static inline struct guest_regs *guest_regs(void)
{
	return (struct guest_regs *)(LOCAL_CPU_BASE + PERCPU_STACK_SIZE -
				     sizeof(struct guest_regs));
}

/** Forget the guest's EL1 state, its timers, debug and vector registers: all as after a reset. */
void arm64_reset_guest_state(bool aarch32);

/** Statistical profiling and trace of the guest write to no memory any more. */
void arm64_stop_recording(void);

/** The calling CPU's physical addresses bound what arm64_phys_bits() says. */
void arm64_limit_phys_bits(void);

/** Put the EL2 controls for this CPU's cell in place. */
void arm64_load_controls(void);

/** Carry out or refuse an access to memory that is not mapped. */
void arm64_handle_data_abort(struct guest_regs *regs, u64 esr);

/** Carry out or refuse a trapped system register access. */
void arm64_handle_sysreg(struct guest_regs *regs, u64 esr);
void arm64_handle_cp15_64(struct guest_regs *regs, u64 esr);
void arm64_handle_cp15_32(struct guest_regs *regs, u64 esr);

/** Continue behind the trapped instruction. */
void arm64_skip_instruction(u64 esr);

/** Does the condition of a trapped AArch32 instruction hold? */
bool arm64_condition_holds(u64 esr);

static inline bool guest_is_aarch32(u64 spsr)
{
	return spsr & BIT64(4);
}

void arm64_entered(void);

/** Map the entry code to itself once more, for leave_el2(). */
void arm64_map_entry_code(void);

/* In entry.S */
extern char el2_vectors[], mmu_off[], replace_core_entry[];
void __attribute__((noreturn)) leave_el2(long result, u64 mmu_off_phys);
void drop_pending_errors(void);
void clear_fp_registers(void);
void clear_sve_predicates(void);

#endif
