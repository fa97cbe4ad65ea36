// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading configurations and images.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tool.h"

#define FIRST_ROOM 65536

/* Have room for at least one byte more. @room: bytes at blob->data */
static bool make_room(struct blob *blob, size_t *room)
{
	size_t wanted = *room ? 2 * *room : FIRST_ROOM;
	void *larger;

	if (blob->size < *room)
		return true;
	larger = wanted > *room ? realloc(blob->data, wanted) : NULL;
	if (!larger) {
		errno = ENOMEM;
		return false;
	}
	blob->data = larger;
	*room = wanted;
	return true;
}

/* To the end: only a regular file knows its size before. */
static bool read_all(int fd, struct blob *blob)
{
	size_t room = 0;
	ssize_t got = 1;

	while (got != 0) {
		if (!make_room(blob, &room))
			return false;
		got = read(fd, (char *)blob->data + blob->size, room - blob->size);
		if (got < 0 && errno != EINTR)
			return false;
		if (got > 0)
			blob->size += got;
	}
	return true;
}

/**
 * Read a whole file, or what comes out of a pipe, into memory that the caller frees. Tells the user
 * if that fails, or if there was nothing.
 */
bool file_read(const char *path, struct blob *blob)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = false;

	*blob = (struct blob){ 0 };
	if (fd < 0 || !read_all(fd, blob))
		fail("reading %s: %s", path, strerror(errno));
	else if (blob->size == 0)
		fail("%s is empty", path);
	else
		ok = true;
	if (!ok)
		free(blob->data);
	if (fd >= 0)
		close(fd);
	return ok;
}
