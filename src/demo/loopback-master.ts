import { join } from 'node:path';
import { reportScript } from '../bundle/report-script.ts';
import { webPageParts } from '../bundle/web-page.ts';
import { ReconError } from '../domain/errors.ts';
import type { ExpectedMachines } from '../domain/expected-machines.ts';
import type { ImageManifest } from '../domain/image.ts';
import { recordData } from '../domain/record/record-data.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import type { SegmentView } from '../domain/web-api.ts';
import { earlyRecord } from '../inventory/early-record.ts';
import type { SelfInventory } from '../master/intake/self-record.ts';
import { type Master, startMaster } from '../master/master.ts';
import type { MasterDeps } from '../master/master-deps.ts';
import { makeDirectory } from '../platform/files/directories.ts';
import { errorCode } from '../platform/files/files.ts';
import { silentLog } from '../platform/log.ts';
import type { DemoMachine } from './cast.ts';
import { type SpokenDhcp, spokenDhcp } from './dhcp-lines.ts';
import type { DemoClock } from './fast-clock.ts';
import { writeImageFiles } from './image-files.ts';
import { madeUpCapture } from './made-up-capture.ts';

/** The only address of a demo: nothing of it leaves this host. */
export const DEMO_ADDRESS = '127.0.0.1';
/** The network that its machines seem to be in. */
export const DEMO_INTERFACE = 'demo';

interface DemoMasterInput extends Pick<MasterDeps, 'onEvent' | 'onPowerOff'> {
  /** where all of it lies; goes away afterwards */
  directory: string;
  cast: readonly DemoMachine[];
  clock: DemoClock;
  version: string;
  /** TCP port; a free one when missing */
  port?: number;
  /** what screen and page call the network; the demo's own when missing */
  shown?: SegmentView;
}

/** A master on loopback with what the demo needs of it. */
export interface DemoMaster {
  master: Master;
  manifest: ImageManifest;
  say: SpokenDhcp['say'];
  url: string;
}

/**
 * The real master, without a network: its page on 127.0.0.1, its records in a directory, its DHCP told line by line.
 * @throws ReconError `busy` when the port is taken
 */
export async function startDemoMaster({ directory, cast, clock, version, port, shown, ...told }: DemoMasterInput): Promise<DemoMaster> {
  const at = (name: string): string => join(directory, name);
  for (const name of ['data', 'loaders']) await makeDirectory(at(name));
  const manifest = await writeImageFiles(at('live'), version);
  const dhcp = spokenDhcp();
  let httpPort = port ?? 0;
  const segment = {
    interface: DEMO_INTERFACE,
    address: DEMO_ADDRESS,
    prefixLength: 8,
    rangeFirst: '127.77.1.0',
    rangeLast: '127.77.250.255',
  };
  const starting = startMaster({
    ...{ manifest, earlyRecord, log: silentLog, site: 'demo', expected: expectedOf(cast), now: clock.now },
    ...{ liveDirectory: at('live'), dataDirectory: at('data'), stateDirectory: at('state'), loaderDirectory: at('loaders') },
    ...{ postFile: at('post.tgz'), storage: 'stick', syncData: async () => {} },
    ...{ segments: [segment], httpAddress: DEMO_ADDRESS, httpPort, serveDhcp: dhcp.serveDhcp },
    inventorySelf: async () => ownInventory(cast),
    page: await webPageParts(),
    reportScript: await reportScript(),
    segmentViews: () => [shown ?? { interface: DEMO_INTERFACE, address: `${DEMO_ADDRESS}:${httpPort}`, state: 'serving' }],
    ...definedOnly(told),
  });
  const master = await starting.catch((error: unknown) => {
    if (!(error instanceof ReconError) || error.code !== 'busy') throw error;
    const why = errorCode(error.cause) === 'EACCES' ? 'may not be used by you' : 'is in use';
    throw new ReconError('busy', `port ${port} of ${DEMO_ADDRESS} ${why}`, {
      hint: 'name another one with --port, or leave --port out: then a free one is taken',
      cause: error,
    });
  });
  httpPort = master.httpPort;
  return { master, manifest, say: dhcp.say, url: `http://${DEMO_ADDRESS}:${httpPort}` };
}

/** A list as a person has it: serial numbers with rack and unit. */
function expectedOf(cast: readonly DemoMachine[]): ExpectedMachines {
  return {
    machines: cast.map(({ mac, record, name, part }) => {
      const serial = recordData(record).system?.serial;
      // a machine that never sends its record is known by the port that it asks from
      return part === 'stuck-at-offer' || part === 'stuck-at-root-image' || serial === undefined ? { mac, name } : { serial, name };
    }),
  };
}

function ownInventory(cast: readonly DemoMachine[]): SelfInventory {
  const own = cast.find(({ part }) => part === 'master') ?? cast[0];
  if (own === undefined) throw new Error('a demo without machines');
  return { mac: own.mac, record: Buffer.from(JSON.stringify(own.record)), capture: madeUpCapture(own.mac), lateCommands: 0 };
}
