// SPDX-License-Identifier: GPL-2.0-only
/* /dev/jailhouse, and the module's beginning and end. */
#include <linux/compat.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/reboot.h>
#include <linux/slab.h>
#include <linux/suspend.h>
#include <linux/uaccess.h>
#include <jailhouse/ioctl.h>
#include "arch.h"
#include "cell.h"
#include "compat.h"
#include "console.h"
#include "core.h"
#include "device.h"
#include "enable.h"
#include "reason.h"
#include "sysfs.h"

DEFINE_MUTEX(jailhouse_lock);

/* Why the machine cannot be handed over just now. Needs jailhouse_lock. */
static bool going_down, falling_asleep;

/* One open file. */
struct client {
	struct reason why;
	struct console_reader reader;
};

static int enable_request(struct reason *why, const void __user *config)
{
	if (going_down)
		return refuse(why, -EBUSY, "the machine is going down");
	if (falling_asleep)
		return refuse(why, -EBUSY, "the machine is about to sleep or hibernate");
	return jailhouse_enable(why, config);
}

static int create_request(struct reason *why, const void __user *arg)
{
	struct jailhouse_cell_create create;

	if (copy_from_user(&create, arg, sizeof(create)))
		return refuse(why, -EFAULT, "the request cannot be read");
	return cell_create(why, &create);
}

static int id_request(struct reason *why, const void __user *arg,
		      int (*request)(struct reason *why, struct jailhouse_cell_id *id))
{
	struct jailhouse_cell_id id;

	if (copy_from_user(&id, arg, sizeof(id)))
		return refuse(why, -EFAULT, "the request cannot be read");
	return request(why, &id);
}

static long get_reason(struct reason *why, void __user *arg)
{
	struct jailhouse_reason reason;

	reason_get(why, &reason);
	return copy_to_user(arg, &reason, sizeof(reason)) ? -EFAULT : 0;
}

static int run_request(struct reason *why, unsigned int request, void __user *arg)
{
	switch (request) {
	case JAILHOUSE_ENABLE:
		return enable_request(why, arg);
	case JAILHOUSE_DISABLE:
		return jailhouse_disable(why);
	case JAILHOUSE_CELL_CREATE:
		return create_request(why, arg);
	case JAILHOUSE_CELL_LOAD:
		return cell_load(why, arg);
	case JAILHOUSE_CELL_START:
		return id_request(why, arg, cell_start);
	case JAILHOUSE_CELL_DESTROY:
		return id_request(why, arg, cell_destroy);
	default:
		return -ENOTTY;
	}
}

static long jailhouse_ioctl(struct file *file, unsigned int request, unsigned long arg)
{
	struct client *client = file->private_data;
	long result;

	if (request == JAILHOUSE_GET_REASON)
		return get_reason(&client->why, (void __user *)arg);

	if (mutex_lock_interruptible(&jailhouse_lock))
		return -ERESTARTSYS;
	reason_clear(&client->why);
	result = run_request(&client->why, request, (void __user *)arg);
	mutex_unlock(&jailhouse_lock);
	return result;
}

#ifdef CONFIG_COMPAT
/* The same for 32-bit programs, but that the size of a pointer is in one request's number. */
#define JAILHOUSE_ENABLE_COMPAT _IOW(0, 0, compat_uptr_t)

static long jailhouse_compat_ioctl(struct file *file, unsigned int request, unsigned long arg)
{
	if (request == JAILHOUSE_ENABLE_COMPAT)
		request = JAILHOUSE_ENABLE;
	return jailhouse_ioctl(file, request, (unsigned long)compat_ptr(arg));
}
#endif

static ssize_t jailhouse_read(struct file *file, char __user *to, size_t count, loff_t *position)
{
	struct client *client = file->private_data;
	ssize_t result = console_read(&client->reader, to, count, file->f_flags & O_NONBLOCK);

	if (result == -EPERM)
		return refuse(
			&client->why, result,
			"the system configuration does not set JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE");
	return result;
}

