import type { LedgerEvent } from '../../domain/ledger.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { ConsoleLine } from '../machine/console-text.ts';

/** The stages of a peer's time from its first DISCOVER to its receipt, each by what ends it. */
export const TIMED_STAGES = [
  'lease',
  'loader and script',
  'kernel and initrd fetched',
  'kernel starts',
  'initrd asks for an address',
  'initrd has its lease',
  'initrd is up',
  'root image fetched',
  'root is changed',
  'live system asks for an address',
  'live system has its lease',
  'peer runs',
  'capture begins',
  'all but LLDP is captured',
  'capture ends',
  'receipt',
] as const;
export type TimedStage = (typeof TIMED_STAGES)[number];

/** What one peer took for each stage that left a mark; a stage without one is part of the next that has one. */
export interface StageTimes {
  name: string;
  seconds: Partial<Record<TimedStage, number>>;
  totalSeconds: number;
}

export interface TimedPeer {
  name: string;
  /** of this machine alone, in their order */
  ledger: readonly LedgerEvent[];
  console: readonly ConsoleLine[];
  /** the master's clock minus the host's */
  clockOffsetMs: number;
}

/** Where a peer's time went, by the ledger and, where only the machine says it, by its console. Undefined without a DISCOVER or without a receipt. Pure. */
export function stageTimes({ name, ledger, console, clockOffsetMs }: TimedPeer): StageTimes | undefined {
  const marks = marksOf(ledger, console, clockOffsetMs);
  const { discover, receipt } = marks;
  if (discover === undefined || receipt === undefined) return undefined;
  const seconds: StageTimes['seconds'] = {};
  let beforeMs = discover;
  for (const stage of TIMED_STAGES) {
    const atMs = marks[stage];
    // clocks are compared by whole seconds: what seems to come before its turn took no time, and behind the receipt comes nothing
    if (atMs === undefined) continue;
    const endMs = Math.min(Math.max(atMs, beforeMs), receipt);
    seconds[stage] = (endMs - beforeMs) / 1000;
    beforeMs = endMs;
  }
  return { name, seconds, totalSeconds: (receipt - discover) / 1000 };
}

type Marks = Partial<Record<TimedStage | 'discover', number>>;

function marksOf(ledger: readonly LedgerEvent[], console: readonly ConsoleLine[], clockOffsetMs: number): Marks {
  const after = (fromMs: number | undefined, fits: (event: LedgerEvent) => boolean): number | undefined => {
    const found = ledger.find((event) => Date.parse(event.at) >= (fromMs ?? Number.POSITIVE_INFINITY) && fits(event));
    return found === undefined ? undefined : Date.parse(found.at);
  };
  const said = (pattern: RegExp): number | undefined => {
    const line = console.find(({ text }) => pattern.test(text));
    return line === undefined ? undefined : line.atMs + clockOffsetMs;
  };
  const discover = after(0, ({ stage }) => stage === 'discover' || stage === 'request');
  const script = after(discover, ({ stage }) => stage === 'script');
  const fetched = lastOf([after(script, isWhole('kernel')), after(script, isWhole('initrd'))]);
  const initrdAsks = after(fetched, isAsking);
  const root = after(fetched, isWhole('root-image'));
  const liveAsks = after(root, isAsking);
  const collect = after(discover, ({ stage }) => stage === 'collect');
  const upload = after(collect, ({ stage }) => stage === 'upload');
  return definedOnly<Marks>({
    discover,
    lease: after(discover, ({ stage }) => stage === 'ack'),
    'loader and script': script,
    'kernel and initrd fetched': fetched,
    'kernel starts': said(/Linux version \d/),
    'initrd asks for an address': initrdAsks,
    'initrd has its lease': after(initrdAsks, ({ stage }) => stage === 'ack'),
    'initrd is up': after(fetched, ({ stage, detail }) => stage === 'root-image' && detail === 'initrd is up'),
    'root image fetched': root,
    'root is changed': said(/recon: going over to the root image/),
    'live system asks for an address': liveAsks,
    'live system has its lease': after(liveAsks, ({ stage }) => stage === 'ack'),
    'peer runs': said(/^recon peer: /),
    'capture begins': collect,
    'all but LLDP is captured': upload === undefined ? undefined : lastBeforeLldp(ledger, upload),
    'capture ends': upload,
    receipt: after(discover, ({ stage }) => stage === 'receipt'),
  });
}

const isWhole =
  (wanted: LedgerEvent['stage']) =>
  ({ stage, bytes, totalBytes }: LedgerEvent): boolean =>
    stage === wanted && bytes !== undefined && bytes === totalBytes;

/** A lease that is known is asked for without a DISCOVER (RFC 2131, section 4.4.2). */
const isAsking = ({ stage }: LedgerEvent): boolean => stage === 'discover' || stage === 'request';

/** The report of the last command before lldpctl; undefined when something else came last. */
function lastBeforeLldp(ledger: readonly LedgerEvent[], uploadMs: number): number | undefined {
  const reports = ledger.filter(({ stage, detail, at }) => stage === 'collect' && detail !== undefined && Date.parse(at) <= uploadMs);
  const last = reports.at(-1);
  const before = reports.at(-2);
  return last?.detail?.startsWith('lldpctl') === true && before !== undefined ? Date.parse(before.at) : undefined;
}

function lastOf(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
