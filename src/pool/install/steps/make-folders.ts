import { dirname } from 'node:path';
import type { ServedPlaces } from '../../head/served-places.ts';
import type { HeadMachine } from '../machine/head-machine.ts';
import { HEAD_USER, INSTALL_PLACES } from '../text/places.ts';
import { type Done, doneOf } from './install-step.ts';

/** Folders that the service writes, with their modes. Images are served to everybody, and may be looked at by everybody. */
const FOLDERS: readonly (readonly [path: string, mode: string, key?: keyof ServedFolders])[] = [
  ['/etc/recon', '750'],
  [INSTALL_PLACES.pool, '750', 'pool'],
  [INSTALL_PLACES.secrets, '700', 'secrets'],
  [INSTALL_PLACES.state, '750', 'state'],
  ['/srv/recon', '755'],
  [INSTALL_PLACES.images, '755', 'images'],
];

type ServedFolders = Pick<ServedPlaces, 'pool' | 'images' | 'state' | 'secrets'>;

/** Where nobody but the service writes, and root with a command now and then: what became root's there would keep the service from starting. */
const WRITTEN = [
  INSTALL_PLACES.state,
  INSTALL_PLACES.secrets,
  dirname(INSTALL_PLACES.tls.key),
  `${INSTALL_PLACES.pool}/.git`,
  '/etc/recon/users.yaml',
] as const;

/**
 * What is there already keeps its content. What is root's, as a removed head leaves it, is given to the service; what is somebody else's stays his, and
 * the service is let in by its group; a link leads to where somebody wants it.
 */
export async function makeFolders(machine: HeadMachine, places: ServedFolders = INSTALL_PLACES): Promise<Done> {
  const done = await makeElsewhere(machine, places);
  for (const [path, mode, key] of FOLDERS) {
    if (key !== undefined && places[key] !== path) continue;
    const facts = await machine.ask(['stat', '--format=%F|%U|%G', path]);
    const [kind, owner, group] = facts.text.trim().split('|');
    if (!facts.isOk) {
      await machine.run(['install', '--directory', `--mode=${mode}`, `--owner=${HEAD_USER}`, `--group=${HEAD_USER}`, path]);
      done.push(`made ${path}`);
      continue;
    }
    if (kind === 'symbolic link' || group === HEAD_USER) continue;
    if (owner === 'root') {
      await machine.run(['chown', '--recursive', '--no-dereference', '--from=root', `${HEAD_USER}:${HEAD_USER}`, path]);
      done.push(`gave ${path} to ${HEAD_USER}`);
    } else {
      await machine.run(['chgrp', '--recursive', '--no-dereference', HEAD_USER, path]);
      await machine.run(['chmod', '--recursive', 'g+rwX', path]);
      done.push(`let ${HEAD_USER} into ${path}`);
    }
  }
  for (const path of WRITTEN) {
    const lost = await machine.ask(['find', path, '-user', 'root', '-print', '-quit']);
    if (!lost.isOk || lost.text.trim() === '') continue;
    await machine.run(['chown', '--recursive', '--no-dereference', '--from=root', `${HEAD_USER}:${HEAD_USER}`, path]);
    done.push(`gave what is root's in ${path} to ${HEAD_USER}`);
  }
  if (await openClosed(machine)) done.push(`let ${HEAD_USER} read what root had closed in ${INSTALL_PLACES.pool}`);
  return doneOf(done, 'already there');
}

/** Folders that head.yaml has elsewhere. One that is there may hold more than ours: it is let alone, and the check says whom it keeps out. */
async function makeElsewhere(machine: HeadMachine, places: ServedFolders): Promise<string[]> {
  const done: string[] = [];
  for (const [own, mode, key] of FOLDERS) {
    const path = key === undefined ? own : places[key];
    if (path === own || (await machine.ask(['test', '-e', path])).isOk) continue;
    await machine.run(['install', '--directory', `--mode=${mode}`, `--owner=${HEAD_USER}`, `--group=${HEAD_USER}`, path]);
    done.push(`made ${path}`);
  }
  return done;
}

/** Files of the pool that root wrote with a tight umask, or that an install left so when it was killed: the service could not read the pool. */
async function openClosed(machine: HeadMachine): Promise<boolean> {
  const { pool } = INSTALL_PLACES;
  const closed = ['-user', 'root', '!', '-group', HEAD_USER, '!', '-perm', '-o=r'] as const;
  const found = await machine.ask(['find', pool, '-name', '.git', '-prune', '-o', ...closed, '-print', '-quit']);
  if (!found.isOk || found.text.trim() === '') return false;
  await machine.run(['chown', '--recursive', '--no-dereference', '--from=root', `${HEAD_USER}:${HEAD_USER}`, pool]);
  return true;
}
