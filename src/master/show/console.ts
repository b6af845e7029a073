import { unansweredFirmware } from '../../domain/firmware.ts';
import type { LedgerEvent } from '../../domain/ledger.ts';
import { STAGE_WORDS } from '../../domain/stage-words.ts';
import type { Stage } from '../../domain/stages.ts';
import type { MasterEvent } from '../ledger/events.ts';

/** Width of a text console and of a serial terminal, in columns. */
const COLUMNS = 80;

/** DHCP's inner stages are left to the ledger. */
const UNTOLD: readonly Stage[] = ['discover', 'offer', 'request'];

/**
 * One line for an event; undefined for events that say nothing to a person. At most 80 columns, but for what does not work: of that the reason and
 * what to try stand at the end, and whoever shows it breaks the line.
 */
export function eventLine(event: MasterEvent): string | undefined {
  switch (event.kind) {
    case 'ledger':
      return ledgerLine(event.event);
    case 'serving':
      return cut(`serving ${event.segments.map((segment) => `${segment.interface} (${segment.address})`).join(', ')}`);
    case 'not-serving':
      return whole(`NOT serving ${event.interface}: ${event.reason}`);
    case 'stranger':
      return cut(`${event.mac} on ${event.interface} wants no network boot: not answered`);
    case 'unanswered':
      return cut(
        event.clientId === undefined
          ? unansweredFirmware(event.mac, event.architecture)
          : `${event.mac} not answered: it boots over InfiniBand, as ${event.clientId}`,
      );
    case 'offer-not-taken':
      return cut(`${event.mac} does not take our boot file: its UEFI may not merge two offers`);
    case 'fault':
      return whole(`FAULT in ${event.part}: ${event.reason}`);
    case 'storage-back':
      return cut(
        `THE STICK IS BACK, records are stored again${event.lost.length === 0 ? '' : `; ${event.lost.length} records are not on it any more`}`,
      );
    case 'discovery-ended':
      return cut(`discovery is over (${event.reason}): no new machine is answered`);
    case 'sealed':
      return cut(
        `sealed ${event.tarball.name}: ${event.tarball.machines} machines${event.tarball.isWithoutCaptures === true ? ' WITHOUT RAW CAPTURES' : ''}${event.tarball.code === undefined ? '' : `, code ${event.tarball.code}`}`,
      );
    case 'seal-failed':
      return whole(`NOT sealed: ${event.reason}${event.hint === undefined ? '' : `. ${event.hint}`}`);
  }
}

function ledgerLine({ mac, stage, bytes, totalBytes, detail, address, refused }: LedgerEvent): string | undefined {
  if (refused !== undefined) return cut(`${mac} REFUSED: ${refused}`);
  if (UNTOLD.includes(stage)) return undefined;
  const words = stage === 'receipt' ? 'is DONE: its record is stored' : STAGE_WORDS[stage];
  const percent = bytes === undefined || totalBytes === undefined || totalBytes === 0 ? '' : ` ${Math.floor((bytes / totalBytes) * 100)} %`;
  const rest = stage === 'ack' ? address : detail;
  return cut(`${mac} ${words}${percent}${rest === undefined || rest === '' ? '' : ` (${rest})`}`);
}

const MOST_CHARACTERS = 800;

/** Anything but printable ASCII would let a machine's own strings draw on our screen. */
function whole(line: string): string {
  return line
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .slice(0, MOST_CHARACTERS);
}

function cut(line: string): string {
  const plain = line.replaceAll(/[^\x20-\x7e]/g, '?');
  return plain.length < COLUMNS ? plain : `${plain.slice(0, COLUMNS - 4)}...`;
}
