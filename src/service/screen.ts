import type { LoadedArchitecture } from '../domain/firmware.ts';
import { parseInterfaceAddress } from '../domain/ip-address.ts';
import { DEFAULT_NETWORK_SETTINGS, type NetworkSettings } from '../domain/network-settings.ts';
import { ADDRESS_PLACEHOLDER, shortServerLines } from '../master/guard/foreign-server/lines.ts';
import type { SegmentState } from '../master/guard/segment-state.ts';
import { stateWords } from '../master/guard/state-words.ts';
import type { MasterEvent } from '../master/ledger/events.ts';
import { eventLine } from '../master/show/console.ts';
import { consoleScreen, isAllDone, SCREEN_ROWS, type ScreenInput, type ScreenRow } from '../master/show/console-screen.ts';
import type { Consoles } from '../platform/machine/consoles.ts';
import { BELL, closingText, openingText, redrawText } from './live-screen.ts';
import { wrapLines } from './wrap-lines.ts';

/** Seconds matter to nobody here, and a serial line is slow. */
const REDRAW_EVERY_MS = 1000;

/** What the person in the aisle sees on the master: a line for each event, and above them a table of where everybody is. */
export interface Screen {
  say(...lines: string[]): void;
  event(event: MasterEvent): void;
  /** draws the table, and keeps it up to date until the screen is closed; the lines scroll below it from then on */
  watch(look: () => ScreenInput): void;
  close(): Promise<void>;
}

export function openScreen(consoles: Consoles): Screen {
  let timer: NodeJS.Timeout | undefined;
  let shown: readonly ScreenRow[] = [];
  let wasAllDone = false;
  const say = (...lines: string[]): void =>
    consoles.write(lines.map((line) => `${wrapLines(`recon master: ${line}`).join('\n')}\n`).join(''));
  const redraw = (look: () => ScreenInput): void => {
    if (!consoles.isIdle) return;
    const input = look();
    const rows = consoleScreen(input);
    const allDone = isAllDone(input.visit);
    const text = redrawText(rows, shown);
    if (text !== '') consoles.write(`${text}${allDone && !wasAllDone ? BELL.repeat(3) : ''}`);
    [shown, wasAllDone] = [rows, allDone];
  };
  return {
    say,
    event: (event) => {
      const line = eventLine(event);
      if (line !== undefined) say(line);
    },
    watch: (look) => {
      consoles.write(openingText(SCREEN_ROWS));
      redraw(look);
      timer = setInterval(() => redraw(look), REDRAW_EVERY_MS);
    },
    close: async () => {
      clearInterval(timer);
      if (timer !== undefined) consoles.write(closingText());
      await consoles.close();
    },
  };
}

interface SegmentSurroundings {
  network?: NetworkSettings;
  /** the firmware that there is a loader for */
  architectures: readonly LoadedArchitecture[];
}

/** What an interface's state means, for the person; none when there is nothing to tell yet. */
export function segmentLines(
  name: string,
  state: SegmentState,
  { network: { mode, address } = DEFAULT_NETWORK_SETTINGS, architectures }: SegmentSurroundings,
): string[] {
  switch (state.state) {
    case 'probing':
      return [`${name}: listening before serving ...`];
    case 'quiet':
      // where it is served, the master itself says so
      if (mode === 'look-only') return [`${name}: quiet. Not served, because recon.yaml says look-only`];
      return stateWords(name, state)
        .slice(1)
        .slice(-1)
        .map(({ sentence, hint }) => `${name}: ${sentence} ${hint}`);
    case 'refused': {
      const lines = state.reasons.flatMap((reason) => [`${name}: NOT served. ${reason.sentence}`, `${name}: ${reason.hint}`]);
      const hasServer = state.reasons.some(({ code }) => code === 'foreign-dhcp-server');
      const own = parseInterfaceAddress(address ?? '')?.address ?? ADDRESS_PLACEHOLDER;
      return hasServer ? [...lines, ...shortServerLines(own, architectures)] : lines;
    }
    default:
      return stateWords(name, state).map(({ sentence, hint }) => `${sentence} ${hint}`);
  }
}
