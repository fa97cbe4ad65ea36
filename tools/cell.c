// SPDX-License-Identifier: GPL-2.0-only
/*
 * jailhouse cell create, start, shutdown, destroy
 */
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "tool.h"

static bool is_number(const char *text)
{
	return text[0] && text[strspn(text, "0123456789")] == '\0';
}

static bool set_id(const char *text, struct jailhouse_cell_id *cell_id)
{
	unsigned long id;

	errno = 0;
	id = strtoul(text, NULL, 10);
	if (errno || id > INT_MAX) {
		fail("there is no cell ID %s: IDs go up to %d (a name made of digits needs --name)",
		     text, INT_MAX);
		return false;
	}
	cell_id->id = id;
	return true;
}

static bool set_name(const char *text, struct jailhouse_cell_id *cell_id)
{
	if (!text[0] || strlen(text) > JAILHOUSE_CELL_ID_NAMELEN) {
		fail("\"%s\" is no cell name: names have 1 to %d characters", text,
		     JAILHOUSE_CELL_ID_NAMELEN);
		return false;
	}
	cell_id->id = JAILHOUSE_CELL_ID_UNUSED;
	strcpy(cell_id->name, text);
	return true;
}

/**
 * Take { ID | [--name] NAME } from the front of the arguments. Tells the user if there is none.
 */
bool parse_cell_id(int *argc, char ***argv, struct jailhouse_cell_id *cell_id)
{
	bool by_name = *argc > 0 && strcmp((*argv)[0], "--name") == 0;
	const char *text;

	memset(cell_id, 0, sizeof(*cell_id));
	if (*argc < 1 + by_name) {
		usage_error();
		return false;
	}
	text = (*argv)[by_name];
	*argc -= 1 + by_name;
	*argv += 1 + by_name;

	if (!by_name && is_number(text))
		return set_id(text, cell_id);
	return set_name(text, cell_id);
}

int cmd_cell_create(int argc, char *argv[])
{
	struct jailhouse_cell_create create = { 0 };
	struct blob config;
	int result;

	if (argc != 1)
		return usage_error();
	if (!file_read(argv[0], &config))
		return 1;

	create.config_address = (uintptr_t)config.data;
	create.config_size = config.size;
	if (create.config_size != config.size)
		result = fail("%s is too large to be a configuration", argv[0]);
	else
		result = device_single_request(JAILHOUSE_CELL_CREATE, &create,
					       "JAILHOUSE_CELL_CREATE");
	free(config.data);
	return result;
}

/* A request that consists of nothing but a cell ID. */
static int cell_request(int argc, char *argv[], unsigned long request, const char *name)
{
	struct jailhouse_cell_id cell_id;

	if (!parse_cell_id(&argc, &argv, &cell_id))
		return 1;
	if (argc != 0)
		return usage_error();
	return device_single_request(request, &cell_id, name);
}

int cmd_cell_start(int argc, char *argv[])
{
	return cell_request(argc, argv, JAILHOUSE_CELL_START, "JAILHOUSE_CELL_START");
}

int cmd_cell_destroy(int argc, char *argv[])
{
	return cell_request(argc, argv, JAILHOUSE_CELL_DESTROY, "JAILHOUSE_CELL_DESTROY");
}

/* Loading nothing stops the cell and makes it ready to be loaded. */
int cmd_cell_shutdown(int argc, char *argv[])
{
	struct jailhouse_cell_load load = { .num_preload_images = 0 };

	if (!parse_cell_id(&argc, &argv, &load.cell_id))
		return 1;
	if (argc != 0)
		return usage_error();
	return device_single_request(JAILHOUSE_CELL_LOAD, &load, "JAILHOUSE_CELL_LOAD");
}
