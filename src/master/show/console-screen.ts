import type { NodeSummary } from '../../domain/api.ts';
import { lastSeenMs, type Phase, phaseOf } from '../../domain/phase.ts';
import type { Stage } from '../../domain/stages.ts';
import { isTimePossible } from '../../domain/visit/possible-time.ts';
import { earlierWords } from '../../domain/visit/words-of-visits.ts';
import type { SegmentView, VisitSummary } from '../../domain/web-api.ts';

/** Rows that the table takes; the lines of events scroll below it, down to row 24. */
export const SCREEN_ROWS = 17;
const COLUMNS = 79;
const TABLE_ROWS = 8;

export type Colour = 'plain' | 'title' | 'green' | 'yellow' | 'red' | 'dim';

/** A row of the screen: pieces of printable ASCII, at most 79 columns together. */
export type ScreenRow = { text: string; colour: Colour }[];

export interface ScreenInput {
  visit: VisitSummary;
  nodes: readonly NodeSummary[];
  /** shown here and nowhere else */
  pin: string | undefined;
  /** of the key that signs the tarballs: to be written down at any time */
  code?: string;
}

/** What a person without a network sees, as rows for 80x24: who is done, who is stuck and why, and what to type. Pure. */
export function consoleScreen({ visit, nodes, pin, code }: ScreenInput): ScreenRow[] {
  const nowMs = Date.parse(visit.now);
  const rows = [
    titleRow(visit, code),
    ...networkRows(visit.segments),
    pageRow(visit, pin),
    countsRow(visit, nodes),
    progressRow(visit),
    ...(isAllDone(visit) ? allDoneRows(visit) : machineRows(nodes, nowMs, earlierRows(visit))),
    storageRow(visit),
    [piece(`Type and press Enter: ${typedWords(visit.segments)}`, 'dim')],
  ];
  return rows.slice(0, SCREEN_ROWS).map(cut);
}

/** Everything that was seen, or that was expected, has its record; without a list the network must have been quiet too. */
export function isAllDone({ counts, expected, tarball, storageTrouble }: VisitSummary): boolean {
  if (storageTrouble !== undefined && storageTrouble.state !== 'nearly-full') return false;
  if (counts.total < 2 || counts.done < counts.total) return false;
  return expected === undefined ? tarball?.isCurrent === true : expected.missingCount === 0;
}

function titleRow({ version, site, visit, now }: VisitSummary, code: string | undefined): ScreenRow {
  const number = visit === undefined || visit.number === 1 ? '' : `   visit ${visit.number}`;
  const left = ` RECON ${version}${number}${site === undefined ? '' : `   ${site}`}`;
  const time = isTimePossible({ at: now, visit }) ? `${now.slice(0, 10)} ${now.slice(11, 16)} UTC` : 'CLOCK NOT SET';
  const right = `${code === undefined ? '' : `code ${code}   `}${time} `;
  return [piece(`${left.slice(0, COLUMNS - right.length - 1).padEnd(COLUMNS - right.length)}${right}`, 'title')];
}

function typedWords(segments: readonly SegmentView[]): string {
  const isSilentSomewhere = segments.some(({ state }) => state === 'refused');
  return isSilentSomewhere ? 'look (at silent networks again), done, seal, off' : 'done (no new machines), seal (tarball), off (end)';
}

/** Three rows: what is served, and what is not and why. */
function networkRows(segments: readonly SegmentView[]): ScreenRow[] {
  const named = (...states: SegmentView['state'][]): SegmentView[] => segments.filter(({ state }) => states.includes(state));
  const names = (those: readonly SegmentView[]): string => those.map((one) => one.interface).join(', ');
  const [serving, waiting, refused, off] = [named('serving'), named('probing', 'quiet'), named('refused'), named('no-link')];
  const first =
    serving.length > 0
      ? piece(`Serving ${serving.map((one) => `${one.interface} ${one.address ?? ''}`).join(', ')}`, 'green')
      : waiting.length > 0
        ? piece(`Listening on ${names(waiting)} before serving ...`, 'yellow')
        : piece('Serving nothing: no network here is quiet', 'red');
  const silent = refused.map((one) => one.sentence ?? `${one.interface} is not served.`).join(' ');
  const noted = serving.flatMap((one) => one.sentence ?? []).join(' ');
  if (silent === '' && noted !== '') return [[first], ...inTwoRows(noted, 'yellow')];
  if (silent === '') return [[first], [piece(off.length === 0 ? '' : `No cable: ${names(off)}`, 'dim')], [piece('', 'plain')]];
  return [[first], ...inTwoRows(`NOT served: ${silent}`, 'red')];
}

