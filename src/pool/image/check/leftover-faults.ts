import type { RootedFiles } from '../../../platform/files/rooted-files.ts';
import type { ImageFault, ImageFaultCode } from './image-fault.ts';

const CAP_BYTES = 1024 * 1024;

/** What belongs to one machine, or to the one that built the image, and would then be on all. */
export async function leftoverFaults(files: RootedFiles): Promise<ImageFault[]> {
  const text = async (path: string): Promise<string> => (await files.read(path, CAP_BYTES))?.toString('utf8') ?? '';
  return [
    ...hostKeys(await files.list('etc/ssh')),
    ...machineId((await text('etc/machine-id')).trim()),
    ...resolver(await text('etc/resolv.conf')),
    ...(await packageLists(files)),
    ...rootPassword(await text('etc/shadow'), await text('etc/passwd')),
    ...fstab(await text('etc/fstab')),
  ];
}

function fault(code: ImageFaultCode, message: string, hint: string): ImageFault[] {
  return [{ code, message, hint }];
}

function hostKeys(names: readonly string[]): ImageFault[] {
  const keys = names.filter((name) => /^ssh_host_.*_key$/.test(name));
  if (keys.length === 0) return [];
  return fault(
    'ssh-host-key',
    `/etc/ssh has ${keys.join(', ')}: all machines would have one identity, and everybody who fetches the image has it`,
    'remove them in a customise script; each machine makes its own, or gets it in config.tar',
  );
}

/** machine-id(5): empty or `uninitialized` means that each boot makes its own. */
function machineId(id: string): ImageFault[] {
  if (id === '' || id === 'uninitialized') return [];
  return fault('machine-id', `/etc/machine-id is ${id} on every machine`, 'make it an empty file: truncate -s 0 etc/machine-id');
}

function resolver(text: string): ImageFault[] {
  const servers = [...text.matchAll(/^\s*nameserver\s+(\S+)/gm)].map(([, server]) => server).filter((server) => server !== '127.0.0.53');
  if (servers.length === 0) return [];
  return fault(
    'resolver',
    `/etc/resolv.conf names ${servers.join(', ')}: the resolver of the machine that built the image`,
    'make it a link to /run/systemd/resolve/stub-resolv.conf, or remove it',
  );
}

/** Empty folders of these names belong to the packager. */
const LISTS = ['var/lib/apt/lists', 'var/cache/apt/archives', 'var/cache/dnf', 'var/cache/libdnf5'] as const;

async function packageLists(files: RootedFiles): Promise<ImageFault[]> {
  const found: string[] = [];
  for (const folder of LISTS) {
    const names = (await files.list(folder)).filter((name) => name !== 'partial' && name !== 'lock');
    if (names.length > 0) found.push(`/${folder}`);
  }
  if (found.length === 0) return [];
  return fault(
    'package-lists',
    `${found.join(', ')} holds what the packager fetched while the image was built: every machine would carry it, and it is old at once`,
    'apt-get clean and rm -rf /var/lib/apt/lists/*, or dnf clean all, in a customise script',
  );
}

function rootPassword(shadow: string, passwd: string): ImageFault[] {
  const inShadow = /^root:([^:]*):/m.exec(shadow)?.[1];
  const password = inShadow ?? /^root:([^:]*):/m.exec(passwd)?.[1];
  if (password === '')
    return fault('no-root-password', 'root needs no password at all', 'lock it: usermod --lock root; keys reach machines in config.tar');
  if (password === undefined || /^[!*x]/.test(password)) return [];
  return fault(
    'root-password',
    'root has a password, and its hash can be read by everybody who fetches the image',
    'lock it: usermod --lock root; or write allow: [root-password] into the recipe when it is meant',
  );
}

/** fstab(5): only what lies in RAM or on a server can be on every machine. */
function fstab(text: string): ImageFault[] {
  const lines = text.split('\n').map((line) => line.trim());
  const disks = lines.filter((line) => /^(UUID|LABEL|PARTUUID|PARTLABEL|ID)=|^\/dev\//.test(line));
  if (disks.length === 0) return [];
  return fault(
    'fstab',
    `/etc/fstab mounts ${disks.map((line) => line.split(/\s+/)[0]).join(', ')}: a disk of the machine that built the image`,
    'remove these lines',
  );
}
