// SPDX-License-Identifier: GPL-2.0-only
/*
 * jailhouse enable, disable, console
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tool.h"

/* As jailhouse_system_config_size(), but safe against any counter. */
static __u64 claimed_size(const struct jailhouse_system *system)
{
	const struct jailhouse_cell_desc *cell = &system->root_cell;

	return sizeof(*system) + (__u64)cell->cpu_set_size +
	       (__u64)cell->num_memory_regions * sizeof(struct jailhouse_memory) +
	       (__u64)cell->num_cache_regions * sizeof(struct jailhouse_cache) +
	       (__u64)cell->num_irqchips * sizeof(struct jailhouse_irqchip) +
	       (__u64)cell->num_pio_regions * sizeof(struct jailhouse_pio) +
	       (__u64)cell->num_pci_devices * sizeof(struct jailhouse_pci_device) +
	       (__u64)cell->num_pci_caps * sizeof(struct jailhouse_pci_capability) +
	       (__u64)cell->num_stream_ids * sizeof(union jailhouse_stream_id);
}

/*
 * The driver is not told how long the file is and reads as much as the header claims: it must not
 * find anything else behind it. What is no system configuration at all, the driver refuses.
 */
static int check_length(const char *path, const struct blob *config)
{
	const struct jailhouse_system *system = config->data;
	__u64 claimed = sizeof(*system);

	if (config->size >= sizeof(*system))
		claimed = claimed_size(system);
	if (memcmp(system->signature, JAILHOUSE_SYSTEM_SIGNATURE, sizeof(system->signature)) == 0 &&
	    config->size < claimed)
		return fail("%s is truncated: it has %zu bytes, its header asks for %llu", path,
			    config->size, (unsigned long long)claimed);
	return 0;
}

/* At least a header, and the rest zero. */
static bool pad_to_header(struct blob *config)
{
	size_t wanted = sizeof(struct jailhouse_system);
	char *padded;

	if (config->size >= wanted)
		return true;
	padded = realloc(config->data, wanted);
	if (!padded)
		return false;
	memset(padded + config->size, 0, wanted - config->size);
	config->data = padded;
	return true;
}

int cmd_enable(int argc, char *argv[])
{
	struct blob config;
	int result;

	if (argc != 1)
		return usage_error();
	if (!file_read(argv[0], &config))
		return 1;

	if (!pad_to_header(&config))
		result = fail("%s", strerror(ENOMEM));
	else
		result = check_length(argv[0], &config);
	if (result == 0)
		result = device_single_request(JAILHOUSE_ENABLE, config.data, "JAILHOUSE_ENABLE");
	free(config.data);
	return result;
}

int cmd_disable(int argc, char *argv[])
{
	(void)argv;
	if (argc != 0)
		return usage_error();
	return device_single_request(JAILHOUSE_DISABLE, NULL, "JAILHOUSE_DISABLE");
}

/*
 * Copy what the driver gives to stdout, until it has no more (without O_NONBLOCK: until the
 * hypervisor is disabled).
 */
static int copy_console(int fd)
{
	char buffer[4096];
	ssize_t got;

	for (;;) {
		got = read(fd, buffer, sizeof(buffer));
		if (got < 0 && errno == EINTR)
			continue;
		if (got == 0 || (got < 0 && errno == EAGAIN))
			return 0;
		if (got < 0) {
			fail("reading the hypervisor console: %s", strerror(errno));
			device_print_reason(fd);
			return 1;
		}
		if (fwrite(buffer, 1, got, stdout) != (size_t)got || fflush(stdout) != 0)
			return fail("writing: %s", strerror(errno));
	}
}

int cmd_console(int argc, char *argv[])
{
	bool follow = argc == 1 && (strcmp(argv[0], "-f") == 0 || strcmp(argv[0], "--follow") == 0);
	int fd, result;

	if (argc > 1 || (argc == 1 && !follow))
		return usage_error();

	fd = device_open(O_RDONLY | (follow ? 0 : O_NONBLOCK));
	if (fd < 0)
		return 1;
	result = copy_console(fd);
	close(fd);
	return result;
}
