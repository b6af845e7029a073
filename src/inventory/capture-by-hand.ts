import type { CapturedCommand, CaptureIndex } from '../domain/capture.ts';
import { outputId } from './output-id.ts';

const INDEX = 'capture.json';

/** Something of the directory that cannot be read, and why. */
export type UnreadPath = NonNullable<CaptureIndex['unread']>[number];

/**
 * The files of a capture directory, with what a person need not write: an output that capture.json does not name counts as a command that ended well, whatever
 * the ending of its name, and as whole without a last line end; without capture.json, so do all. As they are where there is neither an output nor a copied file:
 * any other directory is a mistake of who named it.
 * @param unread what of the directory was not read
 */
export function withIndexByHand(files: ReadonlyMap<string, Buffer>, unread: readonly UnreadPath[] = []): ReadonlyMap<string, Buffer> {
  const given = readGiven(files.get(INDEX));
  const paths = [...files.keys()];
  if (given === undefined || ![...paths, ...unread.map(({ path }) => path)].some((path) => /^(raw|fs)\//.test(path))) return files;
  const commands = given.commands ?? [];
  const named = new Set(commands.flatMap(({ id, file }) => placesOf(id, file)));
  const byHand = new Set(paths.filter((path) => path.startsWith('raw/') && !named.has(path) && !path.endsWith('.err')));
  const whole = new Map([...files].map(([path, bytes]): [string, Buffer] => [path, byHand.has(path) ? wholeText(bytes) : bytes]));
  const missing = new Set(commands.filter(({ id, file }) => !placesOf(id, file).some((path) => files.has(path))).map(({ id }) => id));
  const found = namedByHand(whole, byHand, { commands, missing });
  for (const [path, from] of found.copies) {
    if (!whole.has(`fs/${path}`)) whole.set(`fs/${path}`, whole.get(from) ?? Buffer.alloc(0));
    whole.delete(from);
  }
  const outside = paths.filter((path) => !/^(raw|fs)\/|^capture\.json$/.test(path)).map((path) => ({ path, reason: OUTSIDE }));
  const left = [...unread, ...found.unread, ...outside];
  const copied = [...whole.keys()].filter((path) => path.startsWith('fs/')).map((path) => path.slice('fs/'.length));
  const index = { captureVersion: 1, files: copied, ...given, commands: found.commands, ...(left.length === 0 ? {} : { unread: left }) };
  return whole.set(INDEX, Buffer.from(JSON.stringify(index)));
}

function placesOf(id: string, file: string | undefined): string[] {
  return file === undefined ? [`raw/${id}.out`, `raw/${id}.bin`] : [file];
}

const OUTSIDE = 'it lies beside raw/ and fs/, where nothing is read';

/** What the files of `raw/` are that no command of capture.json names. */
interface Named {
  /** those of capture.json, and behind them the others in the order of their ids */
  commands: CapturedCommand[];
  /** path below fs/ → file of raw/ that is its copy */
  copies: Map<string, string>;
  unread: UnreadPath[];
}

/** Of two files with one name the one counts that ends as recon's do. A file whose name says no tool is a command all the same, so that it is told. */
function namedByHand(
  files: ReadonlyMap<string, Buffer>,
  paths: ReadonlySet<string>,
  given: { commands: readonly CapturedCommand[]; missing: ReadonlySet<string> },
): Named {
  const ofIndex = new Map(given.commands.map((command) => [command.id, command]));
  const byHand = new Map<string, CapturedCommand>();
  const named: Named = { commands: [], copies: new Map(), unread: [] };
  for (const path of [...paths].sort((a, b) => Number(isPlain(b)) - Number(isPlain(a)))) {
    const name = outputId(path, files.get(path)) ?? { id: path.replace(/^raw\/|\.(out|bin)$/g, '') };
    if ('file' in name) {
      named.copies.set(name.file, path);
      continue;
    }
    const { id } = name;
    const ownPlace = isPlain(path) && path.replace(/\.(out|bin)$/, '') === `raw/${id}`;
    const command = {
      ...(ofIndex.get(id) ?? { id, argv: [id], status: 'ok' as const, durationMs: 0 }),
      ...(ownPlace ? {} : { file: path }),
    };
    const other = byHand.get(id);
    if (other === undefined && (!ofIndex.has(id) || given.missing.has(id))) byHand.set(id, command);
    // the text and the binary table of one command
    else if (!(ownPlace && other?.file === undefined))
      named.unread.push({ path, reason: `${other?.file ?? `raw/${id}.out`} is the output of the same command` });
  }
  const others = [...byHand.values()].filter(({ id }) => !ofIndex.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
  named.commands = [...given.commands.map((command) => byHand.get(command.id) ?? command), ...others];
  return named;
}

/** With the ending that recon gives. */
function isPlain(path: string): boolean {
  return /^raw\/[^/]+\.(out|bin)$/.test(path);
}

/** Undefined of a text that is none. */
function readGiven(bytes: Buffer | undefined): Partial<CaptureIndex> | undefined {
  if (bytes === undefined) return {};
  try {
    const index: unknown = JSON.parse(bytes.toString('utf8'));
    const isObject = typeof index === 'object' && index !== null;
    return isObject && (!('commands' in index) || Array.isArray(index.commands)) ? index : undefined;
  } catch {
    return undefined;
  }
}

/** Who copies a text by hand may lose its last line end, and Windows saves UTF-16; recon's own outputs without a line end were cut off. */
function wholeText(bytes: Buffer): Buffer {
  const [first, second] = bytes;
  const order = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
  const text = order === undefined ? bytes : Buffer.from(new TextDecoder(order).decode(bytes));
  return text.length === 0 || text.at(-1) === 0x0a || text.includes(0) ? text : Buffer.concat([text, Buffer.from('\n')]);
}
