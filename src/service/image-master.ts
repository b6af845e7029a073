import { join } from 'node:path';
import { reportScript } from '../bundle/report-script.ts';
import { webPageParts } from '../bundle/web-page.ts';
import { ReconError } from '../domain/errors.ts';
import { ImageManifest, ISO_PATHS } from '../domain/image.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { messageOf } from '../domain/values/message-of.ts';
import type { VisitPlace } from '../domain/visit/visit-start.ts';
import { earlyRecord } from '../inventory/early-record.ts';
import type { MasterDeps } from '../master/master-deps.ts';
import { readOrUndefined } from '../platform/files/files.ts';
import type { Log } from '../platform/log.ts';
import { openStickPool } from '../pool/stick/open-stick-pool.ts';
import { sealApart } from '../seal/seal-apart.ts';
import { LIVE_DIRECTORY } from './facts.ts';
import { takeOwnRecord } from './own/take-record.ts';
import { keepWorkload, type VisitSettings } from './settings/visit-settings.ts';
import type { DataStorage } from './stick/data-storage.ts';
import type { Warden } from './warden/ask-warden.ts';
import { STATE_DIRECTORY } from './warden/state-directory.ts';

const LOADER_DIRECTORY = '/usr/lib/recon/loaders';
const PROGRAM = '/usr/lib/recon/recon.cjs';
/** starts it with the code that V8 has compiled already */
const START = '/usr/lib/recon/start.cjs';

interface ImageMasterInput {
  manifest: ImageManifest;
  data: Pick<DataStorage, 'directory' | 'storage' | 'sync' | 'medium' | 'space'>;
  visit: VisitSettings;
  /** where this machine stands */
  place: VisitPlace;
  warden: Pick<Warden, 'startDnsmasq' | 'takeParts'>;
  /** public key of age that the tarball is encrypted to */
  encryptTo: string | undefined;
  /** what on the stick can be read by whoever has it, as the screen says it */
  readable: readonly string[];
  log: Log;
}

/** What a master is made of that runs from the image: the files of the image, the settings of the stick. */
export async function imageMasterDeps(input: ImageMasterInput): Promise<MasterDeps> {
  const { manifest, data, visit, place, warden, encryptTo, readable, log } = input;
  const { settings, workload } = visit;
  const { limits, site, expected } = settings;
  const page = await orWithout(webPageParts(), log, 'the web page cannot be made');
  const script = await orWithout(reportScript(), log, 'report.html will have no search');
  return {
    ...{ manifest, earlyRecord, log, sealTarball: sealApart(START, log) },
    ...{ liveDirectory: LIVE_DIRECTORY, loaderDirectory: LOADER_DIRECTORY, stateDirectory: STATE_DIRECTORY },
    startDnsmasq: warden.startDnsmasq,
    ...{ dataDirectory: data.directory, storage: data.storage, syncData: data.sync },
    postFile: await keepWorkload(join(STATE_DIRECTORY, 'post.tgz'), PROGRAM, visit),
    segments: [],
    inventorySelf: (shutdown) =>
      takeOwnRecord({
        ...{ directory: join(STATE_DIRECTORY, 'own'), takeParts: warden.takeParts, captureMs: workload.captureMs },
        ...{ shutdown, recon: [process.execPath, START], log },
      }),
    openOtherBoots: (other) =>
      openStickPool({ dataDirectory: data.directory, stateDirectory: STATE_DIRECTORY, loaderDirectory: LOADER_DIRECTORY, log }, other),
    ...{ place, readable, stickSaid: visit.said },
    discoveryLimits: limits ?? {},
    ...(limits?.quietMinutes === undefined ? {} : { quietMs: limits.quietMinutes * 60_000 }),
    ...definedOnly({
      medium: data.medium,
      dataSpace: data.space,
      site,
      visit: settings.visit,
      expected,
      encryptTo,
      page,
      reportScript: script,
    }),
    ...definedOnly({ captureMs: workload.captureMs }),
  };
}

/** @throws ReconError `not-an-image` when the medium is not ours */
export async function readManifest(): Promise<ImageManifest> {
  const path = join(LIVE_DIRECTORY, ISO_PATHS.manifest);
  const bytes = await readOrUndefined(path);
  if (bytes === undefined) throw new ReconError('not-an-image', `${path} is missing: this system did not boot from a Recon medium`);
  return ImageManifest.parse(JSON.parse(bytes.toString('utf8')));
}

/** Pages are a convenience: a master without them still takes the inventory. */
async function orWithout<T>(made: Promise<T>, log: Log, words: string): Promise<T | undefined> {
  return made.catch((error: unknown) => {
    log.warn(`${words}: ${messageOf(error)}`);
    return undefined;
  });
}
