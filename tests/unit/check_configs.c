// SPDX-License-Identifier: GPL-2.0-only
/*
 * Not a test by itself: holds configurations against the core's own rules.
 *
 *   check_configs ARCHITECTURE CPUS ADDRESS_BITS SYSTEM.cell [CELL.cell...]
 *
 * As the core does when the hypervisor is enabled and, for each cell by itself, when the cell is created. Prints the reason of
 * each refusal; the exit status is their number.
 */
#include <stdio.h>
#include "unit.h"
#include <bits.h>
#include <ownership.h>

u8 checked_architecture;
static struct machine limits;
static u32 refusals;

static void *read_file(const char *path, size_t *size)
{
	void *data = malloc(MAX_CONFIG_SIZE);
	FILE *file = fopen(path, "rb");

	if (!file || !data) {
		perror(path);
		exit(255);
	}
	*size = fread(data, 1, MAX_CONFIG_SIZE, file);
	fclose(file);
	return data;
}

static void report(const char *path, int err)
{
	if (!err)
		return;
	printf("%s: %s\n", path, refusal.text);
	refusals++;
}

static int check_system(const struct jailhouse_system *system, size_t size)
{
	int err = config_check_system(system, size, &limits);

	if (err)
		return err;
	root_cell.config = &system->root_cell;
	for (u32 cpu = 0; cpu < limits.max_cpus; cpu++)
		if (config_has_cpu(&system->root_cell, cpu))
			bit_set(root_cell.cpus, cpu);
	return 0;
}

static int check_cell(struct jailhouse_cell_desc *desc, size_t size)
{
	int err = config_check_format(desc, size);

	/* The driver chooses it. */
	desc->id = 1;
	if (!err)
		err = config_check_cell(desc, &limits);
	return err ? err : ownership_check(desc, 0);
}

int main(int argc, char **argv)
{
	void *data;
	size_t size;

	if (argc < 5)
		return 255;
	checked_architecture = atoi(argv[1]);
	limits.max_cpus = atoi(argv[2]);
	limits.phys_bits = limits.guest_bits = atoi(argv[3]);
	data = read_file(argv[4], &size);
	report(argv[4], check_system(data, size));
	for (int n = 5; n < argc && !refusals; n++) {
		void *cell = read_file(argv[n], &size);

		report(argv[n], check_cell(cell, size));
		free(cell);
	}
	free(data);
	return refusals;
}
