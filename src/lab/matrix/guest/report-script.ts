/** What our unit in the guest says on the console when its report is complete. */
export const REPORTED = 'recon-matrix: reported';

/** Where our part lies, in the initrd and in the live system. */
export const FOLDER = 'recon-matrix';

/** Where people read; not /dev/kmsg, because the product keeps the kernel's words off the screens. */
export const CONSOLE = '/dev/ttyS0';

/** The third serial port: consoles and screens of the product use the first two. */
const PORT = '/dev/ttyS2';

/** The parts of the report, and the program whose output each is. */
const SECTIONS = {
  kernel: 'dmesg --notime',
  mdstat: 'cat /proc/mdstat',
  swaps: 'cat /proc/swaps',
  mapper: 'dmsetup table',
  mounts: 'cat /proc/self/mountinfo',
  disks: 'lsblk --pairs --output NAME,PKNAME,RO,SERIAL',
  loops: 'grep . /sys/block/loop*/loop/backing_file',
  pstore: 'cat /sys/module/pstore/parameters/backend',
} as const;
export type Section = keyof typeof SECTIONS;
export const SECTION_NAMES = Object.keys(SECTIONS) as readonly Section[];

export const HEADING = '=====recon-matrix ';

/** A line of shell that says something so that it arrives: the kernel writes to the same port, and a character may come twice. */
export function sayOnConsole(words: string): string {
  return `for once in 1 2 3; do echo '${words}' > ${CONSOLE}; done`;
}

/** Runs in the live system: writes what the kernel says about disks, and nothing else. */
export const REPORT_SCRIPT = `#!/bin/sh
exec 3>&1 > ${PORT} 2>&1
${SECTION_NAMES.map((name) => `echo '${HEADING}${name}'; ${SECTIONS[name]}`).join('\n')}
echo '${HEADING}end'
sync ${PORT} 2> /dev/null
${sayOnConsole(REPORTED)}
`;

/** Our unit: acts before the product begins, and reports after it has ended. */
export const UNIT = `[Unit]
Description=Disk matrix
DefaultDependencies=no
After=systemd-udevd.service systemd-tmpfiles-setup-dev.service local-fs.target
Before=recon.service shutdown.target
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh /run/${FOLDER}/act.sh
ExecStop=/bin/sh /run/${FOLDER}/report.sh
TimeoutStartSec=infinity
TimeoutStopSec=300
`;

/** A hook of dracut, the last before the live system begins. */
export const BEFORE_ROOT = `#!/bin/sh
mkdir -p /run/systemd/system/multi-user.target.wants /run/${FOLDER}
cp -r /${FOLDER}/. /run/${FOLDER}/
cp /${FOLDER}/matrix.service /run/systemd/system/recon-matrix.service
ln -s ../recon-matrix.service /run/systemd/system/multi-user.target.wants/recon-matrix.service
. /${FOLDER}/initrd.sh
`;
