/* A shelf of numbered boxes: a file of our own to send patches about. */
#include <linux/mm_types.h>

#define SHELF_SMALL	4	/* boxes */
#define SHELF_LARGE	64	/* boxes */

struct shelf {
	struct vm_area_struct	*owner;
	unsigned int		boxes;
	int			*content;
};

/* Puts a value into a box, unless the shelf is too short. */
static int shelf_put(struct shelf *shelf, unsigned int box, int value)
{
	if (box >= shelf->boxes)
		return -ENOSPC;

	shelf->content[box] = value;
	return 0;
}

/*
 * Looks for a value. Returns the number of its box, or a negative
 * number when there is none: a caller must not use it as an index.
 */
static int shelf_find(struct shelf *shelf, int value)
{
	unsigned int box;

	for (box = 0; box < shelf->boxes; box++) {
		if (shelf->content[box] == value)
			return box;
	}

	return -ENOENT;
}

static void shelf_swap(struct shelf *shelf, unsigned int left,
		       unsigned int right)
{
	int value = shelf->content[left];

	shelf->content[left] = shelf->content[right];
	shelf->content[right] = value;
}

static void shelf_empty(struct shelf *shelf)
{
	unsigned int box;

	vma_start_write(shelf->owner);
	for (box = 0; box < shelf->boxes; box++)
		shelf->content[box] = 0;
}
