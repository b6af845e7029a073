import type { NodeRecord } from '../domain/node-record.ts';
import { fingerprint, type IdentityKey, type KeyKind } from './identity-keys.ts';

export interface Verdict {
  verdict: 'same' | 'different' | 'unclear';
  /** what agrees and what does not, for a person */
  reasons: string[];
}

/**
 * Whether two records are of one machine. No single key decides: firmware values are cloned by service technicians and
 * forgotten by makers, cards and disks move. Equal firmware values on hardware that shares nothing are two machines.
 */
export function sameMachine(a: NodeRecord, b: NodeRecord): Verdict {
  const [left, right] = [fingerprint(a).keys, fingerprint(b).keys];
  const compared = KINDS.map((kind) => compare(kind, left, right)).filter((found) => found !== undefined);
  const reasons = compared.map(({ kind, agrees, values }) => `${NAMES[kind]} ${agrees ? 'agree' : 'differ'}: ${values}`);
  return { verdict: decide(new Map(compared.map(({ kind, agrees }) => [kind, agrees]))), reasons };
}

export interface Collision extends IdentityKey {
  /** the machines that have the key and are not one */
  machines: string[];
}

/** Keys that several machines share though they are not the same machine. To be reported; nothing is merged for them. */
export function findCollisions(machines: readonly { name: string; record: NodeRecord }[]): Collision[] {
  const holders = new Map<string, { key: IdentityKey; machines: { name: string; record: NodeRecord }[] }>();
  for (const machine of machines) {
    for (const key of fingerprint(machine.record).keys) {
      const holder = holders.get(`${key.kind} ${key.value}`) ?? { key, machines: [] };
      holder.machines.push(machine);
      holders.set(`${key.kind} ${key.value}`, holder);
    }
  }
  return [...holders.values()].flatMap(({ key, machines: [first, ...others] }) => {
    const strangers = others.filter((other) => first !== undefined && sameMachine(first.record, other.record).verdict !== 'same');
    return first === undefined || strangers.length === 0 ? [] : [{ ...key, machines: [first.name, ...strangers.map(({ name }) => name)] }];
  });
}

const NAMES: Readonly<Record<KeyKind, string>> = {
  uuid: 'system UUIDs',
  serial: 'system serial numbers',
  'board-serial': 'board serial numbers',
  'bmc-mac': 'BMC addresses',
  nic: 'network ports',
  disk: 'disks',
};
const FIRMWARE: readonly KeyKind[] = ['uuid', 'serial', 'board-serial'];
const HARDWARE: readonly KeyKind[] = ['bmc-mac', 'nic', 'disk'];
const KINDS = [...FIRMWARE, ...HARDWARE];

/** Undefined when one of the two has no key of the kind. One port or disk in common is agreement: the others may have been changed. */
function compare(kind: KeyKind, left: readonly IdentityKey[], right: readonly IdentityKey[]) {
  const [ours, theirs] = [left, right].map((keys) => keys.filter((key) => key.kind === kind).map((key) => key.value)) as [
    string[],
    string[],
  ];
  if (ours.length === 0 || theirs.length === 0) return undefined;
  const common = ours.filter((value) => theirs.includes(value));
  const agrees = common.length > 0;
  return { kind, agrees, values: agrees ? common.join(', ') : `${ours.join(', ')} and ${theirs.join(', ')}` };
}

function decide(compared: ReadonlyMap<KeyKind, boolean>): Verdict['verdict'] {
  const count = (kinds: readonly KeyKind[], agrees: boolean): number => kinds.filter((kind) => compared.get(kind) === agrees).length;
  const agreeing = count(KINDS, true);
  const [firmwareDiffers, hardwareDiffers, hardwareAgrees] = [count(FIRMWARE, false), count(HARDWARE, false), count(HARDWARE, true)];
  const portAgrees = compared.get('nic') === true || compared.get('bmc-mac') === true;
  if (compared.size === 0) return 'unclear';
  if (agreeing === 0) return compared.size === 1 && compared.has('disk') ? 'unclear' : 'different';
  // disks alone move from machine to machine
  if (firmwareDiffers + hardwareDiffers === 0) return agreeing === 1 && compared.get('disk') === true ? 'unclear' : 'same';
  if (firmwareDiffers === 0) {
    if (hardwareAgrees === 0) return hardwareDiffers >= 2 ? 'different' : 'unclear';
    const isAnchored = portAgrees || count(FIRMWARE, true) > 0;
    return isAnchored && hardwareDiffers <= 1 && compared.get('bmc-mac') !== false ? 'same' : 'unclear';
  }
  if (portAgrees && hardwareDiffers === 0) return count(FIRMWARE, true) > 0 ? 'same' : 'unclear';
  if (count(FIRMWARE, true) > 0 && hardwareAgrees > 0) return 'unclear';
  return compared.get('bmc-mac') === false || (hardwareDiffers > 0 && !portAgrees) ? 'different' : 'unclear';
}
