import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { type MacAddress, parseMac } from '../../domain/values/mac.ts';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Store } from './store.ts';

/** The master's own record and gzipped capture, as a peer would upload them. */
export interface SelfInventory {
  mac: MacAddress;
  record: Buffer;
  capture: Buffer;
}

interface SelfDeps {
  inventorySelf: () => Promise<SelfInventory>;
  store: Store;
  ledger: Ledger;
  stateDirectory: string;
  onMac: (mac: MacAddress) => void;
}

/** The master is a machine of the room too. Once per boot: a restart of the service finds a note in the state directory. */
export async function storeSelf({ inventorySelf, store, ledger, stateDirectory, onMac }: SelfDeps): Promise<void> {
  const note = join(stateDirectory, 'self');
  const before = parseMac((await readOrUndefined(note))?.toString('utf8') ?? '');
  if (before !== undefined && store.latest().some(({ mac }) => mac === before)) {
    onMac(before);
    return;
  }
  const { mac, record, capture } = await inventorySelf();
  onMac(mac);
  ledger.add({ mac, stage: 'collect', detail: 'the master itself' });
  const captureSha256 = await store.putCapture({ mac, ...whole(capture) }).then(
    ({ sha256 }) => sha256,
    (error: unknown) => {
      // as a peer does
      if (error instanceof ReconError && error.code === 'capture-left-out') return undefined;
      throw error;
    },
  );
  const receipt = await store.putRecord({ mac, ...whole(record), captureSha256 });
  ledger.add({ mac, stage: 'receipt', detail: `revision ${receipt.revision}` });
  await writeAtomic(note, mac);
}

function whole(bytes: Buffer): { chunks: AsyncIterable<Buffer>; lengthBytes: number; sha256: string } {
  const chunks = (async function* () {
    yield bytes;
  })();
  return { chunks, lengthBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
