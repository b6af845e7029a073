import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withVisits } from '../../src/desk/open-tarballs.ts';
import { LedgerEvent } from '../../src/domain/ledger.ts';
import { peerDeps } from '../../src/peer/deps.ts';
import { recordBytes } from '../../src/peer/inventory.ts';
import { upload } from '../../src/peer/upload.ts';
import { readOrUndefined, temporaryDirectory } from '../../src/platform/files/files.ts';
import type { Log } from '../../src/platform/log.ts';
import { type AppFixture, appFixture } from '../master/app-fixture.ts';
import { captureOf, recordFor, sha256Of } from '../master/fixture-records.ts';

const HOUR_MS = 3_600_000;
/** Each machine boots at the first time and brings its record at the second, on the master's clock. */
const CLOCKS: readonly (readonly [what: string, bootsAt: string, bringsAt: string])[] = [
  ['a clock that nobody set', '1970-01-01T00:00:07Z', '1970-01-01T00:20:00Z'],
  ['set right during the visit, an hour on', '2026-11-20T10:00:00Z', '2026-11-20T11:00:00Z'],
  ['set back by nine months', '2026-11-20T12:00:00Z', '2026-02-20T12:00:00Z'],
  ['past the last second of 32 bits', '2038-01-19T03:14:00Z', '2038-01-19T03:15:00Z'],
  ['back to the beginning', '2038-01-19T03:20:00Z', '1970-01-01T00:00:07Z'],
  ['set right at last, fifty-six years on', '1970-01-01T00:10:00Z', '2026-11-20T10:00:00Z'],
  ['five years on', '2031-11-20T10:00:00Z', '2031-11-20T10:01:00Z'],
];

test('whatever the clock says, and wherever it jumps: every record is stored, in the order in which they came', async (t) => {
  await using directory = await temporaryDirectory('recon-clocks-');
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse(CLOCKS[0]?.[1] ?? '') });
  await using master = await appFixture({ now: () => new Date() });
  const masterUrl = await master.app.listen({ host: '127.0.0.1', port: 0 });
  const stored: { mac: string; sha256: string }[] = [];
  for (const [at, [what, bootsAt, bringsAt]] of CLOCKS.entries()) {
    const mac = `52:54:00:c1:0c:0${at}`;
    t.mock.timers.setTime(Date.parse(bootsAt));
    const tokenFile = join(directory.path, `token-${at}`);
    await writeFile(tokenFile, await master.deps.tokens.mint(mac, '127.0.0.1'));
    t.mock.timers.setTime(Date.parse(bringsAt));
    const settings = { masterUrl, bootMac: mac, nodePath: process.execPath, tokenFile, runDirectory: directory.path };
    const record = recordFor(`SN-${at}`);
    const deps = { ...peerDeps(settings, sayingNothing(what)), sleep: async () => assert.fail(`${what}: it had to be tried again`) };
    await upload({ record, capture: captureOf({ 'raw/x.out': what }), commands: [] }, deps);
    stored.push({ mac, sha256: sha256Of(recordBytes(record)) });
  }
  assert.deepEqual(await machinesOf(master), stored);
  await assertLedger(
    master,
    stored.map(({ mac }) => mac),
  );
});

test('of two events the later one counts, whatever its time', async (t) => {
  await using master = await appFixture({ now: () => new Date() });
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2038-01-19T03:14:08Z') });
  master.deps.ledger.add({ mac: '52:54:00:c1:0c:01', stage: 'script' });
  t.mock.timers.setTime(7 * HOUR_MS);
  master.deps.ledger.add({ mac: '52:54:00:c1:0c:01', stage: 'kernel' });
  await master.deps.ledger.sync();
  assert.equal(master.deps.ledger.machine('52:54:00:c1:0c:01')?.stage, 'kernel', 'the later event counts, not the later time');
  await assertLedger(master, []);
});

/** A token that a jump has made old would be renewed, and that would be said. */
function sayingNothing(what: string): Log {
  const fail = (line: string): void => assert.fail(`${what}: ${line}`);
  return { info: fail, warn: fail, debug: () => {} };
}

/** What a tarball holds, in the order of the receipts. */
async function machinesOf({ seal }: AppFixture): Promise<{ mac: string; sha256: string }[]> {
  const { path } = await seal();
  const found: { mac: string; sha256: string }[] = [];
  await withVisits([path], { warn: assert.fail }, async ([visit]) => {
    for await (const { mac, record } of visit?.nodes() ?? []) found.push({ mac, sha256: sha256Of(recordBytes(record)) });
  });
  return found;
}

/** The numbers of the lines go up one by one, whatever their times say; `receipts` came in this order. */
async function assertLedger({ deps }: AppFixture, receipts: readonly string[]): Promise<void> {
  await deps.ledger.sync();
  const text = (await readOrUndefined(join(deps.dataDirectory, 'ledger.jsonl')))?.toString('utf8') ?? '';
  const events = text
    .trim()
    .split('\n')
    .map((line) => LedgerEvent.parse(JSON.parse(line)));
  assert.deepEqual(
    events.map(({ sequence }) => sequence),
    events.map((_, at) => at + 1),
  );
  assert.deepEqual(
    events.filter(({ stage }) => stage === 'receipt').map(({ mac }) => mac),
    receipts,
  );
}
