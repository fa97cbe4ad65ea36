// SPDX-License-Identifier: GPL-2.0-only
/* Instructions of virtualisation. In a cell none of them is there: undefined, whatever EFER says. AMD APM 3 */
#include "attack_lists.h"

#define EFER_SVME 0x1000

static u8 vmcb[PAGE_SIZE] __attribute__((aligned(4096)));

#define UNDEFINED(name, instruction, address)                                            \
	static void name(void)                                                           \
	{                                                                                \
		exceptions_taken();                                                      \
		attempt_write_msr(MSR_EFER, read_msr(MSR_EFER) | EFER_SVME);             \
		exceptions_taken();                                                      \
		ATTEMPT(instruction, : : "a"(address), "c"(0), "d"(0) : "memory", "cc"); \
		check("undefined", exceptions_taken(), 1);                               \
		survived(0);                                                             \
	}

UNDEFINED(vmrun, "vmrun %%rax", vmcb)
UNDEFINED(vmrun_hypervisor, "vmrun %%rax", HYPERVISOR)
UNDEFINED(vmload, "vmload %%rax", vmcb)
UNDEFINED(vmload_hypervisor, "vmload %%rax", HYPERVISOR)
UNDEFINED(vmsave, "vmsave %%rax", vmcb)
UNDEFINED(vmsave_hypervisor, "vmsave %%rax", HYPERVISOR)
UNDEFINED(stgi, "stgi", 0)
UNDEFINED(clgi, "clgi", 0)
UNDEFINED(invlpga, "invlpga %%rax, %%ecx", 0)
UNDEFINED(skinit, "skinit %%eax", 0)
UNDEFINED(getsec, ".byte 0x0f, 0x37", 0)
UNDEFINED(rsm, "rsm", 0)

/* The other vendor's hypercall. */
static void foreign_hypercall(void)
{
	exceptions_taken();
	if (jailhouse_use_vmcall)
		ATTEMPT("vmmcall", : : "a"(JAILHOUSE_HC_DISABLE) : "memory");
	else
		ATTEMPT("vmcall", : : "a"(JAILHOUSE_HC_DISABLE) : "memory");
	check("undefined", exceptions_taken(), 1);
	survived(0);
}

const struct attack svm_attacks[] = {
	{ "svm-vmrun", vmrun },
	{ "svm-vmrun-hypervisor", vmrun_hypervisor },
	{ "svm-vmload", vmload },
	{ "svm-vmload-hypervisor", vmload_hypervisor },
	{ "svm-vmsave", vmsave },
	{ "svm-vmsave-hypervisor", vmsave_hypervisor },
	{ "svm-stgi", stgi },
	{ "svm-clgi", clgi },
	{ "svm-invlpga", invlpga },
	{ "svm-skinit", skinit },
	{ "vmx-getsec", getsec },
	{ "smm-rsm", rsm },
	{ "vmx-hypercall", foreign_hypercall },
	{ NULL, NULL },
};
