import { HeadSettings } from '../../domain/pool/head-settings.ts';
import type { Log } from '../../platform/log.ts';
import { settingsFromText } from '../../settings/settings-text.ts';
import { userOwner } from './check/user-faults.ts';
import type { HeadMachine } from './machine/head-machine.ts';
import { closeWayOut } from './steps/open-way-out.ts';
import { endService } from './steps/start-service.ts';
import { reloadUnits } from './steps/units.ts';
import { FILE_HEAD, HEAD_USER, INSTALL_PLACES } from './text/places.ts';

/** What stays, whoever takes a head away. */
export const KEPT = [INSTALL_PLACES.pool, INSTALL_PLACES.secrets, INSTALL_PLACES.images, INSTALL_PLACES.state] as const;

/** Takes away what an install added; what was done, nothing when there was none. What people made stays, and is root's from then on. */
export async function removeHead(machine: HeadMachine, log: Log): Promise<string[]> {
  const done: string[] = [];
  const step = async (work: () => Promise<string[]>): Promise<void> => {
    for (const text of await work()) {
      done.push(text);
      log.info(text);
    }
  };
  await step(() => endService(machine));
  await step(() => closeWayOut(machine));
  await step(() => releaseInterface(machine));
  await step(() => removeSettings(machine, log));
  await step(() => removeUser(machine, log));
  // last: until here it is what runs
  await step(() => removeProgram(machine));
  return done;
}

async function releaseInterface(machine: HeadMachine): Promise<string[]> {
  const done: string[] = [];
  const { ifupdown, networkd, networkManager } = INSTALL_PLACES;
  if (await machine.exists(ifupdown)) {
    const name = /^iface (\S+) /m.exec((await machine.read(ifupdown)) ?? '')?.[1];
    if (machine.isBooted && name !== undefined) await machine.run(['ifdown', '--force', name]).catch(() => {});
    await machine.remove(ifupdown);
    done.push(`took ${ifupdown} away`);
  }
  if (await machine.remove(networkd)) {
    if (machine.isBooted) await machine.run(['networkctl', 'reload']).catch(() => {});
    done.push(`took ${networkd} away`);
  }
  if (await machine.remove(networkManager)) {
    if (machine.isBooted) await machine.run(['systemctl', 'reload', 'NetworkManager.service']).catch(() => {});
    done.push(`took ${networkManager} away`);
  }
  return done;
}

const WRITTEN = new Set(['interface', 'public', 'pool', 'images', 'state', 'secrets', 'loaders']);

/** Settings that nobody has changed since; others are somebody's work. */
async function removeSettings(machine: HeadMachine, log: Log): Promise<string[]> {
  const text = await machine.read(INSTALL_PLACES.settings);
  if (text === undefined) return [];
  if (!isAsWritten(text)) {
    log.warn(`${INSTALL_PLACES.settings} stays: somebody has changed it since the install`);
    return [];
  }
  await machine.remove(INSTALL_PLACES.settings);
  return [`took ${INSTALL_PLACES.settings} away`];
}

function isAsWritten(text: string): boolean {
  if (!text.startsWith(FILE_HEAD)) return false;
  const parsed = settingsFromText(text, HeadSettings);
  if (parsed.outcome !== 'ok') return false;
  const copied: ReadonlySet<unknown> = new Set(Object.values(INSTALL_PLACES.tls));
  return Object.entries(parsed.settings).every(([key, value]) => WRITTEN.has(key) || copied.has(value));
}

/** Its files become root's first: the next user that is made may get the same number. */
async function removeUser(machine: HeadMachine, log: Log): Promise<string[]> {
  const owner = await userOwner(machine);
  if (owner === 'others') log.warn(`the user ${HEAD_USER} stays: no install has made it`);
  if (owner !== 'ours') return [];
  for (const path of ['/etc/recon', '/srv/recon', INSTALL_PLACES.state]) {
    if (await machine.exists(path))
      await machine.run(['chown', '--recursive', '--no-dereference', `--from=${HEAD_USER}`, 'root:root', path]);
  }
  await machine.run(['userdel', HEAD_USER]);
  return [`took the user ${HEAD_USER} away`];
}

async function removeProgram(machine: HeadMachine): Promise<string[]> {
  const { link, program } = INSTALL_PLACES;
  const done: string[] = [];
  if ((await machine.ask(['readlink', link])).text.trim() === `${program}/recon`) {
    await machine.remove(link);
    await machine.run(['rm', '--force', link]);
    done.push(`took ${link} away`);
  }
  if (await machine.remove(program)) done.push(`took ${program} away`);
  await reloadUnits(machine);
  return done;
}
