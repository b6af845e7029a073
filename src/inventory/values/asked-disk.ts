/** Names of disks that drivers give, in the names of files: `behind-…` and `scan` are other calls of smartctl. */
export const ASKED_DISK = /^([hsv]d[a-z]+|xvd[a-z]+|nvme\d+n\d+|mmcblk\d+|dasd[a-z]+|(cciss|ida|rd)!c\d+d\d+|pmem\d+)$/;
