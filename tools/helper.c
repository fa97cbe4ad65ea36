// SPDX-License-Identifier: GPL-2.0-only
/*
 * Commands that are programs of their own: jailhouse-cell-linux and friends.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tool.h"

#ifndef LIBEXECDIR
#define LIBEXECDIR "/usr/local/libexec"
#endif
#define HELPER_DIR LIBEXECDIR "/jailhouse"

/* Directory that this program was started from, as it is in a build tree; empty if unknown. */
static void own_directory(char *directory, size_t size)
{
	ssize_t length = readlink("/proc/self/exe", directory, size - 1);
	char *slash;

	directory[length > 0 ? length : 0] = '\0';
	slash = strrchr(directory, '/');
	if (slash)
		*slash = '\0';
}

/* Returns only if there is no such program, or it cannot be run. */
static void try_helper(const char *directory, const char *group, const char *name, char *argv[])
{
	char path[PATH_MAX + 64];

	snprintf(path, sizeof(path), "%s/jailhouse-%s-%s", directory, group, name);
	argv[0] = path;
	execv(path, argv);
}

/**
 * Become jailhouse-GROUP-NAME. argv[-1] exists and is made the program's argv[0].
 */
int run_helper(const char *group, const char *name, char *argv[])
{
	char own[PATH_MAX];

	own_directory(own, sizeof(own));
	if (own[0])
		try_helper(own, group, name, argv - 1);
	if (!own[0] || errno == ENOENT || errno == ENOTDIR)
		try_helper(HELPER_DIR, group, name, argv - 1);

	if (errno == ENOENT)
		return fail("\"%s %s\" needs jailhouse-%s-%s, which is neither in %s nor in %s",
			    group, name, group, name, own, HELPER_DIR);
	return fail("running jailhouse-%s-%s: %s", group, name, strerror(errno));
}