static int jailhouse_open(struct inode *inode, struct file *file)
{
	struct client *client = kzalloc(sizeof(*client), GFP_KERNEL);

	if (!client)
		return -ENOMEM;
	reason_init(&client->why);
	console_reader_init(&client->reader);
	file->private_data = client;
	return stream_open(inode, file);
}

static int jailhouse_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static const struct file_operations jailhouse_fops = {
	.owner = THIS_MODULE,
	.open = jailhouse_open,
	.release = jailhouse_release,
	.read = jailhouse_read,
	.unlocked_ioctl = jailhouse_ioctl,
#ifdef CONFIG_COMPAT
	.compat_ioctl = jailhouse_compat_ioctl,
#endif
};

static struct miscdevice jailhouse_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "jailhouse",
	.fops = &jailhouse_fops,
	.mode = 0600,
};

/* The class of misc devices is not exported, but ours is one of them. */
bool misc_minor_in_use(unsigned int minor)
{
	compat_class *misc = jailhouse_device.this_device->class;
	struct device *found = class_find_device_by_devt(misc, MKDEV(MISC_MAJOR, minor));

	put_device(found);
	return found;
}

static int before_reboot(struct notifier_block *nb, unsigned long action, void *data)
{
	core_hurry();
	mutex_lock(&jailhouse_lock);
	going_down = true;
	jailhouse_shutdown();
	mutex_unlock(&jailhouse_lock);
	return NOTIFY_DONE;
}

static struct notifier_block reboot_notifier = {
	.notifier_call = before_reboot,
};

/* Sleep would take the machine from the core without asking it. Nobody waits here for a request that waits for a cell. */
static int before_sleep(void)
{
	bool active;

	if (!mutex_trylock(&jailhouse_lock)) {
		pr_err("jailhouse: no sleep while a request is worked off\n");
		return NOTIFY_BAD;
	}
	active = core_active();
	falling_asleep = !active;
	mutex_unlock(&jailhouse_lock);
	if (!active)
		return NOTIFY_OK;
	pr_err("jailhouse: no sleep while the hypervisor is enabled\n");
	return NOTIFY_BAD;
}

static int after_sleep(void)
{
	mutex_lock(&jailhouse_lock);
	falling_asleep = false;
	mutex_unlock(&jailhouse_lock);
	return NOTIFY_OK;
}

static int sleep_event(struct notifier_block *nb, unsigned long action, void *data)
{
	switch (action) {
	case PM_SUSPEND_PREPARE:
	case PM_HIBERNATION_PREPARE:
	case PM_RESTORE_PREPARE:
		return before_sleep();
	case PM_POST_SUSPEND:
	case PM_POST_HIBERNATION:
	case PM_POST_RESTORE:
		return after_sleep();
	default:
		return NOTIFY_DONE;
	}
}

static struct notifier_block sleep_notifier = {
	.notifier_call = sleep_event,
};

static int __init jailhouse_init(void)
{
	int err = arch_init();

	if (err)
		return err;
	err = sysfs_init();
	if (err)
		goto exit_arch;
	err = register_reboot_notifier(&reboot_notifier);
	if (err)
		goto exit_sysfs;
	err = register_pm_notifier(&sleep_notifier);
	if (err)
		goto unregister_reboot;
	/* From here on requests may come. */
	err = misc_register(&jailhouse_device);
	if (!err)
		return 0;

	unregister_pm_notifier(&sleep_notifier);
unregister_reboot:
	unregister_reboot_notifier(&reboot_notifier);
exit_sysfs:
	sysfs_exit();
exit_arch:
	arch_exit();
	return err;
}

/* The hypervisor is disabled: otherwise the module would be in use. */
static void __exit jailhouse_exit(void)
{
	misc_deregister(&jailhouse_device);
	unregister_pm_notifier(&sleep_notifier);
	unregister_reboot_notifier(&reboot_notifier);
	sysfs_exit();
	arch_exit();
}

module_init(jailhouse_init);
module_exit(jailhouse_exit);

MODULE_DESCRIPTION("Loads the Jailhouse partitioning hypervisor and manages its cells");
MODULE_LICENSE("GPL");
MODULE_VERSION(JAILHOUSE_VERSION);
