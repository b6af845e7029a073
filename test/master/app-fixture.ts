import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { ISO_PATHS } from '../../src/domain/image.ts';
import { buildApp } from '../../src/master/app.ts';
import type { AppDeps } from '../../src/master/app-deps.ts';
import { openLeases } from '../../src/master/dhcp/leases.ts';
import { openStore } from '../../src/master/intake/store.ts';
import { openTokens } from '../../src/master/intake/tokens.ts';
import { openLedger } from '../../src/master/ledger/ledger.ts';
import { newPin } from '../../src/master/show/pin.ts';
import type { WebDeps } from '../../src/master/show/web-deps.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { partialRecords } from '../../src/records/partial-records.ts';
import { type SealedTarball, sealTarball } from '../../src/seal/seal-tarball.ts';
import { manifestFor } from './fixture-records.ts';

export const IMAGE = { kernel: Buffer.from('kernel'), initrd: Buffer.from('initrd'), rootImage: Buffer.from('0123456789'.repeat(100)) };
export const NOW = new Date('2026-11-20T12:00:00Z');

/** The HTTP application over a directory of its own, with everything behind it real. */
export async function appFixture(
  change: Partial<AppDeps> = {},
  { web = {}, now = () => NOW }: { web?: Partial<WebDeps>; now?: () => Date } = {},
): Promise<{ app: FastifyInstance; deps: AppDeps; root: string; seal: () => Promise<SealedTarball> } & AsyncDisposable> {
  const directory = await temporaryDirectory('recon-app-');
  const root = directory.path;
  const files = [
    [join(root, 'live', ISO_PATHS.kernel), IMAGE.kernel],
    [join(root, 'live', ISO_PATHS.initrd), IMAGE.initrd],
    [join(root, 'live', ISO_PATHS.rootImage), IMAGE.rootImage],
    [join(root, 'loaders/snponly.efi'), Buffer.from('efi loader')],
    [join(root, 'data/isos/rescue.iso'), Buffer.from('an image')],
    [join(root, 'data/isos/notes.txt'), Buffer.from('not an image')],
  ] as const;
  for (const [path, content] of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  const dataDirectory = join(root, 'data');
  const ledgerPath = join(dataDirectory, 'ledger.jsonl');
  const ledger = await openLedger({ path: ledgerPath, now, onFault: () => {} });
  const store = await openStore({
    directory: dataDirectory,
    storage: 'ram',
    log: silentLog,
    sequence: () => ledger.sequence,
    freeFloorBytes: 0,
  });
  const exportDirectory = join(dataDirectory, 'export');
  const seal = (): Promise<SealedTarball> =>
    sealTarball({
      directory: exportDirectory,
      site: 'lab',
      imageVersion: '13.0.1',
      now: NOW,
      revisions: store.latest(),
      missing: [],
      ledgerPath,
      replaces: undefined,
    });
  const deps: AppDeps = {
    manifest: manifestFor(IMAGE),
    liveDirectory: join(root, 'live'),
    loaderDirectory: join(root, 'loaders'),
    dataDirectory,
    exportDirectory,
    storage: 'ram',
    postArchive: Buffer.from('built-in workload'),
    rootHost: 'bang',
    leases: await openLeases(join(root, 'leases')),
    ledger,
    store,
    tokens: await openTokens({ stateFile: join(root, 'tokens.jsonl') }),
    partial: partialRecords(dataDirectory),
    masterMac: () => undefined,
    seal,
    isServedAddress: () => true,
    log: silentLog,
    web: {
      page: undefined,
      pin: newPin({ digits: '123456' }),
      segments: () => [{ interface: 'eno1', state: 'serving', address: '10.77.0.1' }],
      tarball: () => undefined,
      site: 'lab',
      expected: undefined,
      onPowerOff: undefined,
      onDone: undefined,
      now,
      ...web,
    },
    ...change,
  };
  const app = buildApp(deps);
  return {
    app,
    deps,
    root,
    seal,
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await ledger.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}
