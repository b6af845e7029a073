import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reportScript } from '../../src/bundle/report-script.ts';
import { type SealedTarball, sealTarball, type TarballInput } from '../../src/seal/seal-tarball.ts';
import { chunksOf, recordFor } from '../master/fixture-records.ts';
import { roomyStore } from '../master/intake/roomy-store.ts';

/** A tarball with a machine for each serial number, one address that never arrived, and a ledger. */
export async function deskTarball(root: string, serials: readonly string[], more: Partial<TarballInput> = {}): Promise<SealedTarball> {
  const store = await roomyStore(root);
  for (const [at, serial] of serials.entries()) {
    const chunks = chunksOf(JSON.stringify(recordFor(serial)));
    await store.putRecord({ mac: macOf(at), chunks, lengthBytes: undefined, sha256: undefined, captureSha256: undefined });
  }
  const ledgerPath = join(root, 'ledger.jsonl');
  const event = {
    sequence: 1,
    at: '2026-11-20T10:00:00.000Z',
    mac: macOf(0),
    stage: 'ack',
    address: '10.77.1.9',
    detail: 'host payroll-7',
  };
  await writeFile(ledgerPath, `${JSON.stringify(event)}\n`);
  const verdict = { code: 'kernel-stuck', sentence: 'It asked from 10.77.1.200 and stopped.', hint: 'Look at 52:54:00:aa:bb:cc.' };
  return sealTarball({
    directory: join(root, 'export'),
    site: 'hall-3',
    imageVersion: '13.0.1',
    now: new Date('2026-11-20T23:59:00Z'),
    revisions: store.latest(),
    missing: [{ mac: '52:54:00:aa:bb:cc', stage: 'kernel', at: undefined, address: '10.77.1.200', detail: undefined, verdict }],
    ledgerPath,
    reportScript: await reportScript(),
    replaces: undefined,
    ...more,
  });
}

export const macOf = (at: number): string => `0c:c4:7a:00:00:${(at + 1).toString(16).padStart(2, '0')}`;
