import type { Nic } from '../../../domain/record/network.ts';
import type { RaidController } from '../../../domain/record/raid.ts';
import type { Disk } from '../../../domain/record/storage.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { ok, type SectionResult } from '../../values/section.ts';
import { seenByAny } from '../../values/seen-by-any.ts';
import type { ToldFacts } from '../../values/told-facts.ts';

/** Disks that facter names: by serial number, World Wide Name or, on one machine, by the kernel's name. */
export function disksWithTold(section: SectionResult<Disk[]>, told: readonly ToldFacts[]): SectionResult<Disk[]> {
  const others = told.flatMap(({ disks }) => disks);
  if (others.length === 0) return section;
  const own = section.status === 'ok' ? section.data : [];
  // the other paths of a disk have names of their own
  const paths = new Set(own.flatMap((disk) => (Array.isArray(disk.paths) ? disk.paths.slice(1) : [])));
  const seen = seenByAny(
    own,
    others.filter(({ name }) => !paths.has(name)),
    { keys: [({ serial }) => serial, ({ wwn }) => wwn, ({ name }) => name], join: (disk, other) => ({ ...other, ...disk }) },
  );
  return ok(seen);
}

/**
 * Ports that others name, by MAC address, then by name. `isListed` says of a name that the machine's own tools list it, as a bond for example. Where a bond
 * hides the address of one of its own ports, a port that matches none may be that one, and is left out.
 */
export function nicsWithTold(
  section: SectionResult<Nic[]>,
  told: readonly ToldFacts[],
  isListed: (name: string) => boolean,
): SectionResult<Nic[]> {
  const others = seenOnce(told.flatMap(({ nics }) => nics));
  if (others.length === 0) return section;
  const own = section.status === 'ok' ? section.data : [];
  const seen = seenByAny(own, others, { keys: NIC_KEYS, join: (nic, other) => ({ ...other, ...nic }) });
  const macs = own.flatMap(({ mac, permanentMac }) => [mac, permanentMac]);
  const isHidden = own.some(({ mac, permanentMac }) => permanentMac === undefined && macs.filter((other) => other === mac).length > 1);
  return ok(seen.filter((nic, at) => at < own.length || !(isHidden || macs.includes(nic.mac) || isListed(nic.name))));
}

const NIC_KEYS = [({ mac, permanentMac }: Nic) => permanentMac ?? mac, ({ name }: Nic) => name];

/** Redfish and facter may both name a port. */
function seenOnce(nics: readonly Nic[]): Nic[] {
  const found = new Map<string, Nic>();
  for (const nic of nics) {
    const key = nic.mac ?? nic.name;
    const before = found.get(key);
    // the kernel's name is the one that other tools have; a BMC counts
    found.set(key, { ...before, ...nic, ...definedOnly<Partial<Nic>>({ permanentMac: before?.permanentMac }) });
  }
  return [...found.values()];
}

/**
 * Controllers that a BMC names, without the drives that are disks of the machine or drives of a controller that a tool has described: these are told by their serial
 * numbers. A controller of which nothing is left, or that has a drive in common with one that is known, is that one.
 */
export function newControllers(known: readonly RaidController[], disks: readonly Disk[], told: readonly ToldFacts[]): RaidController[] {
  const drivesOf = ({ physicalDrives }: RaidController): (string | undefined)[] => physicalDrives.map(({ serial }) => serial);
  const behind = new Set(known.flatMap(drivesOf));
  const direct = new Set(disks.map(({ serial }) => serial));
  return told
    .flatMap(({ controllers }) => controllers)
    .filter((controller) => !drivesOf(controller).some((serial) => serial !== undefined && behind.has(serial)))
    .map((controller) => {
      const physicalDrives = controller.physicalDrives.filter(({ serial }) => serial === undefined || !direct.has(serial));
      return {
        ...controller,
        physicalDrives,
        isGone: physicalDrives.length < controller.physicalDrives.length && physicalDrives.length === 0,
      };
    })
    .filter(({ isGone, virtualDrives }) => !isGone || virtualDrives.length > 0)
    .map(({ isGone: _, ...controller }) => controller);
}
