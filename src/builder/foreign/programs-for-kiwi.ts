import { join } from 'node:path';
import { ARCHITECTURES, type Architecture } from '../../domain/values/architecture.ts';
import { setMode } from '../../platform/files/build-files.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import { writeAtomic } from '../../platform/files/files.ts';

/** Where KIWI's own programs are, on the host and in the builder's tree. */
const USUAL = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** KIWI 9.24 gives apt a word that only its code for zypper and dnf takes out (kiwi/system/prepare.py), and apt knows no such operation. */
const CHROOT = `#!/bin/sh
count=$#
while [ "$count" -gt 0 ]; do
    case "$1" in
        _target_arch%*) ;;
        *) set -- "$@" "$1" ;;
    esac
    shift
    count=$((count - 1))
done
exec /usr/sbin/chroot "$@"
`;

/**
 * A PATH by which KIWI makes a root of another architecture. KIWI 9.24 has a setting for that (`--target-arch`), but calls debootstrap without telling
 * it (kiwi/package_manager/apt.py), which then makes one of the host's, and apt with a word too many. `directory` is visible where KIWI runs.
 */
export async function programsForKiwi(architecture: Architecture, directory: string): Promise<string> {
  await makeDirectory(directory);
  const debootstrap = `#!/bin/sh\nexec /usr/sbin/debootstrap --arch=${ARCHITECTURES[architecture].debian} "$@"\n`;
  for (const [name, text] of Object.entries({ debootstrap, chroot: CHROOT })) {
    await writeAtomic(join(directory, name), text);
    await setMode(join(directory, name), 0o755);
  }
  return `${directory}:${USUAL}`;
}
