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
  /** how many programs had no answer in their time; 0 as well when another look would not be worth it */
  lateCommands: number;
}

interface SelfDeps {
  inventorySelf: () => Promise<SelfInventory>;
  store: Store;
  ledger: Ledger;
  stateDirectory: string;
  onMac: (mac: MacAddress) => void;
}

/**
 * The master is a machine of the room too. Once per boot: a restart of the service finds a note in the state directory.
 * @returns what was stored, nothing when a note was found
 */
export async function storeSelf({ inventorySelf, onMac, ...deps }: SelfDeps): Promise<SelfInventory | undefined> {
  const note = join(deps.stateDirectory, 'self');
  const before = parseMac((await readOrUndefined(note))?.toString('utf8') ?? '');
  if (before !== undefined && deps.store.latest().some(({ mac }) => mac === before)) {
    onMac(before);
    return undefined;
  }
  const inventory = await inventorySelf();
  onMac(inventory.mac);
  deps.ledger.add({ mac: inventory.mac, stage: 'collect', detail: 'the master itself' });
  await putSelf(inventory, deps);
  await writeAtomic(note, inventory.mac);
  return inventory;
}

/** Stores one look at this machine; a second one is a second revision. */
export async function putSelf(
  { mac, record, capture }: Omit<SelfInventory, 'lateCommands'>,
  { store, ledger }: Pick<SelfDeps, 'store' | 'ledger'>,
): Promise<void> {
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
}

function whole(bytes: Buffer): { chunks: AsyncIterable<Buffer>; lengthBytes: number; sha256: string } {
  const chunks = (async function* () {
    yield bytes;
  })();
  return { chunks, lengthBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
