import { ReconError } from '../../domain/errors.ts';
import { plainJson } from '../../domain/values/plain-json.ts';
import { type ProgressLine, progressBar } from '../../platform/progress.ts';
import { exportFleet } from '../../report/export/fleet.ts';
import { NETBOX } from '../../report/export/formats/netbox/netbox.ts';
import { exportMachines } from '../../report/export/machine.ts';
import { machineAddresses } from '../../report/export/machine-addresses.ts';
import { exportSettings } from '../../report/export/settings.ts';
import { type GonePart, goneParts } from '../../report/netbox-push/gone-parts.ts';
import { KINDS_IN_ORDER, type NetboxKind } from '../../report/netbox-push/kinds.ts';
import { type PlanEntry, PushPlan } from '../../report/netbox-push/plan.ts';
import { planCounts, planJson, planSummary, planText, type WholePlan } from '../../report/netbox-push/plan-text.ts';
import { usedEntries } from '../../report/netbox-push/used-entries.ts';
import { refKey } from '../../report/netbox-push/wanted.ts';
import { type WantedOfVisit, wantedOfVisit } from '../../report/netbox-push/wanted-of-visit.ts';
import type { Visit } from '../../tarball/visit.ts';
import { applyPlan, type PreparedPush } from './apply-plan.ts';
import type { NetboxConnection, NetboxDeps } from './exchange.ts';
import { type NetboxClient, netboxClient } from './netbox-client.ts';
import type { PlaceOf } from './rack-places.ts';
import { readKind } from './read-kind.ts';

export interface PushOptions {
  /** the plan is shown, and nothing is changed */
  isDryRun: boolean;
  /** the plan as JSON */
  json: boolean;
  /** name of the site in NetBox; that of the visit when missing */
  site?: string;
  role: string;
  firstAddress?: string;
  set?: readonly string[];
  placeOf: PlaceOf;
}

interface PushDeps extends Omit<NetboxDeps, 'onWait'> {
  print: (text: string) => void;
  warn: (sentence: string) => void;
  progress: ProgressLine;
}

/** Inventory items are deprecated from this version on. */
const MODULES_SINCE = [4, 3] as const;
/** MAC addresses are objects of their own from this version on. */
const OLDEST = [4, 2] as const;

/**
 * Puts a visit into a NetBox: says what it would do, and does it. What NetBox has stays; nothing is ever deleted.
 * @throws ReconError `usage`, `netbox-unreachable`, `netbox-refused`
 */
export async function pushNetbox(visit: Visit, connection: NetboxConnection, options: PushOptions, deps: PushDeps): Promise<void> {
  const { progress, print, warn } = deps;
  const client = netboxClient(connection, { ...deps, onWait: progress.at });
  const version = await client.version();
  if (isBefore(version, OLDEST))
    throw new ReconError('usage', `${connection.name} has NetBox ${version.join('.')}`, {
      hint: 'NetBox 4.2 or newer; recon export --format netbox makes files for its import',
    });
  const wanted = await gather(visit, options, { hasModules: !isBefore(version, MODULES_SINCE), warn });
  const prepared = await prepare(client, wanted, progress);
  const whole: WholePlan = {
    entries: [...prepared.entries.values(), prepared.plan.compareLater(wanted.later)].flat(),
    gone: prepared.gone,
  };
  print(options.json ? `${plainJson(planJson(whole), 2)}\n` : `${planText(whole)}${planSummary(whole)}\n`);
  const { create, change } = planCounts(whole);
  if (options.isDryRun || create + change === 0) return;
  let done = 0;
  const applied = await applyPlan(prepared, {
    ...{ client, name: connection.name, sleep: deps.sleep, random: deps.random, warn, onWait: progress.at },
    onDone: (count) => {
      done += count;
      progress.at(progressBar(done, create + change));
    },
  });
  progress.clear();
  if (!options.json) print(`${connection.name}: ${applied.made} made, ${applied.changed} changed\n`);
  if (applied.refused > 0)
    throw new ReconError('netbox-refused', `${connection.name} did not take ${applied.refused} of ${create + change}, see above`, {
      hint: 'mend these in NetBox, and run it again: what is there already stays as it is',
    });
}

function isBefore([major, minor]: readonly [number, number], [than, thanMinor]: readonly [number, number]): boolean {
  return major < than || (major === than && minor < thanMinor);
}

async function gather(
  visit: Visit,
  { site = visit.site, role, firstAddress, set = [], placeOf }: PushOptions,
  { hasModules, warn }: { hasModules: boolean; warn: (sentence: string) => void },
): Promise<WantedOfVisit> {
  const { prefix = '32', 'bmc-prefix': bmcPrefix = '32' } = exportSettings(NETBOX, set);
  const fleet = await exportFleet(visit.nodes());
  const addresses =
    firstAddress === undefined ? [] : machineAddresses(firstAddress, fleet.machineCount, new Set(fleet.bmcAddresses.keys()));
  const reasons = new Map<string, number>();
  const leaveOut = (reason: string): void => void reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const settings = { site, role, hasModules, prefix, bmcPrefix, placeOf };
  const wanted = await wantedOfVisit(exportMachines(visit.nodes(), fleet, addresses), settings, leaveOut);
  if (fleet.machineCount === 0) warn(`${visit.path} holds no machine with a record; there is nothing to push`);
  for (const [reason, count] of reasons) warn(`left out ${count === 1 ? 'once' : `${count} times`}: ${reason}`);
  return wanted;
}

async function prepare(client: NetboxClient, wanted: WantedOfVisit, progress: ProgressLine): Promise<PreparedPush & { gone: GonePart[] }> {
  const plan = new PushPlan();
  const entries = new Map<NetboxKind, readonly PlanEntry[]>();
  const gone: GonePart[] = [];
  for (const [at, kind] of KINDS_IN_ORDER.entries()) {
    progress.at(`asks NetBox ${progressBar(at, KINDS_IN_ORDER.length)}`);
    const wanteds = wanted.kinds.get(kind) ?? [];
    const { objects, switches } = await readKind(client, kind, wanteds, plan.ids);
    const compared = plan.compare(kind, wanteds, objects, switches);
    entries.set(kind, compared);
    const found = new Set(compared.flatMap(({ id }) => id ?? []));
    gone.push(...goneParts(kind, objects, { devices: knownDevices(entries.get('device') ?? [], plan), found }));
  }
  return { plan, wanted, entries: usedEntries(entries), gone };
}

/** Devices that NetBox has, by their number. */
function knownDevices(entries: readonly PlanEntry[], plan: PushPlan): Map<number, string> {
  return new Map(
    entries.flatMap(({ action, wanted }) => {
      const id = plan.ids.get(refKey(wanted));
      return id === undefined || action === 'create' ? [] : [[id, wanted.words] as const];
    }),
  );
}
