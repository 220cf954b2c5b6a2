/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

#define NULL ((void *)0)

typedef _Bool bool;
#define true 1
#define false 0

typedef unsigned long pgoff_t;
typedef unsigned int gfp_t;

#define GFP_KERNEL	0xcc0u

#define EINTR	4
#define ENOMEM	12
#define EFAULT	14

#endif
