import { bootScriptPath } from '../../domain/api.ts';
import type { ScriptInput } from './script-input.ts';
import { setting } from './script-text.ts';

/** Set by the head's first script; a script that was fetched without it must give the firmware its exit code itself. */
export const FROM_MENU = 'recon-menu';
/** What the first script ends with. */
export const LEAVE = 'leave';

/**
 * Back to the firmware's next boot device. BIOS: its disks, one after the other. UEFI goes on only after a failure (UEFI 2.10, section
 * 3.1.2), and some servers open their set-up after a success; `sanboot` there may find drives that nobody has connected yet.
 */
export const TO_LOCAL_DISK = [
  `set ${LEAVE}:int32 1`,
  `iseq ${setting('platform')} pcbios || goto leave`,
  ...['0x80', '0x81', '0x82', '0x83'].map((drive) => `sanboot --no-describe --drive ${drive} ||`),
  ':leave',
  `isset ${setting(FROM_MENU)} && exit 0 ||`,
  'exit 1',
];

/** The machine's own script once more, from the head; `query` begins with `?`. */
export function ownScriptUrl({ base, mac }: Pick<ScriptInput, 'base' | 'mac'>, query = ''): string {
  return `${base}${bootScriptPath(mac)}${query}`;
}

/** Asks the head anew, until it answers. */
export function askAgain(input: Pick<ScriptInput, 'base' | 'mac'>, query = ''): string[] {
  return [
    ':ask',
    `chain --replace --autofree ${ownScriptUrl(input, query)} ||`,
    'echo Recon: the head node does not answer. Trying again in 15 seconds.',
    'sleep 15',
    'goto ask',
  ];
}
