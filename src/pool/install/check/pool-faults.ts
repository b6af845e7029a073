import { join } from 'node:path';
import type { AskedMachine } from '../machine/asked-machine.ts';
import { HEAD_USER, INSTALL_PLACES } from '../text/places.ts';
import { isSandboxed } from '../text/service-unit.ts';
import { asService, closedToService } from './as-service.ts';
import type { HeadFault } from './head-fault.ts';
import type { PoolNeeds } from './pool-needs.ts';

/** What keeps page and commands from writing the pool, or git from its changes: a link that leads out of the sandbox, or owners. */
export async function poolFaults(
  machine: Pick<AskedMachine, 'ask' | 'read'>,
  { git, writes }: Pick<PoolNeeds, 'git' | 'writes'>,
): Promise<HeadFault[]> {
  const hidden = writes.find((path) => /^\/(home|root|run\/user)(\/|$)/.test(path));
  if (hidden !== undefined) {
    const hint = `Move it, for example to /srv/pool, and link ${INSTALL_PLACES.pool} to it.`;
    return [{ code: 'pool', message: `The pool's folder leads to ${hidden}, which a service does not see.`, hint, weight: 'stops' }];
  }
  const unit = await machine.read(INSTALL_PLACES.service);
  if (unit === undefined) return [];
  const outside = writes.find((path) => isSandboxed(unit, path));
  if (outside !== undefined)
    return [warning(`recon-head.service does not let the head write to ${outside}, where the pool lies.`, 'recon head install lets it.')];
  for (const path of git === undefined ? writes : [...writes, join(git, 'objects')])
    if ((await asService(machine, 'writes', path)) === false) {
      const owned = git !== undefined && path.startsWith(git) ? git : path;
      return [warning(`The head cannot write to ${path}: it runs as ${HEAD_USER}.`, `chown -R ${HEAD_USER}: ${owned}`)];
    }
  // an editor of root's with a tight umask is enough
  const closed = writes[0] === undefined ? undefined : await closedToService(machine, writes[0]);
  if (closed === undefined) return [];
  return [warning(`The head cannot read ${closed}: it runs as ${HEAD_USER}.`, `chgrp ${HEAD_USER} ${closed} && chmod g+rX ${closed}`)];
}

function warning(message: string, hint: string): HeadFault {
  return { code: 'pool', message, hint, weight: 'warns' };
}
