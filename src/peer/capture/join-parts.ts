import { type CapturedCommand, CaptureIndex } from '../../domain/capture.ts';
import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { createCaptureDirectory, listCaptureFiles, readCaptureFile } from '../../platform/files/capture-files.ts';

const INDEX = 'capture.json';

/**
 * Makes one capture of parts that were taken by different programs, each in a directory of its own; what two of them have is that of the first.
 * `rows` stand behind those of the parts.
 * @throws ReconError `capture-unreadable` when one of them is none; `not-writable` when something lies in the new directory
 */
export async function joinParts(
  into: string,
  directories: readonly string[],
  rows: readonly CapturedCommand[] = [],
): Promise<CaptureIndex> {
  const writer = await createCaptureDirectory(into);
  const whole = { commands: new Map<string, CapturedCommand>(), files: new Set<string>(), links: {}, takenAt: [] as string[] };
  for (const directory of directories) {
    const index = await indexIn(directory);
    const isNew = new Set(index.commands.filter(({ id }) => !whole.commands.has(id)).map(({ id }) => id));
    for (const path of await listCaptureFiles(directory)) {
      const command = /^raw\/([^/]+)\.[a-z]+$/.exec(path)?.[1];
      const isTaken = command === undefined ? whole.files.has(path.slice('fs/'.length)) : !isNew.has(command);
      if (path !== INDEX && !isTaken) await writer.write(path, await readCaptureFile(directory, path));
    }
    for (const command of index.commands) if (isNew.has(command.id)) whole.commands.set(command.id, command);
    for (const path of index.files ?? []) whole.files.add(path);
    if (index.takenAt !== undefined) whole.takenAt.push(index.takenAt);
    whole.links = { ...index.links, ...whole.links };
  }
  const joined: CaptureIndex = {
    captureVersion: 1,
    ...definedOnly({ takenAt: whole.takenAt.toSorted().at(-1) }),
    commands: [...whole.commands.values(), ...rows],
    files: [...whole.files].toSorted(),
    links: whole.links,
  };
  await writer.write(INDEX, `${JSON.stringify(joined, undefined, 2)}\n`);
  return joined;
}

async function indexIn(directory: string): Promise<CaptureIndex> {
  try {
    return CaptureIndex.parse(JSON.parse((await readCaptureFile(directory, INDEX)).toString('utf8')));
  } catch (cause) {
    throw new ReconError('capture-unreadable', `${directory} has no list of what was captured`, { cause });
  }
}
