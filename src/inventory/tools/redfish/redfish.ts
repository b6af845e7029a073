import type { ToldFacts } from '../../values/told-facts.ts';
import { redfishMachine } from './machine.ts';
import { redfishBmc, redfishNics } from './network.ts';
import { redfishCpu, redfishDimms, redfishPowerSupplies } from './parts.ts';
import { type RedfishResource, redfishResources } from './resources.ts';
import { redfishControllers } from './storage.ts';

/** What the files of a Redfish service say of one machine. Undefined where they are none, or of several machines. */
export function parseRedfish(outputs: readonly (Uint8Array | undefined)[]): ToldFacts | undefined {
  const resources = redfishResources(outputs);
  const machine = redfishMachine(resources);
  if (machine === undefined && !isPart(resources)) return undefined;
  return {
    by: 'Redfish',
    ...(machine ?? { system: {}, board: {}, firmware: {} }),
    cpu: redfishCpu(resources),
    bmc: redfishBmc(resources),
    memoryBytes: undefined,
    dimms: redfishDimms(resources),
    disks: [],
    controllers: redfishControllers(resources),
    nics: redfishNics(resources),
    powerSupplies: redfishPowerSupplies(resources),
  };
}

/** Somebody saved the drives alone; of two machines the resources have two systems. */
function isPart(resources: readonly RedfishResource[]): boolean {
  const systems = new Set(resources.flatMap(({ path }) => /^.*?\/Systems\/([^/]+)/.exec(path)?.[1] ?? []));
  return systems.size <= 1 && resources.some(({ type }) => PARTS.has(type));
}

const PARTS = new Set([
  ...['Memory', 'Processor', 'Drive', 'Storage', 'Volume', 'Power', 'PowerSupply', 'Manager'],
  ...['EthernetInterface', 'NetworkDeviceFunction'],
]);
