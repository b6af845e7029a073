import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { environmentOf } from '../../peer/environment.ts';
import { hasBmc } from '../../peer/ipmi.ts';
import { POST_COLLECTORS } from '../../peer/operator-collectors.ts';
import { POST_TOOLS } from '../../peer/operator-tools.ts';
import { shutDown } from '../../peer/shut-down.ts';
import { readWorkloadSettings, WORKLOAD_SETTINGS_FILE, type WorkloadSettings } from '../../peer/workload-settings.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import { giveToUser } from '../../platform/files/give-to-user.ts';
import type { Log } from '../../platform/log.ts';
import { startRemoteLogin } from '../../platform/machine/remote-login.ts';
import { type Argv, run } from '../../platform/process/command.ts';
import { BMC_PROPERTIES, inUnit } from '../../platform/process/unit-for-a-moment.ts';
import { orderParts } from '../inventory/order-parts.ts';
import type { HeardUnit } from '../warden/heard-unit.ts';
import { PEER_DIRECTORY, PEER_POST, PEER_TOKEN, PEER_USER_ID, WORKLOAD_DIRECTORY, WORKLOAD_ENVIRONMENT } from './places.ts';
import { directoryWithReceipt } from './receipt-left.ts';
import { type PeerPlace, peerSettings } from './settings.ts';
import type { PeerResult, PeerWord } from './words.ts';

const RECON: Argv = ['/usr/bin/recon'];

/** What each word does. */
export type PeerActs = { readonly [W in PeerWord]: () => Promise<PeerResult<W>> };

interface PeerActsInput {
  place: PeerPlace;
  workload: HeardUnit;
  onWorkloadLine: (line: string) => void;
  /** makes it a master again; undefined on a machine that the network made a peer */
  onLookAgain?: () => void;
  log: Log;
}

/** Everything comes from the boot and from files of the workload; nothing from who asks. */
export function peerActs({ place, workload, onWorkloadLine, onLookAgain, log }: PeerActsInput): PeerActs {
  return {
    'take-inventory': async () => {
      const directories = { toolsDirectory: join(PEER_POST, POST_TOOLS), collectorsDirectory: join(PEER_POST, POST_COLLECTORS) };
      return orderParts({ ...directories, ...definedOnly({ captureMs: (await workloadSettings()).captureMs }) });
    },
    'open-login': async () => {
      const said: string[] = [];
      const { authorizedKey } = await workloadSettings();
      if (authorizedKey !== undefined) await startRemoteLogin(authorizedKey, { ...log, info: (line) => said.push(line) });
      return { said };
    },
    'has-bmc': async () => ({ hasBmc: await hasBmc({ root: '/', run: (argv, options) => inUnit(argv, BMC_PROPERTIES, options) }) }),
    'shut-down': async () => {
      const directory = await directoryWithReceipt([PEER_DIRECTORY, WORKLOAD_DIRECTORY]);
      const environment = environmentOf({ ...(await peerSettings(place)), runDirectory: directory });
      if (!(await shutDown({ run, recon: RECON, environment })).isCutScheduled)
        throw new ReconError('command-failed', 'systemd was not asked to have the BMC cut the power');
      return {};
    },
    'look-again': async () => {
      if (onLookAgain === undefined) throw new ReconError('usage', 'this machine booted from its master');
      onLookAgain();
      return {};
    },
    'run-workload': async () => runWorkload({ place, workload, onWorkloadLine }),
  };
}

function workloadSettings(): Promise<WorkloadSettings> {
  return readWorkloadSettings(join(PEER_POST, WORKLOAD_SETTINGS_FILE));
}

async function runWorkload({
  place,
  workload,
  onWorkloadLine,
}: Pick<PeerActsInput, 'place' | 'workload' | 'onWorkloadLine'>): Promise<PeerResult<'run-workload'>> {
  await removePath(WORKLOAD_DIRECTORY);
  await makeDirectory(WORKLOAD_DIRECTORY);
  const environment = environmentOf({ ...(await peerSettings(place)), runDirectory: WORKLOAD_DIRECTORY });
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
  await writeAtomic(WORKLOAD_ENVIRONMENT, lines.join(''));
  const exit = await workload.start(onWorkloadLine).exited;
  // a token that it has renewed is root's
  await giveToUser(PEER_USER_ID, [PEER_TOKEN]);
  return definedOnly(exit);
}
