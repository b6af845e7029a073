import { type HeadFault, isFault } from './head-fault.ts';

const WORDS: Readonly<Record<HeadFault['weight'], string>> = { stops: 'STOPS', warns: 'WARNS', cured: 'install', note: 'note' };

/** A check in words, for the screen. Pure. */
export function faultsText(faults: readonly HeadFault[]): string {
  const lines = faults.map(({ message, hint, weight }) => `${WORDS[weight].padEnd(8)}${message}\n          ${hint}\n`);
  const count = faults.filter(isFault).length;
  const end =
    count === 0
      ? 'Nothing is in the way of a head node.'
      : `${count} ${count === 1 ? 'thing is' : 'things are'} in the way of a head node.`;
  return `${lines.join('')}${end}\n`;
}