function inTwoRows(text: string, colour: Colour): ScreenRow[] {
  const end = text.length <= COLUMNS ? COLUMNS : text.lastIndexOf(' ', COLUMNS);
  return [[piece(text.slice(0, end), colour)], [piece(`  ${text.slice(end).trim()}`, colour)]];
}

function pageRow({ segments }: VisitSummary, pin: string | undefined): ScreenRow {
  const { address, guest } = segments.find(({ state }) => state === 'serving') ?? {};
  if (address === undefined) return [piece('', 'plain')];
  return [
    piece(`Page http://${address}/`, 'plain'),
    piece(pin === undefined ? '' : `   PIN ${pin}`, 'yellow'),
    piece(guest === undefined ? '' : `   (give your laptop ${guest})`, 'dim'),
  ];
}

function countsRow({ counts, expected }: VisitSummary, nodes: readonly NodeSummary[]): ScreenRow {
  const of = expected === undefined ? '' : ` of ${expected.expectedCount}`;
  const critical = nodes.reduce((sum, { findings }) => sum + (findings?.critical ?? 0), 0);
  return [
    piece(`Done ${counts.done}${of}`, 'green'),
    piece(`   inventorying ${counts.inventorying}   loading ${counts.loading}   found ${counts.found}   `, 'plain'),
    piece(`STUCK ${counts.stuck}`, counts.stuck === 0 ? 'dim' : 'red'),
    piece(critical === 0 ? '' : `   ${critical} critical`, 'red'),
  ];
}

const BAR_COLUMNS = 32;

function progressRow({ counts, expected, machinesPerMinute, remainingSeconds }: VisitSummary): ScreenRow {
  const whole = Math.max(expected?.expectedCount ?? 0, counts.total, 1);
  const done = Math.floor((Math.min(counts.done, whole) / whole) * BAR_COLUMNS);
  const percent = Math.floor((Math.min(counts.done, whole) / whole) * 100);
  const left = remainingSeconds === undefined ? '' : `, about ${Math.max(1, Math.round(remainingSeconds / 60))} min left`;
  return [
    piece('[', 'plain'),
    piece('#'.repeat(done), 'green'),
    piece('-'.repeat(BAR_COLUMNS - done), 'dim'),
    piece(`] ${percent} %`, 'plain'),
    piece(machinesPerMinute === undefined ? '' : `   ${machinesPerMinute.toFixed(1)} per minute${left}`, 'dim'),
  ];
}

const URGENCY: Readonly<Record<Phase, number>> = { stuck: 0, inventorying: 1, loading: 2, found: 3, done: 4 };
const COLOURS: Readonly<Record<Phase, Colour>> = { stuck: 'red', inventorying: 'yellow', loading: 'yellow', found: 'plain', done: 'green' };

/** Who needs a person comes first, with the reason below; then who is on the way, then who was done last. */
function machineRows(nodes: readonly NodeSummary[], nowMs: number, below: readonly ScreenRow[]): ScreenRow[] {
  const most = TABLE_ROWS - below.length;
  const ranked = nodes
    .map((node) => ({ node, phase: phaseOf(node, nowMs), seenMs: lastSeenMs(node) }))
    .sort((a, b) => URGENCY[a.phase] - URGENCY[b.phase] || b.seenMs - a.seenMs);
  const rows: ScreenRow[] = [];
  let shown = 0;
  for (const { node, phase, seenMs } of ranked) {
    const block = machineBlock(node, phase, seenMs === 0 ? undefined : nowMs - seenMs);
    const isLast = shown === ranked.length - 1;
    if (rows.length + block.length > (isLast ? most : most - 1)) break;
    rows.push(...block);
    shown += 1;
  }
  if (shown < ranked.length) rows.push([piece(`... and ${ranked.length - shown} more: see the page`, 'dim')]);
  return [...rows, ...Array.from({ length: most - rows.length }, () => [piece('', 'plain')]), ...below];
}

/** What lies on the stick and is nobody's record now: whoever knows it from another day must not look for it among the machines. */
function earlierRows({ earlier = [] }: VisitSummary): ScreenRow[] {
  return earlier.length === 0 ? [] : [[piece(`Earlier on this stick, not counted: ${earlierWords(earlier)}`, 'dim')]];
}

