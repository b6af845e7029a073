import { join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { ImageManifest, ISO_PATHS } from '../domain/image.ts';
import { planSegment } from '../domain/network.ts';
import type { BootFacts } from '../domain/role.ts';
import { startGuard } from '../master/guard/guard.ts';
import { startMaster } from '../master/master.ts';
import { inventory } from '../peer/inventory.ts';
import { buildPostArchive } from '../peer/post-archive.ts';
import { run } from '../platform/command.ts';
import { MACHINE_CONSOLES, openConsoles } from '../platform/consoles.ts';
import { makeDirectory, removePath } from '../platform/directories.ts';
import { readOrUndefined } from '../platform/files.ts';
import type { Log } from '../platform/log.ts';
import { openDataStorage } from './data-storage.ts';
import { LIVE_DIRECTORY } from './facts.ts';
import { ownMac } from './own-mac.ts';
import { openScreen, segmentLines } from './screen.ts';
import { keepSegments } from './segments.ts';
import { stepFilter } from './step-filter.ts';

const STATE_DIRECTORY = '/run/recon/master';
const LOADER_DIRECTORY = '/usr/lib/recon/loaders';
const PROGRAM = '/usr/lib/recon/recon.mjs';
const MOST_SEGMENTS = 64;

/**
 * The master's life: find the stick's data partition, start the services, serve each segment that is quiet, and at the end seal.
 * Resolves after `signal` and when everything is written.
 * @throws ReconError `not-an-image` when the medium is not ours
 */
export async function runMaster(facts: BootFacts, options: { signal: AbortSignal; log: Log; site?: string }): Promise<void> {
  const { log, signal } = options;
  const screen = openScreen(await openConsoles(MACHINE_CONSOLES));
  screen.say('starting; nothing on this machine is changed, and nothing is sent before every network was listened to');
  const manifest = await readManifest();
  await makeDirectory(STATE_DIRECTORY);
  const data = await openDataStorage(
    {
      bootDevice: facts.bootDevice,
      partUuid: facts.kernelArguments.get('recon.data'),
      anyTransport: facts.kernelArguments.get('recon.medium') === 'disk',
    },
    log,
  );
  if (data.storage === 'ram') {
    screen.say(
      `no data partition: ${data.reason}.`,
      'Records are kept in RAM. Fetch the tarball by HTTP before power-off: /export/ on this machine.',
    );
  }
  const isNews = stepFilter();
  const master = await startMaster({
    manifest,
    liveDirectory: LIVE_DIRECTORY,
    dataDirectory: data.directory,
    storage: data.storage,
    stateDirectory: STATE_DIRECTORY,
    loaderDirectory: LOADER_DIRECTORY,
    postArchive: (await readOrUndefined(join(data.directory, 'post.tgz'))) ?? (await buildPostArchive(PROGRAM)),
    segments: [],
    inventorySelf: async () => {
      const directory = '/run/recon/self-capture';
      await removePath(directory);
      const taken = await inventory(directory, { run, log });
      return { ...taken, mac: ownMac(taken.record) };
    },
    log,
    onEvent: (event) => {
      if (isNews(event)) screen.event(event);
      if (event.kind === 'serving')
        screen.say('ready', ...event.segments.map((one) => `machines on ${one.interface} can be powered on now (network boot)`));
    },
    ...(options.site === undefined ? {} : { site: options.site }),
  });
  const segments = await keepSegments({ master, numbersFile: join(STATE_DIRECTORY, 'segments.json'), log });
  const guard = await startGuard({
    ownSubnets: Array.from({ length: MOST_SEGMENTS }, (_, index) => planSegment('', index)).map(
      ({ address, prefixLength }) => `${address.replace(/\.0\.1$/, '.0.0')}/${prefixLength}`,
    ),
    log,
    onState: ({ interface: name, state }) => {
      const lines = segmentLines(name, state);
      if (lines.length > 0) screen.say(...lines);
      segments.note(name, state);
    },
  });
  screen.watch(master, data.storage);

  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  screen.say('stopping: sealing the tarball, please wait ...');
  await guard.stop();
  await master.stop();
  await segments.close();
  const { sealed } = master;
  const trouble = await data.close();
  if (trouble !== undefined)
    screen.say(`the stick was not written out: ${trouble}`, 'Leave it in until this machine is off, then check it on a laptop.');
  else if (sealed === undefined)
    screen.say(
      `the tarball could not be made; the records themselves ${data.storage === 'stick' ? 'are on the stick' : 'end with this machine'}`,
    );
  else if (data.storage === 'stick')
    screen.say(`${sealed.name} holds ${sealed.machines} machines`, 'SAFE TO PULL THE STICK as soon as this machine is off.');
  await screen.close();
}

async function readManifest(): Promise<ImageManifest> {
  const path = join(LIVE_DIRECTORY, ISO_PATHS.manifest);
  const bytes = await readOrUndefined(path);
  if (bytes === undefined) throw new ReconError('not-an-image', `${path} is missing: this system did not boot from a Recon medium`);
  return ImageManifest.parse(JSON.parse(bytes.toString('utf8')));
}
