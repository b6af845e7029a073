import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import type { MissingMachine } from '../../report/missing-machine.ts';
import type { Visit } from '../../tarball/visit.ts';

/** Addresses that gave a record to none of the visits, with what the latest visit says of them. */
export async function mergedMissing(visits: readonly Visit[], withRecord: ReadonlySet<MacAddress>): Promise<MissingMachine[]> {
  const missing = new Map<MacAddress, MissingMachine>();
  for (const visit of visits) {
    for await (const { mac, stage, at, address, verdict } of visit.verdicts()) {
      if (withRecord.has(mac)) continue;
      missing.set(mac, { mac, stage, at, address, detail: undefined, ...definedOnly({ verdict }) });
    }
  }
  return [...missing.values()];
}
