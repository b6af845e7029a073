import { join } from 'node:path';
import type { HeadSettings } from '../../../domain/pool/head-settings.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { type InterfaceFacts, listInterfaces } from '../../../platform/network/interfaces.ts';
import { readPoolFolder } from '../../folder/read-folder.ts';
import { readHeadSettings } from '../../head/read-head-settings.ts';
import { parseListenAddress } from '../../public/listen-address.ts';
import type { ServerCertificate } from '../../public/server-certificate.ts';
import type { AskedMachine } from '../machine/asked-machine.ts';
import type { HeadPlan } from '../text/head-plan.ts';
import { headPackages } from '../text/packages.ts';
import { INSTALL_PLACES } from '../text/places.ts';
import { certificateFaults, lifeFaults } from './certificate-faults.ts';
import { firewallFaults } from './firewall-faults.ts';
import { folderFaults } from './folder-faults.ts';
import type { HeadFault } from './head-fault.ts';
import { imageFaults } from './image-faults.ts';
import { interfaceFaults } from './interface-faults.ts';
import { managerFaults } from './interface-managers.ts';
import { loaderFaults } from './loader-faults.ts';
import { placeFaults, type SaidPlaces } from './place-faults.ts';
import { poolFaults } from './pool-faults.ts';
import { poolNeeds } from './pool-needs.ts';
import { type HeadPorts, parseListeners, portFaults } from './port-faults.ts';
import { clockFaults, freeBelow, programRoomFaults, roomFaults, unsetClock } from './room-faults.ts';
import { serverFaults } from './server-faults.ts';
import { missingPackages, softwareFaults } from './software-faults.ts';
import { systemFaults } from './system-faults.ts';
import { userFaults } from './user-faults.ts';

export interface CheckOptions {
  plan: HeadPlan;
  machine: AskedMachine;
  /** when the program that runs was made */
  programMadeAt: Date;
  /** an install is about to build images */
  builds: boolean;
  /** an install is about to bring packages */
  installsPackages: boolean;
  /** an install is about to take it */
  certificate?: ServerCertificate;
  /** says what is being looked at */
  say: (text: string) => void;
}

/** All that stands in the way of a head node, the gravest first. Changes nothing; needs root to see who has a port, and into images. */
export async function checkHead({ plan, machine, say, ...options }: CheckOptions): Promise<HeadFault[]> {
  const interfaces = await listInterfaces();
  const head = await installedHead();
  const found = [...interfaceFaults(plan, interfaces), ...(await managerFaults(machine, plan.private))];
  found.push(...(await systemFaults(machine)), ...(await userFaults(machine)));
  const { faults: portsTaken, serves } = await portsInUse(plan, machine, { interfaces, ports: head.ports });
  found.push(...portsTaken);
  found.push(...firewallFaults((await machine.ask(['nft', '-j', 'list', 'ruleset'])).text, plan));
  const needs = await poolNeeds(head.pool);
  found.push(...(await poolFaults(machine, needs)), ...(await placeFaults(machine, head.said)));
  const isKept = (await machine.names(join(head.state, 'revisions'))).length > 0;
  found.push(...folderFaults(await readPoolFolder(head.pool).catch(() => new Map()), { plan, interfaces, isKept }));
  const missing = await missingPackages(machine, headPackages(needs));
  found.push(...softwareFaults(missing, options.installsPackages));
  const bringsLoaders = options.installsPackages && missing.some(({ name }) => name === 'ipxe');
  found.push(...(await loaderFaults(machine, head.loaders, bringsLoaders)));
  found.push(...roomFaults(await freeBelow(head.images), { folder: head.images, builds: options.builds }));
  found.push(...roomFaults(await freeBelow(head.state), { folder: head.state, builds: false }));
  const { program } = INSTALL_PLACES;
  if ((await machine.names(program)).length === 0) found.push(...programRoomFaults(await freeBelow(program), program));
  say('looking through the images');
  const { faults, manifests } = await imageFaults(head.images);
  const built = manifests.map(({ name, builtAt }) => ({ what: `the image ${name}`, at: new Date(builtAt) }));
  found.push(...faults, ...clockFaults(new Date(), [{ what: 'this program', at: options.programMadeAt }, ...built]));
  found.push(...(await unsetClock(machine)));
  const now = new Date();
  found.push(...(options.certificate === undefined ? await certificateFaults(machine, head, now) : lifeFaults(options.certificate, now)));
  // on the side of people nothing is tried, and without these programs nothing can be
  const isTouchable = !found.some(({ code, weight }) => weight === 'stops' && (code === 'interface' || code === 'same-side'));
  const canListen = !missing.some(({ brings }) => ['tcpdump', 'socat', 'ip'].includes(brings));
  // a head that runs listens by itself, and would take our questions for those of another one
  if (serves === undefined && isTouchable && canListen) {
    say(`listening on ${plan.private} for other servers`);
    found.push(...(await serverFaults(plan, ownMacs(interfaces))));
  }
  if (serves === false) found.push(silent(plan.private));
  return found.sort((one, other) => WEIGHTS.indexOf(one.weight) - WEIGHTS.indexOf(other.weight));
}

