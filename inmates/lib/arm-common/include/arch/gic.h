/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Interrupt controllers. References: Arm IHI 0048 (GICv2), IHI 0069 (GICv3). */
#ifndef JAILHOUSE_INMATE_GIC_H
#define JAILHOUSE_INMATE_GIC_H

#include <inmate.h>

/* Interrupt IDs */
#define GIC_FIRST_SPI     32
#define GIC_FIRST_SPECIAL 1020 /* from here on: nothing is pending */

/* Distributor registers; the first two banks are also in a GICv3 redistributor's SGI frame. */
#define GICD_CTLR          0x0000
#define GICD_IGROUPR(n)    (0x0080 + (n) / 32 * 4)
#define GICD_ISENABLER(n)  (0x0100 + (n) / 32 * 4)
#define GICD_ICENABLER(n)  (0x0180 + (n) / 32 * 4)
#define GICD_ISPENDR(n)    (0x0200 + (n) / 32 * 4)
#define GICD_IPRIORITYR(n) (0x0400 + (n))
#define GICD_ITARGETSR(n)  (0x0800 + (n))
#define GICD_ICFGR(n)      (0x0c00 + (n) / 16 * 4)
#define GICD_SGIR          0x0f00
#define GIC_BIT(n)         (1U << ((n) % 32))

#define GIC_PRIORITY      0xa0
#define GIC_PRIORITY_MASK 0xf0

struct gic {
	void (*init)(void); /* once */
	void (*init_cpu)(void); /* on each CPU */
	void (*enable)(unsigned int irq);
	void (*send_ipi)(unsigned int cpu_id, unsigned int irq);
	unsigned int (*acknowledge)(void); /* returns what end() wants back */
	void (*end)(unsigned int acknowledged);
};

extern const struct gic gic_v2;
extern const struct gic gic_v3;

#endif
