import { join } from 'node:path';
import { ARCHITECTURES, type Architecture } from '../../domain/values/architecture.ts';
import { setMode } from '../../platform/files/build-files.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import { writeAtomic } from '../../platform/files/files.ts';

/** Where KIWI's own programs are, on the host and in the builder's tree. */
const USUAL = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * A PATH by which KIWI finds a debootstrap that makes a root of another architecture. KIWI 9.24 has a setting for that (`--target-arch`), and calls
 * debootstrap without telling it (kiwi/package_manager/apt.py), which then makes one of the host's. `directory` is visible where KIWI runs.
 */
export async function debootstrapFor(architecture: Architecture, directory: string): Promise<string> {
  await makeDirectory(directory);
  const path = join(directory, 'debootstrap');
  await writeAtomic(path, `#!/bin/sh\nexec /usr/sbin/debootstrap --arch=${ARCHITECTURES[architecture].debian} "$@"\n`);
  await setMode(path, 0o755);
  return `${directory}:${USUAL}`;
}
