import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { makeDirectory } from '../../../platform/files/directories.ts';
import { writeAtomic } from '../../../platform/files/files.ts';
import { commandError, run } from '../../../platform/process/command.ts';
import { BEFORE_ROOT, FOLDER, REPORT_SCRIPT, UNIT } from './report-script.ts';

/** What a run does to the system beside reporting. */
export interface GuestChanges {
  /** lines of shell in the initrd, last before the live system begins; its root is at $NEWROOT */
  inInitrd: readonly string[];
  /** lines of shell in the live system, before the product begins */
  inRoot: readonly string[];
  /** files that are put over those of the initrd, by their path without a leading slash */
  initrdFiles: Readonly<Record<string, string>>;
  /** directory trees whose content lies in the guest below /recon-matrix, by their name there */
  trees: Readonly<Record<string, string>>;
}

export const NO_CHANGES: GuestChanges = { inInitrd: [], inRoot: [], initrdFiles: {}, trees: {} };

/** Writes an initrd into `directory`: the image's own, and behind it an archive with our unit and the changes. Nothing of the image is built anew. */
export async function writeMatrixInitrd(initrdPath: string, changes: GuestChanges, directory: string): Promise<string> {
  const tree = join(directory, 'tree');
  const { inInitrd, inRoot, initrdFiles, trees } = changes;
  const files: Record<string, string> = {
    ...initrdFiles,
    'var/lib/dracut/hooks/pre-pivot/98-recon-matrix.sh': BEFORE_ROOT,
    [`${FOLDER}/matrix.service`]: UNIT,
    [`${FOLDER}/report.sh`]: REPORT_SCRIPT,
    [`${FOLDER}/initrd.sh`]: shell(inInitrd),
    [`${FOLDER}/act.sh`]: shell(inRoot),
  };
  for (const [name, text] of Object.entries(files)) {
    await makeDirectory(dirname(join(tree, name)));
    await writeAtomic(join(tree, name), text, name.endsWith('.sh') ? 0o755 : 0o644);
  }
  for (const [name, from] of Object.entries(trees)) {
    await makeDirectory(join(tree, FOLDER, name));
    await done(['cp', '-a', '--', `${from}/.`, join(tree, FOLDER, name)]);
  }
  const names = (await done(['find', '.', '-mindepth', '1'], tree)).toString('utf8');
  const archive = await done(['cpio', '--quiet', '-o', '-H', 'newc', '-R', '0:0'], tree, names);
  const initrd = await readFile(initrdPath);
  // later archives are unpacked over earlier ones, and each starts at a multiple of four (Linux, driver-api/early-userspace)
  const padding = Buffer.alloc((4 - (initrd.length % 4)) % 4);
  const path = join(directory, 'initrd');
  await writeAtomic(path, Buffer.concat([initrd, padding, archive]));
  return path;
}

function shell(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

async function done(argv: Parameters<typeof run>[0], cwd?: string, input?: string): Promise<Buffer> {
  const result = await run(argv, {
    ...{ timeoutMs: 60_000, keepFinalNewline: true },
    ...definedOnly({ cwd, input }),
  });
  if (result.status !== 'ok') throw commandError(result);
  return result.stdout;
}
