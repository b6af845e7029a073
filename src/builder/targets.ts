/** The make targets, in the order of the help text. */
export const TARGETS = [
  { name: 'target', help: 'live ISO, also for USB sticks, with kernel, initrd and root image, in builds/<recipe>/' },
  { name: 'http', help: "place ISO, kernel, initrd, root image and an iPXE script in HTTP_DIR (after 'target')" },
  { name: 'virtual', help: "disks for virtual machines: raw, qcow2 and OVA (after 'target')" },
  { name: 'disk', help: "ISO whose menu installs to a disk that you choose (after 'target')" },
  { name: 'check', help: 'what a build needs, and whether it is here; downloads nothing' },
  { name: 'clean', help: 'remove builds/<recipe>/' },
  { name: 'all', help: 'this list; so does help' },
] as const;

export type TargetName = (typeof TARGETS)[number]['name'];

/** Reads a target's name as typed; undefined when there is no such target. `help` is another word for `all`. */
export function findTarget(name: string): TargetName | undefined {
  if (name === 'help') return 'all';
  return TARGETS.find((target) => target.name === name)?.name;
}
