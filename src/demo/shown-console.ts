import type { MasterEvent } from '../master/ledger/events.ts';
import { consoleScreen, type ScreenInput } from '../master/show/console-screen.ts';
import { readConsoleLines } from '../platform/machine/console-lines.ts';
import { openConsoles } from '../platform/machine/consoles.ts';
import { type ConsoleCommands, runConsoleCommand } from '../service/console-commands.ts';
import { openScreen } from '../service/screen.ts';
import type { DemoMaster } from './loopback-master.ts';

/** What the master's own screen shows, on the terminal of who runs the demo. */
export interface DemoConsole {
  event(event: MasterEvent): void;
  say(...lines: string[]): void;
  /** may be called twice */
  close(): Promise<void>;
}

interface DemoConsoleInput {
  demo: DemoMaster;
  isTerminal: boolean;
  print: (text: string) => void;
  /** somebody typed `off` */
  onOff: () => void;
}

/** The terminal that the program was started at, whatever its output goes to. */
const TERMINAL = '/dev/tty';
const PRINT_EVERY_MS = 15_000;

/** On a terminal the table that is always up to date, and the words that may be typed; elsewhere the table as text, now and then. */
export async function openDemoConsole(input: DemoConsoleInput): Promise<DemoConsole> {
  return input.isTerminal ? await onTerminal(input) : asText(input);
}

async function onTerminal({ demo, onOff }: DemoConsoleInput): Promise<DemoConsole> {
  const screen = openScreen(await openConsoles([TERMINAL]));
  screen.watch(() => screenInput(demo));
  const stopReading = readConsoleLines([TERMINAL], (line) => {
    runConsoleCommand(line, wordsOf(demo, onOff)).then(
      (said) => {
        if (said !== undefined) screen.say(said);
      },
      (error: unknown) => screen.say(`${line}: ${String(error)}`),
    );
  });
  let closed: Promise<void> | undefined;
  return {
    event: screen.event,
    say: screen.say,
    close: () => {
      stopReading();
      closed ??= screen.close();
      return closed;
    },
  };
}

function wordsOf({ master }: DemoMaster, onOff: () => void): ConsoleCommands {
  return {
    done: () => master.endDiscovery('somebody typed done'),
    seal: async () => void (await master.seal()),
    lean: async () => void (await master.seal('without-captures')),
    off: async () => onOff(),
    take: async () => ['the records of a demo are in a directory'],
    write: async () => ['the records of a demo are in a directory'],
    look: () => [],
    usual: undefined,
  };
}

function asText({ demo, print }: DemoConsoleInput): DemoConsole {
  const show = (): void => print(`${consoleText(screenInput(demo))}\n`);
  const timer = setInterval(show, PRINT_EVERY_MS);
  let isClosed = false;
  return {
    event: () => {},
    say: () => {},
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      clearInterval(timer);
      show();
    },
  };
}

function screenInput({ master }: DemoMaster): ScreenInput {
  return { visit: master.visit(), nodes: master.nodes(), pin: master.pin, code: master.signingCode };
}

/** The screen without its colours. */
function consoleText(input: ScreenInput): string {
  return consoleScreen(input)
    .map((row) => `${row.map(({ text }) => text).join('')}`.trimEnd())
    .join('\n');
}
