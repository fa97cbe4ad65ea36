// SPDX-License-Identifier: GPL-2.0-only
#include "edu.h"

#define VENDOR_QEMU 0x1234
#define DEVICE_EDU  0x11e8
#define BAR_SIZE    0x100000

#define PCI_CFG_COMMAND 0x04
#define COMMAND_MEMORY  (1 << 1)
#define COMMAND_MASTER  (1 << 2)

#define EDU_STATUS     0x24
#define EDU_RAISE      0x60
#define EDU_ACK        0x64
#define EDU_DMA_SOURCE 0x80
#define EDU_DMA_TARGET 0x88
#define EDU_DMA_COUNT  0x90
#define EDU_DMA_CMD    0x98
#define CMD_START      (1 << 0)
#define CMD_TO_MEMORY  (1 << 1)
#define EDU_BUFFER     0x40000

static u8 *regs;

int edu_init(void)
{
	int bdf = pci_find_device(VENDOR_QEMU, DEVICE_EDU, 0);

	if (bdf < 0)
		return -1;
	regs = pci_map_bar(bdf, 0, BAR_SIZE);
	if (!regs)
		return -1;
	pci_write_config(bdf, PCI_CFG_COMMAND, COMMAND_MEMORY | COMMAND_MASTER, 2);
	return bdf;
}

static bool transfer(u64 source, u64 target, unsigned int len, u32 direction)
{
	unsigned int ms;

	mmio_write64(regs + EDU_DMA_SOURCE, source);
	mmio_write64(regs + EDU_DMA_TARGET, target);
	mmio_write64(regs + EDU_DMA_COUNT, len);
	mmio_write64(regs + EDU_DMA_CMD, CMD_START | direction);
	for (ms = 0; ms < 1000 && mmio_read64(regs + EDU_DMA_CMD) & CMD_START; ms++)
		delay_us(1000);
	return ms < 1000;
}

bool edu_dma_read(u64 address, unsigned int len)
{
	return transfer(address, EDU_BUFFER, len, 0);
}

bool edu_dma_write(u64 address, unsigned int len)
{
	return transfer(EDU_BUFFER, address, len, CMD_TO_MEMORY);
}

void edu_raise(void)
{
	mmio_write32(regs + EDU_RAISE, 1);
	delay_us(1000);
	mmio_write32(regs + EDU_ACK, mmio_read32(regs + EDU_STATUS));
}
