import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ReconError } from '../../../domain/errors.ts';
import { makeDirectory } from '../../../platform/files/directories.ts';
import { runOk } from '../../../platform/process/command.ts';

/** What trim-image has taken out of the image, by the package that has it. */
const WANTED: ReadonlyArray<{ name: RegExp; paths: readonly string[] }> = [
  {
    name: /^linux-image-\d.*\.deb$/,
    paths: ['*/kernel/drivers/md/*', '*/kernel/crypto/async_tx/*', '*/kernel/crypto/xor.ko*', '*/kernel/lib/raid6/*'],
  },
  { name: /^mdadm_.*\.deb$/, paths: ['*/udev/rules.d/*'] },
  { name: /^lvm2_.*\.deb$/, paths: ['*/udev/rules.d/*'] },
];

const TIMEOUT_MS = 5 * 60_000;

/**
 * Unpacks drivers and rules that assemble storage, out of the packages that the image was built from, into `directory`. The image has them no
 * more; with them put back, the guards behind are tried one by one.
 * @throws ReconError `not-found` when the packages are not in the build's cache
 */
export async function unpackTrimmedFiles(cacheDirectory: string, directory: string): Promise<void> {
  await makeDirectory(directory);
  const names = await readdir(cacheDirectory).catch(() => []);
  for (const { name, paths } of WANTED) {
    // the newest, when several builds have left theirs
    const file = names
      .filter((one) => name.test(one))
      .sort()
      .at(-1);
    if (file === undefined) {
      throw new ReconError('not-found', `there is no package like ${name.source} in ${cacheDirectory}`, {
        hint: 'make clean and build the image again: it keeps the packages that it was made of',
      });
    }
    const archive = join(directory, 'data.tar');
    await runOk(['sh', '-c', 'dpkg-deb --fsys-tarfile "$1" > "$2"', 'sh', join(cacheDirectory, file), archive], { timeoutMs: TIMEOUT_MS });
    await runOk(['tar', '-x', '-f', archive, '-C', directory, '--wildcards', ...paths], { timeoutMs: TIMEOUT_MS });
    await runOk(['rm', '-f', archive], { timeoutMs: TIMEOUT_MS });
  }
}
