import { join } from 'node:path';
import { bootScriptPath, PATHS, TOKEN_INITRD_FILE, tokenArchivePath } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import { recordData } from '../domain/record/record-data.ts';
import { isLater, type Stage } from '../domain/stages.ts';
import { macWithHyphens } from '../domain/values/mac.ts';
import { peerDeps } from '../peer/deps.ts';
import { progressReporter } from '../peer/progress.ts';
import { upload } from '../peer/upload.ts';
import { writeAtomic } from '../platform/files/files.ts';
import { silentLog } from '../platform/log.ts';
import { fetchFromAddress } from '../platform/network/fetch-from-address.ts';
import type { DemoMachine } from './cast.ts';
import { DEMO_INTERFACE, type DemoMaster } from './loopback-master.ts';
import { madeUpCapture } from './made-up-capture.ts';

/** What a machine of the demo meets. */
export interface Surrounding extends Pick<DemoMaster, 'manifest' | 'say' | 'url'> {
  /** where its token lies */
  directory: string;
  /** its place in the room, from 0: its address follows from it */
  number: number;
  /** rests for about so long, in milliseconds of the demo's own pace; rejects when the demo ends */
  rest(durationMs: number): Promise<void>;
  /** real time, before something is tried again; rejects when the demo ends, as nobody would try for ever then */
  sleep(durationMs: number): Promise<void>;
}

/** One machine, of one life: each step rests a while, and none follows behind `last`. */
interface Life extends Surrounding {
  machine: DemoMachine;
  address: string;
  fetch: typeof globalThis.fetch;
  goesOnTo(stage: Stage): boolean;
}

/** Plays one machine from its first DHCP message to its receipt, over HTTP as a real one, or up to where it is stuck. `last`: no further than this stage. */
export async function playMachine(machine: DemoMachine, surrounding: Surrounding, last: Stage = lastOf(machine)): Promise<void> {
  const address = `127.77.${1 + (surrounding.number >> 8)}.${surrounding.number & 255}`;
  const life: Life = { ...surrounding, machine, address, fetch: fetchFromAddress(address), goesOnTo: (stage) => !isLater(stage, last) };
  if (!(await getsAddress(life))) return;
  if (!(await loadsFiles(life))) return;
  await deliversRecord(life);
}

function lastOf({ part }: DemoMachine): Stage {
  if (part === 'never-comes') throw new Error('it never comes');
  return part === 'stuck-at-offer' ? 'offer' : part === 'stuck-at-root-image' ? 'root-image' : 'power-off';
}

/** What dnsmasq writes of a PXE boot with `log-dhcp`. */
async function getsAddress({ machine: { mac }, address, number, say, rest, goesOnTo }: Life): Promise<boolean> {
  const dhcp = (words: string): void => say(`dnsmasq-dhcp: ${7000 + number} ${words}`);
  const times = goesOnTo('request') ? 1 : 3;
  for (let time = 0; time < times; time += 1) {
    dhcp(`DHCPDISCOVER(${DEMO_INTERFACE}) ${mac}`);
    await rest(100);
    dhcp(`DHCPOFFER(${DEMO_INTERFACE}) ${address} ${mac}`);
    await rest(times === 1 ? 200 : 800);
  }
  if (times > 1) return false;
  dhcp(`DHCPREQUEST(${DEMO_INTERFACE}) ${address} ${mac}`);
  dhcp(`DHCPACK(${DEMO_INTERFACE}) ${address} ${mac}`);
  await rest(300);
  if (!goesOnTo('loader')) return false;
  say(`dnsmasq-tftp: sent /loaders/snponly.efi to ${address}`);
  await rest(700);
  return goesOnTo('script');
}

const PIECES = 6;

/** Script, kernel, initrd and root image, the last one piece by piece. */
async function loadsFiles({ machine: { mac, record }, manifest, fetch, url, rest, goesOnTo }: Life): Promise<boolean> {
  const { system } = recordData(record);
  const words = new URLSearchParams({
    buildarch: 'x86_64',
    platform: 'efi',
    manufacturer: system?.vendor ?? '',
    product: system?.product ?? '',
  });
  // what this firmware's number is, too: so a machine that is stuck has a name
  if (system?.serial !== undefined) words.set('serial', system.serial);
  await whole(fetch(`${url}${bootScriptPath(mac)}?${words}`));
  await rest(400);
  const { kernel, initrd, rootImage } = manifest.files;
  const file = (name: string, init: RequestInit = {}): Promise<Buffer> => whole(fetch(`${url}${PATHS.install}${name}`, init));
  if (!goesOnTo('kernel')) return false;
  await file(kernel.name);
  await rest(300);
  if (!goesOnTo('initrd')) return false;
  await file(initrd.name);
  await rest(1500);
  if (!goesOnTo('root-image')) return false;
  const pieces = goesOnTo('agent') ? PIECES : PIECES / 2;
  for (let piece = 0; piece < pieces; piece += 1) {
    const [first, next] = [piece, piece + 1].map((at) => Math.floor((rootImage.sizeBytes * at) / PIECES)) as [number, number];
    await file(rootImage.name, { headers: { range: `bytes=${first}-${next - 1}` } });
    await rest(600);
  }
  return goesOnTo('agent');
}

/** Some of the tools that a peer runs, in its order. */
const TOOLS = ['dmidecode', 'lspci', 'smartctl', 'nvme', 'ethtool', 'lldpctl', 'lsblk'] as const;

async function deliversRecord({ machine: { mac, record }, fetch, url, directory, rest, sleep, goesOnTo }: Life): Promise<void> {
  const archive = await whole(fetch(`${url}${tokenArchivePath(mac)}`));
  const token = new RegExp(`${TOKEN_INITRD_FILE}\\0+([0-9a-f]{64})`).exec(archive.toString('latin1'))?.[1] ?? '';
  const tokenFile = join(directory, `token-${macWithHyphens(mac)}`);
  await writeAtomic(tokenFile, token, 0o600);
  const settings = { masterUrl: url, bootMac: mac, nodePath: process.execPath, tokenFile, runDirectory: directory };
  const deps = { ...peerDeps(settings, silentLog), fetch, sleep };
  const progress = progressReporter(deps);
  const tell = async (stage: Stage, detail?: string): Promise<void> => {
    progress.report(stage, detail);
    await progress.settled();
  };
  await tell('agent');
  await rest(800);
  if (!goesOnTo('collect')) return;
  for (const tool of TOOLS) {
    await tell('collect', tool);
    await rest(500);
  }
  if (!goesOnTo('upload')) return;
  await tell('upload');
  await upload({ record, capture: madeUpCapture(mac), commands: [] }, deps);
  await rest(300);
  if (goesOnTo('power-off')) await tell('power-off');
}

async function whole(asked: Promise<Response>): Promise<Buffer> {
  const answer = await asked;
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (!answer.ok)
    throw new ReconError(
      'master-unreachable',
      `${answer.url || 'the master'} answered ${answer.status}: ${bytes.toString('utf8', 0, 200)}`,
    );
  return bytes;
}
