/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PCI functions of cells: who has them, and what a cell may do with their configuration space.
 *
 * A cell sees the functions that its configuration lists, as long as it has them; all others read as ~0 and ignore writes.
 * Of the own ones everything reads through to the hardware but BARs, MSI and MSI-X, which are answered from what
 * the cell wrote. What may be written is in pci_config.h. The hardware never gets an MSI message as the cell wrote it.
 *
 * The lists are made at create and do not change. Whether a listed function is there for the cell does, but only while
 * all CPUs of the root cell and of the other cell are suspended.
 */
#ifndef PCI_H
#define PCI_H

#include <jailhouse/cell-config.h>
#include <mmio_dispatch.h>
#include <pci_msi.h>
#include <spinlock.h>

#define PCI_BARS        6
#define PCI_CONFIG_SIZE 4096 /* bytes of a function, as MMCONFIG shows them */

/** For printk and refuse: "%02x:%02x.%x". */
#define PCI_BDF(bdf) (bdf) >> 8, ((bdf) >> 3) & 0x1f, 7 & (bdf)

struct cell;

/** A function as a cell's configuration lists it. */
struct pci_device {
	const struct jailhouse_pci_device *config;
	const struct jailhouse_pci_capability *caps; /* config->num_caps of them */
	struct cell *cell; /* whose configuration lists it */
	bool owned; /* the cell has it now; the root cell: if it was there when the core was enabled */
	bool prepared; /* iommu_device_prepare() was done, in the root cell's entry */
	bool sealed; /* reads only: it is an IOMMU */
	u32 bar[PCI_BARS]; /* as the cell wrote them */
	u32 bar_home[PCI_BARS]; /* where they are: as they were when the core was enabled */
	u16 routes; /* indices below may have an interrupt route */
	/* What the hardware has, whatever configurations say: power management, PCI Express, or 0; words that no cell writes */
	u16 power, express;
	u32 locked[PCI_CONFIG_SIZE / 4 / 32];
	struct pci_msi msi;
	struct pci_msix msix;
};

/** The functions of a cell. */
struct pci_cell {
	struct pci_device *device;
	u32 count;
	spinlock_t lock; /* guards what the cell's CPUs change: shadows, the hardware behind them */
	u32 port_address; /* the cell's address register of configuration mechanism 1 */
};

#define for_each_pci_device(device, cell)        \
	for ((device) = (cell)->arch.pci.device; \
	     (device) < (cell)->arch.pci.device + (cell)->arch.pci.count; (device)++)

/** Is what the system configuration says of PCI sane? Pure. */
int pci_check_system(const struct jailhouse_system *system);

/** Is what a new cell's configuration says of PCI sane, and are its functions free? Pure, over the existing cells. */
int pci_check_cell(const struct jailhouse_cell_desc *desc);

/**
 * Make the cell's list and register the handlers of MMCONFIG and of MSI-X tables. Root cell: reads the hardware, changes
 * nothing there, and refuses what does not fit the configuration, or lack of memory. Other cells: -ENOMEM. On error nothing stays.
 */
int pci_cell_init(struct cell *cell);

/** Undo pci_cell_init(), if it was done, but for the handlers: these go with the cell's MMIO map. */
void pci_cell_exit(struct cell *cell);

/*
 * Enabling, first CPU, nothing can fail:  pci_silence(), turn on remapping,  pci_activate().
 * Disabling, last CPU:                    pci_silence(), turn off remapping, pci_release().
 * In between, interrupts of the root cell's functions wait, or arrive in either mode. The IOMMU's tables have to be there,
 * and let iommu_set_device() and iommu_set_interrupt() be called while it is off.
 */
void pci_silence(void);
void pci_activate(void);
void pci_release(void);

/**
 * The functions that cell lists leave the root cell, reset. Root cell and cell are suspended, and the CPUs have moved:
 * the routes of the root cell's other functions are confined anew.
 */
void pci_take_devices(struct cell *cell);

/** The reverse. */
void pci_return_devices(struct cell *cell);

/** What the cell left behind shall not reach its next start: decoding, bus mastering and interrupts off. Cell suspended. */
void pci_reset_devices(struct cell *cell);

/** Confine all interrupts of the cell's functions anew: its CPUs, or the addresses of their APICs, changed. Cell suspended, or its list's lock held. */
void pci_reroute(struct cell *cell);

/**
 * An access of a CPU of the cell to configuration space, of 1, 2 or 4 bytes at reg < PCI_CONFIG_SIZE. What is not aligned
 * to its size meets nobody, as on a bus: reads are ~0, writes are ignored. False: not such an access, a violation.
 */
bool pci_config_access(struct cell *cell, u16 bdf, u32 reg, struct mmio_access *access);

/** The function, if the cell has it; else NULL. */
struct pci_device *pci_find(const struct cell *cell, u16 bdf);

/* --- what pci*.c share ---------------------------------------------------------------------- */

/** Fill a new root cell's entry from the hardware, and refuse what does not fit the configuration. */
int pci_probe(struct pci_device *device);

/** Bring hardware and routes in line with the shadows, after the cell wrote what matters, or switched memory on. The list's lock is held, or nothing runs. */
void pci_update_msi(struct pci_device *device);
void pci_update_msix(struct pci_device *device);

/** MSI and MSI-X off, all routes blocked, and what the cell wrote is forgotten. The table in hardware stays until MSI-X is enabled again. */
void pci_reset_vectors(struct pci_device *device);

/** Handler of an MSI-X table and what is around it; context: the function. */
enum mmio_result pci_msix_handle(struct mmio_access *access);

/* --- what the architecture provides --------------------------------------------------------- */

/** Access of 1, 2 or 4 bytes to the hardware's configuration space, aligned. ~0 and nothing where it cannot reach. Any CPU, any time. */
u32 arch_pci_read(u16 bdf, u32 reg, u32 size);
void arch_pci_write(u16 bdf, u32 reg, u32 size, u32 value);

/** MSI-X vectors that a function can have here. */
u32 arch_pci_max_vectors(void);

/**
 * Route vector n of a function of the cell to where guest, a valid message that the cell wrote, may go. Returns what the hardware shall
 * send; not valid: nothing, and the route is blocked. For vectors of a multi-message MSI, what vector 0 returned is for all of them.
 */
struct pci_message arch_pci_route(const struct cell *cell, u16 bdf, u32 n,
				  const struct pci_message *guest);

/** Route what arrives while remapping is on and the hardware still sends the message as written. */
void arch_pci_route_raw(const struct cell *cell, u16 bdf, const struct pci_message *guest);

/** Nothing arrives from vector n < arch_pci_max_vectors(); those of arch_pci_route_raw() are some of these. */
void arch_pci_block(u16 bdf, u32 n);

#endif
