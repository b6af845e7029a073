import { ReconError } from '../../domain/errors.ts';
import { parseSubnet } from '../../domain/ip-address.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { poolFromFiles } from '../folder/parse-folder.ts';
import { readPoolFolder } from '../folder/read-folder.ts';
import { readHeadSettings } from '../head/read-head-settings.ts';
import { type HeadPlan, headPlan } from './text/head-plan.ts';
import { INSTALL_PLACES } from './text/places.ts';

/** What a person says on the command line. */
export interface InstallWords {
  private?: string;
  public?: string;
  subnet?: string;
  domain?: string;
  nat?: true;
}

const DEFAULTS = { subnet: '10.10.0.0/16', domain: 'cluster.internal' } as const;

/** Where an installed head says what it is. */
export interface PlanPlaces {
  settings: string;
  pool: string;
}

/**
 * What is wanted: the words, then what an installed head has, then defaults. A pool's own file says its subnet, and is never changed for an option.
 * @throws ReconError `usage` without a private side, for words that contradict the pool, for a subnet that cannot be served
 */
export async function planInstall(words: InstallWords, places: PlanPlaces = INSTALL_PLACES): Promise<HeadPlan> {
  const installed = await readHeadSettings(places.settings).catch((error: unknown) => {
    if (error instanceof ReconError && error.code === 'not-found') return undefined;
    throw error;
  });
  const inside = words.private ?? installed?.interface;
  if (inside === undefined || inside === '') {
    throw new ReconError('usage', 'which interface is the private side, that of the diskless machines?', { hint: '--private eth1' });
  }
  const pool = installed?.pool ?? places.pool;
  const network = await networkOf(pool, inside);
  contradiction('--subnet', words.subnet, network?.subnet, pool);
  contradiction('--domain', words.domain, network?.domain, pool);
  return headPlan({
    private: inside,
    subnet: words.subnet ?? network?.subnet ?? DEFAULTS.subnet,
    domain: words.domain ?? network?.domain ?? DEFAULTS.domain,
    isNat: words.nat === true,
    ...definedOnly({ public: words.public ?? installed?.public }),
  });
}

/** What the pool says of the network on that interface. A folder that is missing, empty or broken says nothing here. */
async function networkOf(folder: string, inside: string): Promise<{ subnet: string; domain?: string } | undefined> {
  const files = await readPoolFolder(folder).catch(() => new Map<string, string>());
  const outcome = poolFromFiles(files);
  if (outcome.outcome !== 'ok') return undefined;
  return Object.values(outcome.pool.settings.networks ?? {}).find((one) => one.interface === inside);
}

function contradiction(option: string, said: string | undefined, written: string | undefined, folder: string): void {
  if (said === undefined || written === undefined || isSame(said, written)) return;
  throw new ReconError('usage', `${option} ${said} is asked for, and the pool has ${written}`, {
    hint: `An install never changes a pool that is there: write it into ${folder}/pool.yaml, then run this again.`,
  });
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [parseSubnet(one), parseSubnet(other)];
  return one === other || (first !== undefined && JSON.stringify(first) === JSON.stringify(second));
}
