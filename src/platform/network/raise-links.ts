import { messageOf } from '../../domain/values/message-of.ts';
import { readOrUndefined } from '../files/files.ts';
import type { Log } from '../log.ts';
import { keepSilent, listLinks, setUp } from './interfaces.ts';

/**
 * Switches on every Ethernet port of the machine that is off, without an address and silent: only then is it known whether a cable is in it
 * and who is at its other end. A port that cannot be switched on is left as it is. Gives those that were on already, and those that were not.
 */
export async function raiseLinks(log: Log): Promise<{ wereUp: string[]; raised: string[] }> {
  const [wereUp, raised]: [string[], string[]] = [[], []];
  for (const link of await listLinks()) {
    if (!link.isEthernet || !link.isPhysical) continue;
    if (await isUp(link.name)) {
      wereUp.push(link.name);
      continue;
    }
    try {
      // first: the kernel would send neighbour discovery the moment that the link is there
      await keepSilent(link.name);
      await setUp(link.name);
      raised.push(link.name);
    } catch (error) {
      log.warn(`${link.name} cannot be switched on: ${messageOf(error)}`);
    }
  }
  return { wereUp, raised };
}

/** IFF_UP of linux/if.h. */
async function isUp(name: string): Promise<boolean> {
  return (Number((await readOrUndefined(`/sys/class/net/${name}/flags`))?.toString('latin1')) & 1) === 1;
}
