import type { EarlyFacts } from '../domain/early-facts.ts';
import type { NodeRecord } from '../domain/record/node-record.ts';
import { recordData } from '../domain/record/record-data.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import type { MacAddress } from '../domain/values/mac.ts';
import type { MissingMachine } from '../report/missing-machine.ts';
import type { Visit } from '../tarball/visit.ts';

/** Who asked and did not arrive; `early` are the records that were made of what their boot loaders said. */
export async function missingFrom(visit: Visit, early: ReadonlyMap<MacAddress, NodeRecord>): Promise<MissingMachine[]> {
  const missing: MissingMachine[] = [];
  for await (const { mac, stage, at, address, verdict, portOf } of visit.verdicts()) {
    const known = early.get(mac);
    missing.push({
      ...{ mac, stage, at, address, detail: undefined },
      ...definedOnly({ verdict, portOf }),
      ...(known === undefined ? {} : { facts: factsOf(known) }),
    });
  }
  return missing;
}

function factsOf(record: NodeRecord): EarlyFacts {
  const { system, memory } = recordData(record);
  const memoryBytes = memory?.installedBytes ?? memory?.totalBytes;
  return {
    ...definedOnly({ vendor: system?.vendor, product: system?.product, serial: system?.serial }),
    ...definedOnly({ memoryBytes }),
  };
}
