import { isCapturePath } from '../../domain/capture.ts';
import { LEFT_OUT_DRIVER_LIST } from '../../domain/image.ts';
import type { CaptureWriter } from '../../platform/files/capture-files.ts';
import type { RootedFiles } from '../../platform/files/rooted-files.ts';
import { linesOfThisMachine } from './left-out-drivers.ts';
import { withoutSecretArguments } from './secret-arguments.ts';

/** No file that we copy is larger on any machine that we know; a larger one is cut. */
const FILE_CAP_BYTES = 1024 * 1024;
const SIDE_BY_SIDE = 16;

/** What is copied: patterns, `*` for any name in a directory. */
export interface CopyList {
  paths: readonly string[];
  /** links whose target is written down */
  links: readonly string[];
}

export interface CopiedPaths {
  /** paths without a leading slash */
  files: string[];
  links: Record<string, string>;
}

/**
 * Copies the listed files below `fs/` of the capture. A file that is not there or will not be read is left out. Fills `copied`
 * as it goes, so that a caller who stops waiting has what was done.
 */
export async function copyCaptureFiles(files: RootedFiles, writer: CaptureWriter, list: CopyList, copied: CopiedPaths): Promise<void> {
  const links = (await Promise.all(list.links.map((pattern) => expand(files, pattern)))).flat();
  const paths = (await Promise.all(list.paths.map((pattern) => expand(files, pattern)))).flat();
  await sideBySide(links, async (path) => {
    const target = await files.resolve(path);
    if (target !== undefined && target !== path) copied.links[path] = target;
  });
  copied.links = Object.fromEntries(Object.entries(copied.links).sort(([one], [other]) => (one < other ? -1 : 1)));
  await sideBySide([...new Set(paths)], async (path) => {
    const content = isCapturePath(`fs/${path}`) ? await files.read(path, FILE_CAP_BYTES) : undefined;
    if (content === undefined) return;
    await writer.write(`fs/${path}`, await keptOf(path, content, files));
    copied.files.push(path);
  });
}

/** Two files are not copied whole. */
async function keptOf(path: string, content: Buffer, files: RootedFiles): Promise<Uint8Array> {
  if (path === 'proc/cmdline') return withoutSecretArguments(content);
  return path === LEFT_OUT_DRIVER_LIST ? linesOfThisMachine(content, files) : content;
}

/** A file in /sys can hang with its device: the others go on. */
async function sideBySide(paths: readonly string[], work: (path: string) => Promise<void>): Promise<void> {
  const left = paths.values();
  const worker = async (): Promise<void> => {
    for (const path of left) await work(path);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}

/** Paths that a pattern stands for; they need not exist. */
async function expand(files: RootedFiles, pattern: string): Promise<string[]> {
  const [before, ...after] = pattern.split('/*');
  let paths = [before ?? ''];
  for (const rest of after) {
    const found = await Promise.all(paths.map(async (path) => (await files.list(path)).map((name) => `${path}/${name}${rest}`)));
    paths = found.flat();
  }
  return paths;
}
