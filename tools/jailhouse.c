// SPDX-License-Identifier: GPL-2.0-only
/*
 * The jailhouse command: finds out what is wanted and hands over.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "tool.h"

#ifndef VERSION
#define VERSION "(unknown version)"
#endif

static const char usage[] =
	"Usage: jailhouse { COMMAND | --help | --version }\n"
	"\n"
	"Available commands:\n"
	"   enable SYSCONFIG\n"
	"   disable\n"
	"   console [-f | --follow]\n"
	"   cell create CELLCONFIG\n"
	"   cell list\n"
	"   cell load { ID | [--name] NAME } { IMAGE | { -s | --string } \"STRING\" }\n"
	"             [-a | --address ADDRESS] ...\n"
	"   cell start { ID | [--name] NAME }\n"
	"   cell shutdown { ID | [--name] NAME }\n"
	"   cell destroy { ID | [--name] NAME }\n"
	"   cell stats { ID | [--name] NAME }\n"
	"\n"
	"Not part of this version yet; a program jailhouse-GROUP-COMMAND is run if there is one:\n"
	"   cell linux [-h] [-d DTB] [-i INITRD] [-c \"CMDLINE\"] [-w PARAMS_FILE]\n"
	"             [-a ARCH] [-k FACTOR] CELLCONFIG KERNEL\n"
	"   config create [-h] [-g] [-r ROOT] [-t TEMPLATE_DIR] [-c CONSOLE]\n"
	"             [--mem-inmates MEM] [--mem-hv MEM] FILE\n"
	"   config collect FILE.TAR\n"
	"   config check [-h] SYSCONFIG [CELLCONFIG ...]\n"
	"   hardware check\n";

/* Programs of their own, run as jailhouse-GROUP-NAME. */
static const struct {
	const char *group, *name;
} helpers[] = {
	{ "cell", "linux" },     { "cell", "stats" },   { "config", "create" },
	{ "config", "collect" }, { "config", "check" }, { "hardware", "check" },
};

static const struct command top_commands[] = {
	{ "enable", cmd_enable },
	{ "disable", cmd_disable },
	{ "console", cmd_console },
	{ NULL, NULL },
};

static const struct command cell_commands[] = {
	{ "create", cmd_cell_create },
	{ "list", cmd_cell_list },
	{ "load", cmd_cell_load },
	{ "start", cmd_cell_start },
	{ "shutdown", cmd_cell_shutdown },
	{ "destroy", cmd_cell_destroy },
	{ NULL, NULL },
};

/** Tell the user what is wrong, in one line; the exit code to return. */
int fail(const char *format, ...)
{
	va_list args;

	fputs("jailhouse: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	return 1;
}

int usage_error(void)
{
	fputs(usage, stderr);
	return 1;
}

static const struct command *find_command(const struct command *commands, const char *name)
{
	for (; commands->name; commands++)
		if (strcmp(commands->name, name) == 0)
			return commands;
	return NULL;
}

static int run_group(int argc, char *argv[])
{
	const struct command *command;
	size_t n;

	if (argc < 2)
		return usage_error();

	for (n = 0; n < ARRAY_SIZE(helpers); n++)
		if (strcmp(argv[0], helpers[n].group) == 0 && strcmp(argv[1], helpers[n].name) == 0)
			return run_helper(argv[0], argv[1], argv + 2);

	command = strcmp(argv[0], "cell") == 0 ? find_command(cell_commands, argv[1]) : NULL;
	return command ? command->run(argc - 2, argv + 2) : usage_error();
}

int main(int argc, char *argv[])
{
	const struct command *command;

	if (argc < 2)
		return usage_error();

	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		fputs(usage, stdout);
		return 0;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("Jailhouse management tool " VERSION);
		return 0;
	}

	command = find_command(top_commands, argv[1]);
	return command ? command->run(argc - 2, argv + 2) : run_group(argc - 1, argv + 1);
}
