import type { MacAddress } from '../domain/mac.ts';
import type { MissingMachine } from '../report/missing-machine.ts';
import type { Visit } from '../report/visit.ts';

/** Addresses that gave a record to none of the visits, with what the latest visit says of them. */
export async function mergedMissing(visits: readonly Visit[], withRecord: ReadonlySet<MacAddress>): Promise<MissingMachine[]> {
  const missing = new Map<MacAddress, MissingMachine>();
  for (const visit of visits) {
    for await (const { mac, stage, at, address, verdict } of visit.verdicts()) {
      if (withRecord.has(mac)) continue;
      missing.set(mac, { mac, stage, at, address, detail: undefined, ...(verdict === undefined ? {} : { verdict }) });
    }
  }
  return [...missing.values()];
}
