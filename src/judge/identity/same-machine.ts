import { type IdentityKey, KEY_KINDS, type KeyKind } from '../../domain/record/identity.ts';

/** Whether two lists of keys are of one machine, and why. */
export interface IdentityMatch {
  verdict: 'same' | 'different' | 'unclear';
  /** what agrees and what does not, for a person */
  reasons: string[];
}

/**
 * Whether two lists of keys are of one machine. No single key decides: firmware values are cloned by service technicians and
 * forgotten by makers, cards and disks move. Equal firmware values on hardware that shares nothing are two machines.
 */
export function sameMachine(left: readonly IdentityKey[], right: readonly IdentityKey[]): IdentityMatch {
  const compared = KEY_KINDS.map((kind) => compare(kind, left, right)).filter((found) => found !== undefined);
  const reasons = compared.map(({ kind, agrees, values }) => `${PLURALS[kind]} ${agrees ? 'agree' : 'differ'}: ${values}`);
  return { verdict: decide(new Map(compared.map(({ kind, agrees }) => [kind, agrees]))), reasons };
}

const PLURALS: Readonly<Record<KeyKind, string>> = {
  uuid: 'system UUIDs',
  serial: 'system serial numbers',
  'board-serial': 'board serial numbers',
  'bmc-mac': 'BMC addresses',
  nic: 'network ports',
  disk: 'disks',
};
const FIRMWARE: readonly KeyKind[] = ['uuid', 'serial', 'board-serial'];
const HARDWARE: readonly KeyKind[] = ['bmc-mac', 'nic', 'disk'];

/** Undefined when one of the two has no key of the kind. One port or disk in common is agreement: the others may have been changed. */
function compare(kind: KeyKind, left: readonly IdentityKey[], right: readonly IdentityKey[]) {
  const valuesOf = (keys: readonly IdentityKey[]): string[] => keys.filter((key) => key.kind === kind).map((key) => key.value);
  const [ours, theirs] = [valuesOf(left), valuesOf(right)];
  if (ours.length === 0 || theirs.length === 0) return undefined;
  const known = new Set(theirs);
  const common = ours.filter((value) => known.has(value));
  const agrees = common.length > 0;
  return { kind, agrees, values: agrees ? some(common) : `${some(ours)} and ${some(theirs)}` };
}

/** A machine may have a hundred disks; a person needs a few of them. */
function some(values: readonly string[]): string {
  return values.length <= 6 ? values.join(', ') : `${values.slice(0, 5).join(', ')} and ${values.length - 5} more`;
}

function decide(compared: ReadonlyMap<KeyKind, boolean>): IdentityMatch['verdict'] {
  const count = (kinds: readonly KeyKind[], agrees: boolean): number => kinds.filter((kind) => compared.get(kind) === agrees).length;
  const agreeing = count(KEY_KINDS, true);
  const [firmwareDiffers, hardwareDiffers, hardwareAgrees] = [count(FIRMWARE, false), count(HARDWARE, false), count(HARDWARE, true)];
  const portAgrees = compared.get('nic') === true || compared.get('bmc-mac') === true;
  if (compared.size === 0) return 'unclear';
  if (agreeing === 0) return compared.size === 1 && compared.has('disk') ? 'unclear' : 'different';
  if (firmwareDiffers === 0) {
    // what firmware says alone may be cloned, and disks alone move from machine to machine
    if (hardwareAgrees === 0) return hardwareDiffers >= 2 ? 'different' : 'unclear';
    const isAnchored = portAgrees || count(FIRMWARE, true) > 0;
    return isAnchored && hardwareDiffers <= 1 && compared.get('bmc-mac') !== false ? 'same' : 'unclear';
  }
  if (portAgrees && hardwareDiffers === 0) return count(FIRMWARE, true) > 0 ? 'same' : 'unclear';
  if (count(FIRMWARE, true) > 0 && hardwareAgrees > 0) return 'unclear';
  return compared.get('bmc-mac') === false || (hardwareDiffers > 0 && !portAgrees) ? 'different' : 'unclear';
}
