import type { Fingerprint, IdentityKey, IgnoredKey, KeyKind } from '../../domain/record/identity.ts';
import type { Nic } from '../../domain/record/network.ts';
import type { NodeRecord } from '../../domain/record/node-record.ts';
import { sectionData } from '../findings/judged-record.ts';
import { type Judged, judgeValue } from './usable-value.ts';

const WEIGHTS: Readonly<Record<KeyKind, number>> = { uuid: 25, serial: 25, 'board-serial': 20, 'bmc-mac': 40, nic: 30, disk: 15 };

/** The keys of a record without values that are known to be shared, sorted, and how much they are worth together. */
export function fingerprint({ sections }: Pick<NodeRecord, 'sections'>): Fingerprint {
  const keys = new Map<string, IdentityKey>();
  const ignored = new Map<string, IgnoredKey>();
  for (const { kind, evidence, judged } of candidates(sections)) {
    if (judged === undefined) continue;
    if ('value' in judged) addOnce(keys, { kind, value: judged.value, evidence });
    else addOnce(ignored, { kind, value: judged.ignored, evidence, reason: judged.reason });
  }
  const kinds = new Set([...keys.values()].map((key) => key.kind));
  const worth = [...kinds].reduce((sum, kind) => sum + WEIGHTS[kind], 0);
  return {
    keys: sorted(keys),
    score: Math.min(100, worth),
    ...(ignored.size === 0 ? {} : { ignored: sorted(ignored) }),
  };
}

interface Candidate {
  kind: KeyKind;
  evidence: string;
  judged: Judged;
}

function candidates(sections: NodeRecord['sections']): Candidate[] {
  const system = sectionData(sections.system);
  const judge = (kind: KeyKind, evidence: string, raw: string | undefined): Candidate => ({
    kind,
    evidence,
    judged: judgeValue(kind, raw),
  });
  const nics = sectionData(sections.nics) ?? [];
  const disks = sectionData(sections.disks) ?? [];
  const sharedWwns = repeated(disks.map((disk) => disk.wwn));
  return [
    judge('uuid', 'system.uuid', system?.uuid),
    judge('serial', 'system.serial', system?.serial),
    judge('board-serial', 'board.serial', sectionData(sections.board)?.serial),
    judge('bmc-mac', 'bmc.mac', sectionData(sections.bmc)?.mac),
    ...nics.flatMap((nic, at) => (isOwnPort(nic) ? [portOf(nic, `nics[${at}]`)] : [])),
    // what is plugged in from outside, a BMC's virtual medium among it, belongs to no machine
    ...disks.flatMap((disk, at) => {
      if (disk.removable === true || disk.transport === 'usb') return [];
      // of several drives with one WWN it tells none from the others
      const isOwn = disk.wwn !== undefined && !sharedWwns.has(disk.wwn);
      const key = isOwn || disk.serial === undefined ? (disk.wwn === undefined ? 'serial' : 'wwn') : 'serial';
      return [judge('disk', `disks[${at}].${key}`, disk[key])];
    }),
  ];
}

function repeated(values: readonly (string | undefined)[]): Set<string> {
  const seen = new Set<string>();
  return new Set(values.filter((value) => value !== undefined).filter((value) => seen.has(value) || !seen.add(value)));
}

function isOwnPort(nic: Nic): boolean {
  return nic.bus !== 'usb' && nic.bmcLink !== true && nic.virtualFunction !== true;
}

function portOf(nic: Nic, where: string): Candidate {
  if (nic.guid !== undefined) return { kind: 'nic', evidence: `${where}.guid`, judged: { value: nic.guid } };
  const key = nic.permanentMac === undefined ? 'mac' : 'permanentMac';
  return { kind: 'nic', evidence: `${where}.${key}`, judged: judgeValue('nic', nic[key]) };
}

function addOnce<T extends { kind: KeyKind; value: string }>(found: Map<string, T>, entry: T): void {
  const name = `${entry.kind} ${entry.value}`;
  if (!found.has(name)) found.set(name, entry);
}

function sorted<T>(found: ReadonlyMap<string, T>): T[] {
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}
