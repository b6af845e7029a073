import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import fc from 'fast-check';
import type { Receipt } from '../../src/domain/api.ts';
import { sharedRuns } from '../../src/domain/values/shared-runs.ts';
import { errorCode, temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { scanRevisions } from '../../src/records/read-revisions.ts';
import { parseReceipt } from '../../src/records/revisions.ts';
import { captureOf, chunksOf, recordFor, sha256Of } from '../master/fixture-records.ts';
import { roomyStore } from '../master/intake/roomy-store.ts';

/** What a machine was told, and how many states of the medium there were then. */
interface Promised {
  mac: string;
  receipt: Receipt;
  states: number;
}

/**
 * A medium that forgets all but what its last sync has brought: each sync keeps a copy of what was there when it began, and it counts when it ends. To pull it
 * between two syncs leaves the copy of the last one that ended.
 */
function forgetfulMedium(directory: string, copies: string, pauses: () => number) {
  const states: string[] = [];
  const sync = sharedRuns(async () => {
    const copy = join(copies, String(states.length));
    copyTree(directory, copy);
    await turns(pauses());
    states.push(copy);
  });
  return { states, sync };
}

/** What moves meanwhile is of nobody who has asked for the sync. */
function copyTree(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    try {
      if (entry.isDirectory()) copyTree(source, target);
      else copyFileSync(source, target);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Uploads of machines that begin one after the other, with so many turns between them, to a medium that takes so many turns for a sync. */
async function uploads(root: string, machines: number, pauses: () => number): Promise<{ states: string[]; promised: Promised[] }> {
  const directory = join(root, 'data');
  const copies = join(root, 'copies');
  mkdirSync(copies);
  const { states, sync } = forgetfulMedium(directory, copies, pauses);
  const store = await roomyStore(directory, { storage: 'stick', sync: async () => (existsSync(directory) ? sync() : undefined) });
  const promised: Promised[] = [];
  const one = async (machine: number, words: string): Promise<void> => {
    const mac = `52:54:00:00:00:${machine.toString(16).padStart(2, '0')}`;
    const capture = captureOf({ 'raw/a.out': `${mac} ${words}` });
    const record = `${JSON.stringify(recordFor(mac))}${words}`;
    const upload = (bytes: string | Buffer) => ({ mac, chunks: chunksOf(bytes), lengthBytes: bytes.length, sha256: sha256Of(bytes) });
    await store.putCapture(upload(capture));
    const receipt = await store.putRecord({ ...upload(record), captureSha256: sha256Of(capture) });
    promised.push({ mac, receipt, states: states.length });
  };
  // every third comes again with another record
  const twice = async (machine: number): Promise<void> => {
    await one(machine, '');
    if (machine % 3 === 0) await one(machine, ' ');
  };
  const all: Promise<void>[] = [];
  for (let machine = 0; machine < machines; machine += 1) {
    all.push(twice(machine));
    await turns(pauses());
  }
  await Promise.all(all);
  return { states, promised };
}

function folderOf(state: string, mac: string, revision: number): string {
  return join(state, 'records', mac.replaceAll(':', '-'), String(revision).padStart(4, '0'));
}

function sha256In(path: string): string | undefined {
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : undefined;
}

function assertWhole(state: string, { mac, receipt }: Promised): void {
  const folder = folderOf(state, mac, receipt.revision);
  assert.equal(sha256In(join(folder, 'record.json')), receipt.recordSha256, `${folder}: the record`);
  assert.equal(sha256In(join(folder, 'capture.jsonl.gz')), receipt.captureSha256, `${folder}: the capture`);
  assert.deepEqual(JSON.parse(readFileSync(join(folder, 'receipt.json'), 'utf8')), receipt);
}

/** Each receipt that a state has, by its folder. */
function receiptsIn(state: string): string[] {
  return readdirSync(state, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('/receipt.json'));
}

it('has each acknowledged record whole, whenever the medium is pulled out', async () => {
  const pauses = fc.array(fc.nat({ max: 30 }), { minLength: 4, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), pauses, async (machines, given) => {
      await using root = await temporaryDirectory('recon-yanked-');
      let asked = 0;
      const { states, promised } = await uploads(root.path, machines, () => given[asked++ % given.length] ?? 0);
      assert.equal(promised.length, machines + Math.ceil(machines / 3));
      for (const one of promised) {
        assert.ok(one.states > 0, 'a receipt before the first sync');
        // pulled at that moment, or at any later one
        for (const state of states.slice(one.states - 1)) assertWhole(state, one);
      }
      for (const [at, state] of states.entries())
        for (const path of receiptsIn(state)) {
          const receipt = parseReceipt(readFileSync(join(state, path)));
          // half of one counts as none
          if (receipt === undefined) continue;
          const before = states[at - 1];
          assert.ok(before !== undefined, 'a receipt in the first state');
          assert.equal(
            sha256In(join(before, path.replace('receipt.json', 'record.json'))),
            receipt.recordSha256,
            'a receipt was written before its record was synced',
          );
        }
    }),
    { numRuns: 10 },
  );
});

it('is found again by the next start, from the state in which it was pulled out', async () => {
  await using root = await temporaryDirectory('recon-yanked-');
  let asked = 0;
  const { states, promised } = await uploads(root.path, 12, () => (asked++ * 7) % 13);
  for (const [at, state] of states.entries()) {
    const found = await scanRevisions(state, silentLog);
    const known = new Set(found.flatMap(({ mac, revision, receipt }) => (receipt === undefined ? [] : [`${mac} ${revision}`])));
    for (const one of promised.filter(({ states: then }) => then - 1 <= at)) assert.ok(known.has(`${one.mac} ${one.receipt.revision}`));
  }
});
