// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading configurations and images.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tool.h"

static bool read_all(int fd, struct blob *blob)
{
	size_t done = 0;
	ssize_t got;

	while (done < blob->size) {
		got = read(fd, (char *)blob->data + done, blob->size - done);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return false;
		if (got == 0)
			break;
		done += got;
	}
	blob->size = done;
	return true;
}

static bool read_open_file(int fd, struct blob *blob)
{
	struct stat status;

	if (fstat(fd, &status) < 0)
		return false;
	if (S_ISDIR(status.st_mode)) {
		errno = EISDIR;
		return false;
	}

	blob->size = status.st_size;
	blob->data = malloc(blob->size + 1);
	return blob->data && read_all(fd, blob);
}

/**
 * Read a whole file into memory that the caller frees. Tells the user if that fails.
 */
bool file_read(const char *path, struct blob *blob)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok;

	blob->data = NULL;
	ok = fd >= 0 && read_open_file(fd, blob);
	if (!ok) {
		fail("reading %s: %s", path, strerror(errno));
		free(blob->data);
	}
	if (fd >= 0)
		close(fd);
	return ok;
}
