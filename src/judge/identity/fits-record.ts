import type { EarlyFacts } from '../../domain/early-facts.ts';
import type { IdentityKey } from '../../domain/record/identity.ts';
import { judgeValue } from './usable-value.ts';

/** What a boot loader says that a record says too: SMBIOS types 1 and 2 both times. */
const SAID = { uuid: 'uuid', serial: 'serial', 'board-serial': 'boardSerial' } as const;
const KINDS = ['uuid', 'serial', 'board-serial'] as const;

/**
 * Whether what a boot loader says fits a record with these keys. `unknown`: one of the two has nothing that tells machines apart. A record
 * may name any network port; the UUID of a machine that it has never seen it cannot name.
 */
export function fitsRecord(facts: EarlyFacts | undefined, keys: readonly IdentityKey[]): 'fits' | 'differs' | 'unknown' {
  const compared = KINDS.flatMap((kind) => {
    const judged = judgeValue(kind, facts?.[SAID[kind]]);
    const recorded = keys.filter((key) => key.kind === kind).map(({ value }) => inSingleBlanks(value));
    return judged === undefined || !('value' in judged) || recorded.length === 0 ? [] : [recorded.includes(inSingleBlanks(judged.value))];
  });
  if (compared.length === 0) return 'unknown';
  return compared.every((isEqual) => isEqual) ? 'fits' : 'differs';
}

/** What a boot loader says comes with single blanks (early-facts.ts). */
function inSingleBlanks(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
