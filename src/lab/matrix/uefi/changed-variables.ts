import { SHIM_LEVEL } from './system-variables.ts';
import type { UefiVariable } from './variable-store.ts';

/** A change that the firmware itself makes at each boot, whatever is booted. */
interface Allowed {
  name: RegExp;
  why: string;
}

/** All that may differ after a boot. What is not here is a finding: boot entries and their order, keys, crash dumps, hibernation. */
const ALLOWED: readonly Allowed[] = [
  { name: /^MTC$/, why: 'the upper half of the monotonic counter, which counts boots (UEFI 2.10, section 8.5.3)' },
  { name: SHIM_LEVEL, why: 'which revoked versions shim refuses; shim writes its own list where the firmware has none or another one' },
  {
    name: /^MemoryOverwriteRequestControl(Lock)?$/,
    why: 'asks for the memory to be cleared at the next boot (TCG PC Client Platform Reset Attack Mitigation)',
  },
];

export interface VariableChanges {
  /** how many were compared */
  compared: number;
  allowed: string[];
  findings: string[];
}

/** Compares the variables before and after, one by one. */
export function compareVariables(before: ReadonlyMap<string, UefiVariable>, after: ReadonlyMap<string, UefiVariable>): VariableChanges {
  const changes: VariableChanges = { compared: new Set([...before.keys(), ...after.keys()]).size, allowed: [], findings: [] };
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const how = difference(before.get(key), after.get(key));
    if (how === undefined) continue;
    const name = (before.get(key) ?? after.get(key))?.name ?? key;
    const allowed = ALLOWED.find((one) => one.name.test(name));
    if (allowed === undefined) changes.findings.push(`the UEFI variable ${key} ${how}`);
    else changes.allowed.push(`${key} ${how}: ${allowed.why}`);
  }
  return changes;
}

function difference(before: UefiVariable | undefined, after: UefiVariable | undefined): string | undefined {
  if (after === undefined) return 'was removed';
  if (before === undefined) return `was made (${after.data.length} bytes)`;
  if (before.attributes !== after.attributes) return `has attributes ${after.attributes} instead of ${before.attributes}`;
  return before.data.equals(after.data) ? undefined : `was ${hexadecimal(before.data)} and is ${hexadecimal(after.data)}`;
}

function hexadecimal(data: Buffer): string {
  return data.length <= 32 ? data.toString('hex') : `${data.toString('hex', 0, 32)}… (${data.length} bytes)`;
}
