import type { HeadMachine } from '../machine/head-machine.ts';
import { HEAD_USER, INSTALL_PLACES } from '../text/places.ts';
import { type Done, doneOf } from './install-step.ts';

/** Folders that the service writes, with their modes. Images are served to everybody, and may be looked at by everybody. */
const FOLDERS: readonly (readonly [path: string, mode: string])[] = [
  ['/etc/recon', '750'],
  [INSTALL_PLACES.pool, '750'],
  [INSTALL_PLACES.secrets, '700'],
  [INSTALL_PLACES.state, '750'],
  ['/srv/recon', '755'],
  [INSTALL_PLACES.images, '755'],
];

/** What is there already keeps its content; it is given to the service, unless it is a link, which somebody has laid to where he wants it. */
export async function makeFolders(machine: HeadMachine): Promise<Done> {
  const done: string[] = [];
  for (const [path, mode] of FOLDERS) {
    const facts = await machine.ask(['stat', '--format=%F|%a|%U', path]);
    const [kind, hasMode, owner] = facts.text.trim().split('|');
    if (facts.isOk && kind === 'symbolic link') continue;
    if (facts.isOk && owner === HEAD_USER && hasMode === mode) continue;
    await machine.run(['install', '--directory', `--mode=${mode}`, `--owner=${HEAD_USER}`, `--group=${HEAD_USER}`, path]);
    done.push(`${facts.isOk ? 'gave' : 'made'} ${path}`);
  }
  return doneOf(done, 'already there');
}
