// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stands in for the driver when test_tool.py runs the jailhouse command: linked with
 * -Wl,--wrap=ioctl. Writes each request to stdout and answers as the environment says:
 * FAKE_ERRNO (0: success) and FAKE_REASON.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jailhouse/ioctl.h>

int __wrap_ioctl(int fd, unsigned long request, void *arg);

static void print_bytes(__u64 address, __u64 size)
{
	const unsigned char *byte = (const void *)(uintptr_t)address;

	while (size--)
		printf("%02x", *byte++);
}

static void print_cell(const struct jailhouse_cell_id *cell)
{
	printf(" id=%d name=\"%s\"", cell->id, cell->name);
}

static void print_load(const struct jailhouse_cell_load *load)
{
	__u32 n;

	print_cell(&load->cell_id);
	for (n = 0; n < load->num_preload_images; n++) {
		printf(" 0x%llx:", (unsigned long long)load->image[n].target_address);
		print_bytes(load->image[n].source_address, load->image[n].size);
	}
}

static void print_request(unsigned long request, const void *arg)
{
	const struct jailhouse_cell_create *create = arg;

	switch (request) {
	case JAILHOUSE_ENABLE:
		printf("ENABLE %.5s", (const char *)arg);
		break;
	case JAILHOUSE_DISABLE:
		printf("DISABLE");
		break;
	case JAILHOUSE_CELL_CREATE:
		printf("CELL_CREATE ");
		print_bytes(create->config_address, create->config_size);
		break;
	case JAILHOUSE_CELL_LOAD:
		printf("CELL_LOAD");
		print_load(arg);
		break;
	case JAILHOUSE_CELL_START:
		printf("CELL_START");
		print_cell(arg);
		break;
	case JAILHOUSE_CELL_DESTROY:
		printf("CELL_DESTROY");
		print_cell(arg);
		break;
	default:
		printf("unknown request %lx", request);
	}
	printf("\n");
}

static int answer(int error)
{
	errno = error;
	return error ? -1 : 0;
}

int __wrap_ioctl(int fd, unsigned long request, void *arg)
{
	const char *error = getenv("FAKE_ERRNO"), *reason = getenv("FAKE_REASON");

	(void)fd;
	if (request != JAILHOUSE_GET_REASON) {
		print_request(request, arg);
		return answer(error ? atoi(error) : 0);
	}
	if (!reason)
		return answer(ENOTTY);
	strncpy(((struct jailhouse_reason *)arg)->text, reason, 256);
	return 0;
}
