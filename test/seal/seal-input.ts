import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RECORD_FILE } from '../../src/records/revisions.ts';
import type { TarballInput } from '../../src/seal/seal-tarball.ts';
import type { SealedRevision } from '../../src/seal/sealed-revision.ts';
import { recordFor } from '../master/fixture-records.ts';

/** What a seal of these records takes; they are stored below `root`, whatever they are. */
export async function inputOf(root: string, records: readonly (readonly [mac: string, text: string])[]): Promise<TarballInput> {
  const revisions: SealedRevision[] = [];
  for (const [mac, text] of records) revisions.push(await stored(root, mac, text));
  return {
    ...{ directory: join(root, 'export'), site: 'lab', imageVersion: '1', now: new Date('2026-11-20T23:59:00Z'), revisions },
    ...{ missing: [], ledgerPath: join(root, 'none'), replaces: undefined },
  };
}

export async function stored(root: string, mac: string, text: string): Promise<SealedRevision> {
  const directory = join(root, randomBytes(6).toString('hex'));
  await mkdir(directory);
  await writeFile(join(directory, RECORD_FILE), text);
  return {
    mac,
    revision: 1,
    directory,
    recordSha256: '',
    captureSha256: undefined,
    receipt: undefined,
  };
}

/** Some megabytes that cannot be packed. */
export function largeRecords(): [mac: string, text: string][] {
  return [1, 2, 3, 4].map((number) => {
    const record = recordFor(`S${number}`);
    const lines = [randomBytes(600_000).toString('base64')];
    Object.assign(record.sections, { custom: { status: 'ok', data: [{ name: 'noise', status: 'ok', lines }] } });
    return [`52:54:00:00:00:0${number}`, JSON.stringify(record)];
  });
}

/** A machine without a record, which the seal asks for when it has read those that are there. */
export function asking(look: () => Promise<undefined>): Pick<TarballInput, 'missing' | 'early'> {
  return {
    missing: [{ mac: '52:54:00:00:00:09', stage: 'kernel', at: undefined, address: undefined, detail: undefined }],
    early: { partial: { put: assert.fail, filesOf: look }, makeRecord: () => recordFor('unknown') },
  };
}
