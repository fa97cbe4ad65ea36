// SPDX-License-Identifier: GPL-2.0-only
/*
 * jailhouse cell list
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tool.h"

#define CELLS_DIR SYSFS_DIR "/cells"

static int is_cell(const struct dirent *entry)
{
	return isdigit((unsigned char)entry->d_name[0]);
}

static int by_number(const struct dirent **a, const struct dirent **b)
{
	long first = atol((*a)->d_name), second = atol((*b)->d_name);

	return (first > second) - (first < second);
}

/* The first line of an attribute; empty if the cell is gone by now. */
static void read_attribute(const char *id, const char *attribute, char *text, size_t size)
{
	char path[sizeof(CELLS_DIR) + 512];
	FILE *file;

	text[0] = '\0';
	snprintf(path, sizeof(path), CELLS_DIR "/%s/%s", id, attribute);
	file = fopen(path, "r");
	if (!file)
		return;
	if (!fgets(text, size, file))
		text[0] = '\0';
	text[strcspn(text, "\n")] = '\0';
	fclose(file);
}

static void print_row(const char *id, const char *name, const char *state, const char *assigned,
		      const char *failed)
{
	printf("%-8s%-24s%-18s%-24s%-24s\n", id, name, state, assigned, failed);
}

static void print_cell(const char *id)
{
	char name[JAILHOUSE_CELL_NAME_MAXLEN + 2], state[32], assigned[4096], failed[4096];

	read_attribute(id, "name", name, sizeof(name));
	read_attribute(id, "state", state, sizeof(state));
	read_attribute(id, "cpus_assigned_list", assigned, sizeof(assigned));
	read_attribute(id, "cpus_failed_list", failed, sizeof(failed));
	if (name[0])
		print_row(id, name, state, assigned, failed);
}

int cmd_cell_list(int argc, char *argv[])
{
	struct dirent **entries;
	int count, n;

	(void)argv;
	if (argc != 0)
		return usage_error();

	count = scandir(CELLS_DIR, &entries, is_cell, by_number);
	if (count < 0 && errno == ENOENT)
		return 0; /* no module, no cells */
	if (count < 0)
		return fail("reading %s: %s", CELLS_DIR, strerror(errno));

	print_row("ID", "Name", "State", "Assigned CPUs", "Failed CPUs");
	for (n = 0; n < count; n++) {
		print_cell(entries[n]->d_name);
		free(entries[n]);
	}
	free(entries);
	return 0;
}
