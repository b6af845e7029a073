import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { bootPaths, ISO_PATHS } from '../../src/domain/image.ts';
import { definedOnly } from '../../src/domain/values/defined-only.ts';
import { type AppOptions, buildApp } from '../../src/master/app.ts';
import type { OtherBoots, OtherBootsInput } from '../../src/master/boot/other-boots.ts';
import { type Leases, openLeases } from '../../src/master/dhcp/leases.ts';
import { MASTER_LIMITS, type MasterLimits } from '../../src/master/http/limits.ts';
import { openStore, type Store } from '../../src/master/intake/store.ts';
import { openTokens, type Tokens } from '../../src/master/intake/tokens.ts';
import { type Ledger, openLedger } from '../../src/master/ledger/ledger.ts';
import type { SealKind } from '../../src/master/seal/sealing.ts';
import type { PageOptions } from '../../src/master/show/page-options.ts';
import { newPin } from '../../src/master/show/pin.ts';
import { type VisitFacts, visitFacts } from '../../src/master/show/visit-facts.ts';
import { nodeSummaries } from '../../src/master/verdict/node-summaries.ts';
import type { Surroundings } from '../../src/master/verdict/stuck-machine.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { type Log, silentLog } from '../../src/platform/log.ts';
import { type PartialRecords, partialRecords } from '../../src/records/partial-records.ts';
import { type SealedTarball, sealTarball } from '../../src/seal/seal-tarball.ts';
import { ARCHITECTURES, LOADERS } from '../loaders-there.ts';
import { manifestFor, withoutSync } from './fixture-records.ts';

export const IMAGE = { kernel: Buffer.from('kernel'), initrd: Buffer.from('initrd'), rootImage: Buffer.from('0123456789'.repeat(100)) };
export const NOW = new Date('2026-11-20T12:00:00Z');

/** What a test may set; the rest is as usual. */
export interface AppChange extends PageOptions, Pick<VisitFacts, 'visit' | 'earlier'> {
  seal?: (kind?: SealKind) => Promise<SealedTarball>;
  surroundings?: () => Surroundings;
  tarball?: () => VisitFacts['tarball'];
  limits?: Partial<MasterLimits>;
  log?: Log;
  now?: () => Date;
  tickMs?: number;
  patienceMs?: number;
  medium?: AppOptions['medium'];
  storageTrouble?: VisitFacts['storageTrouble'];
  openOtherBoots?: (root: string, input: OtherBootsInput) => Promise<OtherBoots | undefined>;
}

/** The real things behind the application, for a test to look into. */
export interface Behind {
  ledger: Ledger;
  store: Store;
  leases: Leases;
  tokens: Tokens;
  partial: PartialRecords;
  dataDirectory: string;
}

export interface AppFixture extends AsyncDisposable {
  app: FastifyInstance;
  deps: Behind;
  root: string;
  /** makes a tarball of what is there, whatever the application was given */
  seal: () => Promise<SealedTarball>;
}

/** The HTTP application over a directory of its own, with everything behind it real. */
export async function appFixture(change: AppChange = {}): Promise<AppFixture> {
  const { now = () => NOW, limits, surroundings, tickMs, patienceMs, page, onPowerOff, onDone, onLook } = change;
  const directory = await temporaryDirectory('recon-app-');
  const root = directory.path;
  await writeServedFiles(root);
  const deps = await openBehind(root, now);
  const { ledger, store, dataDirectory } = deps;
  const exportDirectory = join(dataDirectory, 'export');
  const seal = (): Promise<SealedTarball> => sealAll(deps, exportDirectory);
  const allLimits = { ...MASTER_LIMITS, ...limits };
  const otherBoots = await change.openOtherBoots?.(root, { leases: deps.leases, limits: allLimits, now });
  const app = buildApp({
    ...deps,
    otherBoots,
    architectures: ARCHITECTURES,
    ...{ exportDirectory, loaderDirectory: join(root, 'loaders'), postFile: join(root, 'post.tgz') },
    holdsAddress: async (mac, address) => deps.leases.addressOf(mac) === address,
    image: { manifest: manifestFor(IMAGE), liveDirectory: join(root, 'live'), rootHost: 'bang' },
    ...{ version: '13.0.1', storage: 'ram', page, onPowerOff, onDone, onLook, now },
    limits: allLimits,
    pin: newPin({ digits: '123456' }),
    seal: change.seal ?? seal,
    nodes: () => nodeSummaries({ ledger, store, masterMac: () => undefined, ...definedOnly({ surroundings }) }),
    visit: () =>
      visitFacts({
        options: { site: 'lab', ...change, version: '13.0.1', storage: 'ram' },
        moment: {
          now: now(),
          served: [ENO1],
          tarball: change.tarball?.(),
          discoveryOver: surroundings?.().discoveryOver,
          storageTrouble: change.storageTrouble,
        },
      }),
    isServedAddress: () => true,
    medium: change.medium ?? { requireThere: () => {}, explain: async (error) => error },
    log: change.log ?? silentLog,
    ...definedOnly({ tickMs, patienceMs }),
  });
  // what a test asks without a word on who it is, a boot loader asks
  app.addHook('onRequest', async ({ headers }) => {
    if (headers['user-agent'] === 'lightMyRequest') headers['user-agent'] = 'iPXE/1.21.1';
  });
  return {
    ...{ app, deps, root, seal },
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await otherBoots?.stop();
      await ledger.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

const ENO1 = { interface: 'eno1', address: '10.77.0.1', prefixLength: 16, rangeFirst: '10.77.1.0', rangeLast: '10.77.250.255' };

async function writeServedFiles(root: string): Promise<void> {
  const files = [
    [join(root, 'post.tgz'), Buffer.from('built-in workload')],
    [join(root, 'live', bootPaths().kernel), IMAGE.kernel],
    [join(root, 'live', bootPaths().initrd), IMAGE.initrd],
    [join(root, 'live', ISO_PATHS.rootImage), IMAGE.rootImage],
    ...LOADERS.filter((name) => name.includes('.')).map((name) => [join(root, 'loaders', name), Buffer.from('efi loader')] as const),
    [join(root, 'data/isos/rescue.iso'), Buffer.from('an image')],
    [join(root, 'data/isos/notes.txt'), Buffer.from('not an image')],
  ] as const;
  for (const [path, content] of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}

async function openBehind(root: string, now: () => Date): Promise<Behind> {
  const dataDirectory = join(root, 'data');
  const ledger = await openLedger({ path: join(dataDirectory, 'ledger.jsonl'), now, onFault: () => {} });
  const sequence = (): number => ledger.sequence;
  return {
    dataDirectory,
    ledger,
    store: await openStore({ directory: dataDirectory, storage: 'ram', log: silentLog, sequence, sync: withoutSync, freeFloorBytes: 0 }),
    leases: await openLeases(join(root, 'leases')),
    tokens: await openTokens({ stateFile: join(root, 'tokens.jsonl') }),
    partial: partialRecords(dataDirectory, withoutSync),
  };
}

function sealAll({ store, dataDirectory }: Behind, directory: string): Promise<SealedTarball> {
  const ledgerPath = join(dataDirectory, 'ledger.jsonl');
  const input = { directory, ledgerPath, site: 'lab', imageVersion: '13.0.1', now: NOW };
  return sealTarball({ ...input, revisions: store.latest(), missing: [], replaces: undefined });
}
