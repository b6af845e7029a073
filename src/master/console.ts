import type { NodeSummary } from '../domain/api.ts';
import type { LedgerEvent } from '../domain/ledger.ts';
import type { Segment } from '../domain/network.ts';
import type { Stage } from '../domain/stages.ts';
import type { MasterEvent } from './events.ts';
import type { SealedTarball } from './tarball.ts';

/** Width of a text console and of a serial terminal, in columns. */
const COLUMNS = 80;

/** What each step means to somebody in the aisle. DHCP's inner steps are left to the ledger. */
const STEP_WORDS: Partial<Record<Stage, string>> = {
  ack: 'has an address',
  loader: 'loads the boot loader',
  script: 'got its boot script',
  kernel: 'loads the kernel',
  initrd: 'loads the initrd',
  'root-image': 'loads the root image',
  agent: 'is up',
  collect: 'looks at its hardware',
  upload: 'sends its record',
  receipt: 'is DONE: its record is stored',
  'power-off': 'powers off',
};

/** One line for an event, at most 80 columns; undefined for events that say nothing to a person. */
export function eventLine(event: MasterEvent): string | undefined {
  switch (event.kind) {
    case 'ledger':
      return ledgerLine(event.event);
    case 'serving':
      return cut(`serving ${event.segments.map((segment) => `${segment.interface} (${segment.address})`).join(', ')}`);
    case 'not-serving':
      return cut(`NOT serving ${event.interface}: ${event.reason}`);
    case 'stranger':
      return cut(`${event.mac} on ${event.interface} wants no network boot: not answered`);
    case 'fault':
      return cut(`FAULT in ${event.part}: ${event.reason}`);
    case 'sealed':
      return cut(`sealed ${event.tarball.name}: ${event.tarball.machines} machines`);
    case 'seal-failed':
      return cut(`NOT sealed: ${event.reason}`);
  }
}

export interface ConsoleStatus {
  nodes: readonly NodeSummary[];
  segments: readonly Segment[];
  storage: 'stick' | 'ram';
  sealed: SealedTarball | undefined;
  /** the live system still reads from the stick */
  stickInUse: boolean;
}

/** The block that sums up where everybody is: plain text, 80 columns, ends with a newline. */
export function statusBlock(status: ConsoleStatus): string {
  const { nodes, segments } = status;
  const peers = nodes.filter((node) => !node.isMaster);
  const done = nodes.filter((node) => node.hasReceipt);
  const underWay = peers.filter((node) => !node.hasReceipt);
  const serving =
    segments.length === 0
      ? ['Serving: nothing. No network interface is quiet.']
      : segments.map((one) => `Serving: ${one.interface}, ${one.address}`);
  const waiting = underWay.map((node) => `  ${node.mac}  ${STEP_WORDS[node.stage] ?? 'asks for an address'}`);
  return [
    '='.repeat(COLUMNS - 1),
    ...serving,
    `Machines: ${nodes.length} seen, ${done.length} done, ${underWay.length} on the way${nodes.some((node) => node.isMaster) ? ' (with this one)' : ''}`,
    ...waiting.slice(0, 12),
    ...(waiting.length > 12 ? [`  and ${waiting.length - 12} more`] : []),
    ...storageLines(status),
    '='.repeat(COLUMNS - 1),
    '',
  ]
    .map(cut)
    .join('\n');
}

function storageLines({ storage, sealed, stickInUse, segments }: ConsoleStatus): string[] {
  const host = segments[0]?.address ?? '127.0.0.1';
  if (storage === 'ram') {
    return [
      'No data partition: the records are in RAM and end with this machine.',
      `Before power-off fetch http://${host}/export/${sealed?.name ?? ''}`,
    ];
  }
  if (sealed === undefined) return ['The tarball is not up to date yet. It is made after 2 quiet minutes.'];
  return [
    `On the stick: ${sealed.name} (${sealed.machines} machines)`,
    `SAFE TO PULL THE STICK ${stickInUse ? 'once this machine is off' : 'now'}.`,
  ];
}

function ledgerLine({ mac, stage, bytes, totalBytes, detail, address }: LedgerEvent): string | undefined {
  const words = STEP_WORDS[stage];
  if (words === undefined) return undefined;
  const percent = bytes === undefined || totalBytes === undefined || totalBytes === 0 ? '' : ` ${Math.floor((bytes / totalBytes) * 100)} %`;
  const rest = stage === 'ack' ? address : detail;
  return cut(`${mac} ${words}${percent}${rest === undefined || rest === '' ? '' : ` (${rest})`}`);
}

/** Anything but printable ASCII would let a machine's own strings draw on our screen. */
function cut(line: string): string {
  const plain = line.replaceAll(/[^\x20-\x7e]/g, '?');
  return plain.length < COLUMNS ? plain : `${plain.slice(0, COLUMNS - 4)}...`;
}
