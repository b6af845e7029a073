import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { DATA_LABEL } from '../../domain/image.ts';
import { copySparse, fileSize, readImageHead, resizeFile } from '../../platform/machine/disk-image-file.ts';
import { dataPartitionEntry, type Partition } from '../../platform/machine/partition-table.ts';
import { run, runOk } from '../../platform/process/command.ts';

/** A USB stick as a file. */
export interface Stick {
  path: string;
  isoPath: string;
  data: Partition;
}

/** Real sticks are bigger than the image written to them. */
const SPARE_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 120_000;

/** Writes the ISO to a stick that is so much bigger. The usual 64 MiB are too little for RECONDATA to grow. */
export async function writeStick(isoPath: string, path: string, spareBytes = SPARE_BYTES): Promise<Stick> {
  await copySparse(isoPath, path);
  await resizeFile(path, (await fileSize(isoPath)) + spareBytes);
  return readStick({ path, isoPath });
}

/** The stick with its data partition where it is now. */
export async function readStick({ path, isoPath }: Pick<Stick, 'path' | 'isoPath'>): Promise<Stick> {
  return { path, isoPath, data: dataPartitionEntry(await readImageHead(path, 512)) };
}

/** Names in the root directory of RECONDATA. */
export async function listDataFiles(stick: Stick): Promise<string[]> {
  const text = await runOk(['mdir', '-b', '-i', image(stick), '::/'], { timeoutMs: TIMEOUT_MS, environment: { MTOOLS_SKIP_CHECK: '1' } });
  return text
    .split('\n')
    .map((line) => line.trim().replace(/^::\//, ''))
    .filter((name) => name !== '');
}

/** Puts a file into RECONDATA, into a folder if its name has one; one that is there is replaced. */
export async function putDataFile(stick: Stick, path: string, name: string): Promise<void> {
  const environment = { MTOOLS_SKIP_CHECK: '1' };
  const folder = name.split('/').slice(0, -1).join('/');
  if (
    folder !== '' &&
    (await run(['mdir', '-b', '-i', image(stick), `::/${folder}`], { timeoutMs: TIMEOUT_MS, environment })).status !== 'ok'
  )
    await runOk(['mmd', '-i', image(stick), `::/${folder}`], { timeoutMs: TIMEOUT_MS, environment });
  await runOk(['mcopy', '-o', '-i', image(stick), path, `::/${name}`], { timeoutMs: TIMEOUT_MS, environment });
}

/** Copies the one tarball in RECONDATA's root out of the stick, as somebody's laptop would. @throws ReconError `lab-failed` */
export async function takeTarball(stick: Stick, directory: string): Promise<string> {
  const files = await listDataFiles(stick);
  const tarballs = files.filter((name) => /^recon-.*\.tar\.gz(\.age)?$/.test(name));
  const [name] = tarballs;
  if (name === undefined || tarballs.length > 1) {
    throw new ReconError('lab-failed', `${DATA_LABEL} should hold one recon-….tar.gz and holds: ${files.join(', ') || 'nothing'}`);
  }
  const path = join(directory, name);
  await runOk(['mcopy', '-n', '-i', image(stick), `::/${name}`, path], { timeoutMs: TIMEOUT_MS, environment: { MTOOLS_SKIP_CHECK: '1' } });
  return path;
}

/** What fsck.fat finds wrong in RECONDATA; undefined when it is clean. */
export async function checkDataFileSystem(stick: Stick, directory: string): Promise<string | undefined> {
  const result = await run(['fsck.vfat', '-n', await copyData(stick, directory)], { timeoutMs: TIMEOUT_MS });
  return result.status === 'ok' ? undefined : result.stdout.toString('utf8').trim();
}

/** Which of the words can be read in RECONDATA, in files or in what was removed, as whoever found the stick would look for them. */
export async function wordsInData(stick: Stick, words: readonly string[], directory: string): Promise<string[]> {
  const path = await copyData(stick, directory);
  const [first = '', ...others] = words.flatMap((word) => ['-e', word]);
  const found = await run(['grep', '--text', '--only-matching', '--fixed-strings', first, ...others, path], { timeoutMs: TIMEOUT_MS });
  return [...new Set(found.stdout.toString('utf8').split('\n'))].filter((word) => word !== '');
}

async function copyData(stick: Stick, directory: string): Promise<string> {
  const path = join(directory, 'recondata.img');
  const blockBytes = 512;
  await runOk(
    [
      'dd',
      `if=${stick.path}`,
      `of=${path}`,
      `bs=${blockBytes}`,
      `skip=${stick.data.startBytes / blockBytes}`,
      `count=${stick.data.sizeBytes / blockBytes}`,
      'conv=sparse',
      'status=none',
    ],
    { timeoutMs: TIMEOUT_MS },
  );
  return path;
}

function image(stick: Stick): string {
  return `${stick.path}@@${stick.data.startBytes}`;
}
