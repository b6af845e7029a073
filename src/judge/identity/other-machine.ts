import type { IdentityKey, KeyKind } from '../../domain/record/identity.ts';
import { sameMachine } from './same-machine.ts';

const FIRMWARE: readonly KeyKind[] = ['uuid', 'serial', 'board-serial'];

/**
 * Whether two records that came under one address are of two machines: an adapter is put into the next one, a card is moved. What firmware says decides,
 * because the address is shared; a machine whose board was replaced keeps one of its numbers. Without such numbers, all else has to differ.
 */
export function isOtherMachine(keys: readonly IdentityKey[], before: readonly IdentityKey[]): boolean {
  const compared = FIRMWARE.flatMap((kind) => {
    const [ours, theirs] = [keys, before].map((list) => list.filter((key) => key.kind === kind).map(({ value }) => value));
    return ours?.length && theirs?.length ? [ours.some((value) => theirs.includes(value))] : [];
  });
  return compared.length === 0 ? sameMachine(keys, before).verdict === 'different' : compared.every((agrees) => !agrees);
}
