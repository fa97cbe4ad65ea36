// SPDX-License-Identifier: GPL-2.0-only
/*
 * jailhouse cell load
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "tool.h"

static bool is_option(const char *arg, const char *brief, const char *full)
{
	return strcmp(arg, brief) == 0 || strcmp(arg, full) == 0;
}

static bool parse_address(const char *text, __u64 *address)
{
	char *end;

	errno = 0;
	*address = strtoull(text, &end, 0);
	if (errno || end == text || *end || text[strspn(text, " \t+")] == '-') {
		fail("\"%s\" is no address", text);
		return false;
	}
	return true;
}

static bool take_content(const char *text, bool is_string, struct blob *content)
{
	if (!is_string)
		return file_read(text, content);

	content->data = strdup(text);
	content->size = strlen(text) + 1;
	if (!content->data)
		fail("%s", strerror(ENOMEM));
	return content->data;
}

/* Take { IMAGE | -s STRING } [-a ADDRESS] from the front of the arguments. */
static bool take_image(int *argc, char ***argv, struct jailhouse_preload_image *image)
{
	bool is_string = is_option((*argv)[0], "-s", "--string");
	struct blob content;
	int used = 1 + is_string;

	if (*argc < used || is_option((*argv)[0], "-a", "--address")) {
		usage_error();
		return false;
	}
	if (*argc > used && is_option((*argv)[used], "-a", "--address")) {
		if (*argc < used + 2) {
			usage_error();
			return false;
		}
		if (!parse_address((*argv)[used + 1], &image->target_address))
			return false;
		used += 2;
	}
	if (!take_content((*argv)[is_string], is_string, &content))
		return false;

	image->source_address = (uintptr_t)content.data;
	image->size = content.size;
	*argc -= used;
	*argv += used;
	return true;
}

static bool take_images(int argc, char *argv[], struct jailhouse_cell_load *load)
{
	while (argc > 0) {
		if (!take_image(&argc, &argv, &load->image[load->num_preload_images]))
			return false;
		load->num_preload_images++;
	}
	return true;
}

static void free_images(struct jailhouse_cell_load *load)
{
	__u32 n;

	for (n = 0; n < load->num_preload_images; n++)
		free((void *)(uintptr_t)load->image[n].source_address);
}

int cmd_cell_load(int argc, char *argv[])
{
	struct jailhouse_cell_id cell_id;
	struct jailhouse_cell_load *load;
	int result = 1;

	if (!parse_cell_id(&argc, &argv, &cell_id))
		return 1;
	if (argc < 1)
		return usage_error();

	/* There cannot be more images than arguments. */
	load = calloc(1, sizeof(*load) + argc * sizeof(load->image[0]));
	if (!load)
		return fail("%s", strerror(ENOMEM));
	load->cell_id = cell_id;

	if (take_images(argc, argv, load))
		result = device_single_request(JAILHOUSE_CELL_LOAD, load, "JAILHOUSE_CELL_LOAD");
	free_images(load);
	free(load);
	return result;
}