/** What head.yaml says of places and ports; of a server that is none yet, what an install would write. */
async function installedHead(): Promise<CheckedHead> {
  const said = await readHeadSettings(INSTALL_PLACES.settings).catch(() => undefined);
  const { settings, pool, images, state, loaders } = { ...INSTALL_PLACES, ...said };
  const people = parseListenAddress(said?.peopleListen ?? '443');
  return { settings, pool, images, state, loaders, said: saidPlaces(said), ports: { http: said?.port ?? 80, ...definedOnly({ people }) } };
}

interface CheckedHead extends Record<'settings' | 'pool' | 'images' | 'state' | 'loaders', string> {
  ports: HeadPorts;
  said: SaidPlaces;
}

function saidPlaces(settings: Partial<HeadSettings> = {}): SaidPlaces {
  const { images, state, secrets, users, loaders, certificate, key } = settings;
  return definedOnly({ images, state, secrets, users, loaders, certificate, key });
}

const WEIGHTS: readonly HeadFault['weight'][] = ['stops', 'warns', 'cured', 'note'];

/** `serves`: whether the head that runs gives addresses; undefined when none runs. */
async function portsInUse(
  { private: name }: HeadPlan,
  machine: AskedMachine,
  { interfaces, ports }: { interfaces: readonly InterfaceFacts[]; ports: HeadPorts },
): Promise<{ faults: HeadFault[]; serves: boolean | undefined }> {
  const listeners = parseListeners((await machine.ask(['ss', '-H', '-lntup'])).text);
  const ours = new Set<number>();
  for (const { pid } of listeners) {
    if (pid !== undefined && (await machine.read(`/proc/${pid}/cgroup`))?.includes('recon-head.service') === true) ours.add(pid);
  }
  const addresses = interfaces.find((one) => one.name === name)?.addresses.map(({ address }) => address) ?? [];
  const serves = listeners.some(({ port, pid }) => port === 67 && pid !== undefined && ours.has(pid));
  const faults = portFaults(listeners, { interface: name, addresses, ports, isOurs: (pid) => ours.has(pid) });
  return { faults, serves: ours.size === 0 ? undefined : serves };
}

function silent(name: string): HeadFault {
  return {
    code: 'foreign-server',
    message: `The head that runs gives no addresses on ${name}: it has no link, listens still, or has heard another server.`,
    hint: 'journalctl -u recon-head --since -10min says which.',
    weight: 'warns',
  };
}

function ownMacs(interfaces: readonly InterfaceFacts[]): string[] {
  return interfaces.flatMap(({ mac }) => (mac === undefined ? [] : [mac]));
}
