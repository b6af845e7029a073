import type { AskedMachine } from '../machine/asked-machine.ts';
import { HEAD_USER, INSTALL_PLACES } from '../text/places.ts';
import type { HeadFault } from './head-fault.ts';

/** `none`; `ours`, by the home that an install gives it; or of somebody else, who would lose it with the head. */
export type UserOwner = 'none' | 'ours' | 'others';

/** Whose the user is that has the name of the service's. */
export async function userOwner({ ask }: Pick<AskedMachine, 'ask'>): Promise<UserOwner> {
  const { isOk, text } = await ask(['getent', 'passwd', HEAD_USER]);
  if (!isOk) return 'none';
  const [, , , , , home, shell = ''] = text.trim().split(':');
  return home === INSTALL_PLACES.state && /\/(nologin|false)$/.test(shell) ? 'ours' : 'others';
}

/** A user or a group of that name that no install has made. */
export async function userFaults(machine: Pick<AskedMachine, 'ask'>): Promise<HeadFault[]> {
  const owner = await userOwner(machine);
  if (owner === 'others') {
    const message = `There is a user ${HEAD_USER} already, and no install has made it: the service would run as somebody else.`;
    return [fault(message, `Call it otherwise (usermod --login NAME ${HEAD_USER}), or take it away (userdel ${HEAD_USER}).`)];
  }
  if (owner === 'none' && (await machine.ask(['getent', 'group', HEAD_USER])).isOk) {
    const message = `There is a group ${HEAD_USER} already, and no user: its members would read what the head has.`;
    return [fault(message, `groupdel ${HEAD_USER}`)];
  }
  return [];
}

function fault(message: string, hint: string): HeadFault {
  return { code: 'user', message, hint, weight: 'stops' };
}
