import { type Capture, CaptureIndex } from '../domain/capture.ts';
import { ReconError } from '../domain/errors.ts';
import { messageOf } from '../domain/values/message-of.ts';

/**
 * A capture from the files of its directory, by their paths there (`capture.json`, `raw/dmidecode.out`, `fs/proc/meminfo`).
 * @throws ReconError `capture-unreadable` without a sound capture.json
 */
export function captureFromFiles(files: ReadonlyMap<string, Buffer>): Capture {
  const index = readIndex(files.get('capture.json'));
  const directories = directoriesOf(files.keys());
  const elsewhere = new Map(index.commands.flatMap(({ id, file }): [string, string][] => (file === undefined ? [] : [[id, file]])));
  return {
    index,
    output: (id) => files.get(elsewhere.get(id) ?? '') ?? outputOf(files, id),
    errorOutput: (id) => files.get(`raw/${id}.err`),
    rawPaths: () => [...files.keys()].filter((path) => path.startsWith('raw/')).sort(),
    file: (path) => files.get(`fs/${path}`),
    list: (path) => [...(directories.get(`fs/${path}`) ?? [])].sort(),
  };
}

/** A binary table has its own ending; next to it a tool may have printed nothing at all. */
function outputOf(files: ReadonlyMap<string, Buffer>, id: string): Buffer | undefined {
  const printed = files.get(`raw/${id}.out`);
  return printed === undefined || printed.length === 0 ? (files.get(`raw/${id}.bin`) ?? printed) : printed;
}

function readIndex(bytes: Buffer | undefined): CaptureIndex {
  if (bytes === undefined) {
    throw new ReconError('capture-unreadable', 'no capture.json: this is not a capture directory', { hint: 'recon capture DIR makes one' });
  }
  try {
    return CaptureIndex.parse(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw new ReconError('capture-unreadable', `capture.json cannot be read: ${messageOf(cause)}`, { cause });
  }
}

function directoriesOf(paths: Iterable<string>): Map<string, Set<string>> {
  const directories = new Map<string, Set<string>>();
  for (const path of paths) {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth++) {
      const parent = parts.slice(0, depth).join('/');
      const names = directories.get(parent) ?? new Set<string>();
      directories.set(parent, names.add(parts[depth] ?? ''));
    }
  }
  return directories;
}
