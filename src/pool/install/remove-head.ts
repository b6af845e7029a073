import { HEAD_PLACES } from '../../domain/pool/head-places.ts';
import { HeadSettings } from '../../domain/pool/head-settings.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { Log } from '../../platform/log.ts';
import { settingsFromText } from '../../settings/settings-text.ts';
import { type ServedPlaces, servedPlaces, writtenPlaces } from '../head/served-places.ts';
import { poolNeeds } from './check/pool-needs.ts';
import { userOwner } from './check/user-faults.ts';
import type { HeadMachine } from './machine/head-machine.ts';
import { planInstall } from './plan-install.ts';
import { closeWayOut } from './steps/open-way-out.ts';
import { removeOwnFile } from './steps/own-file.ts';
import { endService } from './steps/start-service.ts';
import { reloadUnits } from './steps/units.ts';
import type { HeadPlan } from './text/head-plan.ts';
import { ifupdownText, networkdText, networkManagerText } from './text/interface-files.ts';
import { FILE_HEAD, HEAD_USER, INSTALL_PLACES } from './text/places.ts';

/** What is known of the head that is taken away. */
export interface InstalledHead {
  /** of its install; a file of one that is not known is kept as a copy, as one that somebody has edited */
  plan?: HeadPlan;
  places: ServedPlaces;
}

/** By its settings, as far as they can be read. */
export async function installedHead(): Promise<InstalledHead> {
  const plan = await planInstall({}).catch(() => undefined);
  return { places: await servedPlaces().catch(() => INSTALL_PLACES), ...definedOnly({ plan }) };
}

/** What stays, whoever takes a head away. */
export function keptPlaces({ places: { pool, secrets, images, state } }: InstalledHead): string[] {
  return [pool, secrets, images, state];
}

/** Takes away what an install added; what was done, nothing when there was none. What people made stays, and is root's from then on. */
export async function removeHead(machine: HeadMachine, log: Log, head: InstalledHead): Promise<string[]> {
  const { plan, places } = head;
  const done: string[] = [];
  const step = async (work: () => Promise<string[]>): Promise<void> => {
    for (const text of await work()) {
      done.push(text);
      log.info(text);
    }
  };
  const writes = [...(await poolNeeds(places.pool)).writes, ...(await writtenPlaces(places))];
  await step(() => endService(machine, writes));
  await step(() => closeWayOut(machine, plan));
  await step(() => releaseInterface(machine, plan));
  await step(() => removeSettings(machine, log));
  await step(() => removeUser(machine, log, keptPlaces(head)));
  // last: until here it is what runs
  await step(() => removeProgram(machine));
  return done;
}

async function releaseInterface(machine: HeadMachine, plan: HeadPlan | undefined): Promise<string[]> {
  const { ifupdown, networkd, networkManager } = INSTALL_PLACES;
  const name = /^iface (\S+) /m.exec((await machine.read(ifupdown)) ?? '')?.[1];
  if (machine.isBooted && name !== undefined) await machine.run(['ifdown', '--force', name]).catch(() => {});
  const files = [
    { path: ifupdown, text: ifupdownText },
    { path: networkd, text: networkdText, after: ['networkctl', 'reload'] },
    { path: networkManager, text: networkManagerText, after: ['systemctl', 'reload', 'NetworkManager.service'] },
  ] as const;
  const done: string[] = [];
  for (const { path, text, ...more } of files) {
    const removed = await removeOwnFile(machine, path, plan === undefined ? undefined : text(plan));
    if (removed === undefined) continue;
    if (machine.isBooted && 'after' in more) await machine.run(more.after).catch(() => {});
    done.push(removed);
  }
  return done;
}

const SIDES: ReadonlySet<string> = new Set(['interface', 'public']);
const PLACES: Readonly<Record<string, string>> = HEAD_PLACES;

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
  return Object.entries(parsed.settings).every(([key, value]) => SIDES.has(key) || PLACES[key] === value || copied.has(value));
}

/** Its files become root's first: the next user that is made may get the same number. */
async function removeUser(machine: HeadMachine, log: Log, kept: readonly string[]): Promise<string[]> {
  const owner = await userOwner(machine);
  if (owner === 'others') log.warn(`the user ${HEAD_USER} stays: no install has made it`);
  if (owner !== 'ours') return [];
  for (const path of new Set(['/etc/recon', '/srv/recon', ...kept])) {
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