function machineBlock(node: NodeSummary, phase: Phase, agoMs: number | undefined): ScreenRow[] {
  const name = (node.serial ?? node.product ?? node.address ?? '').slice(0, 14);
  const ago = agoMs === undefined ? '' : `${Math.max(0, Math.floor(agoMs / 60_000))} min`;
  const head: ScreenRow = [
    piece(`${node.mac} ${name.padEnd(14)} `, 'plain'),
    piece(`${phase === 'stuck' ? 'STUCK' : phase}`.padEnd(12), COLOURS[phase]),
    piece(`${ago.padStart(7)}  `, 'dim'),
  ];
  if (phase !== 'stuck') return [[...head, piece(wordsOf(node, phase), 'plain')]];
  return [head, [piece(`  ${node.verdict?.sentence ?? 'it says nothing any more'}`, 'red')]];
}

/** What a machine is at, in the few columns that are left. */
const SHORT_WORDS: Partial<Record<Stage, string>> = {
  ack: 'has an address',
  loader: 'boot loader',
  script: 'boot script',
  kernel: 'kernel',
  initrd: 'initrd',
  'root-image': 'root image',
  agent: 'is up',
  collect: 'looks at its hardware',
  upload: 'sends its record',
};

/** Of machines that a pool on the stick gave another system. */
const POOL_WORDS: Partial<Record<Stage, string>> = { handover: 'boots what the pool says', up: 'runs what the pool says' };

function wordsOf(node: NodeSummary, phase: Phase): string {
  if (node.isMaster && phase === 'done') return 'this machine';
  const { bytes, totalBytes } = node;
  const percent = bytes === undefined || totalBytes === undefined || totalBytes === 0 ? '' : ` ${Math.floor((bytes / totalBytes) * 100)} %`;
  const circled = node.findings?.critical ? `, ${node.findings.critical} critical` : '';
  if (POOL_WORDS[node.stage] !== undefined && !node.hasReceipt) return POOL_WORDS[node.stage] ?? '';
  if (phase === 'done' && node.stage === 'own-disk') return `stored, sent to its own disk${circled}`;
  return `${phase === 'done' ? `stored${circled}` : (SHORT_WORDS[node.stage] ?? 'asks for an address')}${percent}`;
}

/** Letters that are read from the other end of the aisle; 7 columns wide. */
const LARGE = [
  '   ###   ##      ##          ######    #####   ##   ##  ####### ',
  '  ## ##  ##      ##          ##   ##  ##   ##  ###  ##  ##      ',
  ' ##   ## ##      ##          ##   ##  ##   ##  #### ##  #####   ',
  ' ####### ##      ##          ##   ##  ##   ##  ## ####  ##      ',
  ' ##   ## ####### #######     ######    #####   ##  ###  ####### ',
];

function allDoneRows(visit: VisitSummary): ScreenRow[] {
  const [first = [piece('', 'plain')]] = earlierRows(visit);
  return [
    first,
    ...LARGE.map((line): ScreenRow => [piece(`       ${line}`, 'green')]),
    [piece('', 'plain')],
    [piece(`       All ${visit.counts.total} machines have their record. Type off and press Enter to end.`, 'green')],
  ];
}

/** What keeps records from the stick stands here as long as it is so. */
function storageRow({ storage, storageTrouble, tarball, segments }: VisitSummary): ScreenRow {
  if (storageTrouble?.state === 'no-room-for-tarball')
    return [piece('NO ROOM for the tarball: type lean and press Enter for one without raw captures', 'red')];
  if (storageTrouble !== undefined) {
    const colour = storageTrouble.state === 'nearly-full' ? 'yellow' : 'red';
    return [piece(`${storageTrouble.sentence} ${storageTrouble.hint.split(/(?<=[.?]) /)[0] ?? ''}`, colour)];
  }
  const host = segments.find(({ state }) => state === 'serving')?.address ?? '127.0.0.1';
  if (storage === 'ram')
    return [piece(`RECORDS ARE IN RAM ONLY: before power-off fetch http://${host}/export/${tarball?.name ?? ''}`, 'red')];
  if (tarball?.isCurrent !== true)
    return [piece('The tarball is not up to date: it is made when all is quiet, and at power-off', 'yellow')];
  return [
    piece(
      `${tarball.name}: ${tarball.machines} machines${tarball.isWithoutCaptures === true ? ', no raw captures' : ''}. Pull the stick once this is off`,
      'green',
    ),
  ];
}

/** Anything but printable ASCII would let a machine's own strings draw on our screen. */
function piece(text: string, colour: Colour): ScreenRow[number] {
  return { text: text.replaceAll(/[^\x20-\x7e]/g, '?'), colour };
}

function cut(row: ScreenRow): ScreenRow {
  let room = COLUMNS;
  return row.map(({ text, colour }) => {
    const fitting = text.length <= room ? text : `${text.slice(0, Math.max(0, room - 3))}${'...'.slice(0, room)}`;
    room -= fitting.length;
    return { text: fitting, colour };
  });
}
