import type { Capture, CapturedCommand } from '../domain/capture.ts';
import type { RawFile } from '../domain/record/raw-file.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { decodeText, wholeLines } from '../domain/values/text.ts';
import { FORMATS } from './raw-formats.ts';
import type { Readings } from './readings/readings.ts';
import { readJson } from './values/json-repair.ts';
import { isObject } from './values/json-value.ts';
import { commandFailure } from './values/section.ts';

type RawCapture = Pick<Capture, 'index' | 'output' | 'errorOutput' | 'rawPaths'>;

/** What became of each file of `raw/`: used, empty, refused by its tool, or not understood, with the reason. In the order of their names. */
export function rawFiles(capture: RawCapture, readings: Readings): RawFile[] {
  const { commands, unread = [] } = capture.index;
  const byId = new Map(commands.map((command) => [command.id, command]));
  const byFile = new Map(commands.flatMap((command) => (command.file === undefined ? [] : [[command.file, command]])));
  const left = new Map(unread.map(({ path, reason }) => [path, reason]));
  const read = capture.rawPaths().flatMap((path): RawFile[] => {
    const [, name, ending] = /^raw\/(.+)\.(out|bin|err)$/.exec(path) ?? [];
    const command = byFile.get(path) ?? byId.get(name ?? '');
    const id = command?.id ?? name;
    if (ending === 'err' || left.has(path)) return [];
    if (id === undefined) return [{ path, state: 'not understood', reason: NO_NAME }];
    // of a tool that is not there recon writes an empty file, and the row of its command says so
    if (command?.status === 'absent' && (capture.output(id)?.length ?? 0) === 0) return [];
    return [{ path, ...stateOf(id, command, capture, readings) }];
  });
  const others = [...left].map(([path, reason]): RawFile => ({ path, state: 'not understood', reason }));
  return [...read, ...others].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const NO_NAME = 'no tool of docs/capture.md has files of this name';

type State = Pick<RawFile, 'state' | 'reason'>;

function stateOf(id: string, command: CapturedCommand | undefined, capture: RawCapture, readings: Readings): State {
  const bytes = capture.output(id) ?? Buffer.alloc(0);
  const row = FORMATS.find(([pattern]) => pattern.test(id));
  if (command === undefined) return { state: 'not understood', reason: 'capture.json does not name it' };
  if (row === undefined) return { state: 'not understood', reason: NO_NAME };
  const text = decodeText(bytes);
  if (text.trim() === '') return { state: 'empty', ...definedOnly({ reason: commandFailure(capture, command) }) };
  const json = /^\s*[[{]/.test(text) ? readJson(text) : undefined;
  const refusal = commandFailure(capture, command) ?? refusalIn(text, json?.value);
  const [, format, isUnderstood] = row;
  if (isUnderstood({ id, text, bytes, readings })) {
    const repaired = json === undefined || json.repairs.length === 0 ? undefined : `set right: ${json.repairs.join(', ')}`;
    return { state: 'used', ...definedOnly({ reason: repaired }) };
  }
  if (refusal !== undefined) return { state: 'refused', reason: refusal };
  if ((json !== undefined && !hasValue(json.value)) || NOTHING.test(text))
    return { state: 'empty', reason: 'it says that there is nothing' };
  if (json === undefined && !/^\s*[[{<]/.test(text) && wholeLines(text) === '')
    return { state: 'not understood', reason: `its only line has no end; expected: ${format}` };
  return { state: 'not understood', reason: `expected: ${format}` };
}

/** What a tool prints where there is nothing to list. */
const NOTHING =
  /^\s*(SEL has no entries|no (private flags|devices?|neighbors?|controllers?|volume groups?|sensor)s?\b.*|.*\bno such (file|device)\b.*|EFI variables are not supported.*)\s*$/i;

/** Words of failure in an output that ended well, or whose end nobody knows. */
function refusalIn(text: string, json: unknown): string | undefined {
  const answers = isObject(json) && Array.isArray(json['Controllers']) ? JSON.stringify(json['Controllers']) : '';
  if (/"Status":"Failure"/.test(answers) || /^Status = Failure$/m.test(text)) return 'the tool answered: Failure';
  const messages = /"exit_status":\s*[123]\b/.test(text) ? /"string":\s*"([^"]+)"/.exec(text)?.[1] : undefined;
  const line =
    /^.*\b(permission denied|must be root|requires root|command not found|not permitted|unable to|could not open|open device: .* failed)\b.*$/im.exec(
      text,
    )?.[0];
  return messages ?? line?.trim().slice(0, 200);
}

function hasValue(json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return json !== null;
  return Object.values(json).some(hasValue);
}
