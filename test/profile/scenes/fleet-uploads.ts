import { fleetMachine } from '../../../src/demo/fleet/fleet-machine.ts';
import { serverModels } from '../../fleet/server-models.ts';
import type { appFixture } from '../../master/app-fixture.ts';
import { captureOf, chunksOf, sha256Of } from '../../master/fixture-records.ts';

type Store = Awaited<ReturnType<typeof appFixture>>['deps']['store'];

/** A machine's record and capture, as it uploads them. */
export interface FleetUpload {
  mac: string;
  record: Buffer;
  capture: Buffer;
}

/** As many machines of the generated fleet, one at a time; a capture is as large as that of a server with two sockets. */
export function* fleetUploads(machines: number): Generator<FleetUpload> {
  const models = serverModels();
  let made = 0;
  for (let at = 0; made < machines; at += 1) {
    const machine = fleetMachine(at, models, { seed: 1, isLater: false });
    if (machine === undefined) continue;
    const record = Buffer.from(JSON.stringify(machine.record));
    made += 1;
    yield {
      mac: machine.mac,
      record,
      capture: captureOf({ 'raw/dmidecode.out': record, 'raw/lspci.out': record.toString('hex') }),
    };
  }
}

/** Takes one in, as the master does of an upload. */
export async function takeIn(store: Store, { mac, record, capture }: FleetUpload): Promise<void> {
  const upload = (bytes: Buffer) => ({ mac, chunks: chunksOf(bytes, 65_536), lengthBytes: bytes.length, sha256: sha256Of(bytes) });
  const { sha256 } = await store.putCapture(upload(capture));
  await store.putRecord({ ...upload(record), captureSha256: sha256 });
}
