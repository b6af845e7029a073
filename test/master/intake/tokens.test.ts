import assert from 'node:assert/strict';
import { appendFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { openTokens } from '../../../src/master/intake/tokens.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

const A = '52:54:00:00:00:0a';
const B = '52:54:00:00:00:0b';
const ADDRESS = '10.77.1.1';
const HOUR_MS = 3600 * 1000;

it('accepts the two newest tokens of the machine that they are for, and no other', async () => {
  await using directory = await temporaryDirectory('recon-tokens-');
  const tokens = await openTokens({ stateFile: join(directory.path, 'tokens') });
  const minted = [await tokens.mint(A, ADDRESS), await tokens.mint(A, ADDRESS), await tokens.mint(A, ADDRESS)] as const;
  assert.match(minted[0], /^[0-9a-f]{64}$/);
  assert.equal(new Set(minted).size, 3);
  assert.deepEqual(
    minted.map((token) => tokens.find(A, token)?.address),
    [undefined, ADDRESS, ADDRESS],
  );
  assert.equal(tokens.newest(A)?.token, minted[2]);
  assert.equal(tokens.find(B, minted[2]), undefined);
  assert.equal(tokens.find(A, ''), undefined);
  assert.equal(tokens.find(A, minted[2].slice(0, 63)), undefined);
});

it('knows no token of another boot of the machine, whose clock began anew', async () => {
  await using directory = await temporaryDirectory('recon-tokens-');
  const stateFile = join(directory.path, 'tokens');
  const before = await openTokens({ stateFile, nowMs: () => 9 * HOUR_MS });
  const token = await before.mint(A, ADDRESS);
  assert.equal((await openTokens({ stateFile, nowMs: () => HOUR_MS })).find(A, token), undefined);
  assert.ok((await openTokens({ stateFile, nowMs: () => 10 * HOUR_MS })).find(A, token));
});

it('forgets a token two hours after its last use, and a busy one after a day', async () => {
  await using directory = await temporaryDirectory('recon-tokens-');
  let nowMs = 0;
  const tokens = await openTokens({ stateFile: join(directory.path, 'tokens'), nowMs: () => nowMs });
  const [idle, busy] = [await tokens.mint(A, ADDRESS), await tokens.mint(B, ADDRESS)];
  nowMs = 2 * HOUR_MS - 1;
  assert.ok(tokens.find(B, busy));
  nowMs += 1;
  assert.equal(tokens.find(A, idle), undefined);
  assert.equal(tokens.newest(A), undefined);
  for (; nowMs < 24 * HOUR_MS; nowMs += HOUR_MS) assert.ok(tokens.find(B, busy), `after ${nowMs / HOUR_MS} hours`);
  nowMs = 24 * HOUR_MS;
  assert.equal(tokens.find(B, busy), undefined);
  // writes come in turn: behind this one there is none left
  await tokens.mint(A, ADDRESS);
});

it('knows its tokens and what they were used for after a restart, also behind a torn line', async () => {
  await using directory = await temporaryDirectory('recon-tokens-');
  const stateFile = join(directory.path, 'tokens');
  const before = await openTokens({ stateFile });
  const [fresh, used] = [await before.mint(A, ADDRESS), await before.mint(B, ADDRESS)];
  const found = before.find(B, used);
  assert.ok(found);
  await before.spend(found, { recordSha256: 'ab'.repeat(32) });
  await appendFile(stateFile, '{"mac":"52:54:');
  const after = await openTokens({ stateFile });
  assert.deepEqual([after.find(A, fresh)?.spentOn, after.find(B, used)?.spentOn], [undefined, { recordSha256: 'ab'.repeat(32) }]);
  assert.equal((await stat(stateFile)).mode & 0o777, 0o600);
});

it('has a place for a machine with a lease, however many without one are booting', async () => {
  await using directory = await temporaryDirectory('recon-tokens-');
  const leased = new Set([A]);
  const tokens = await openTokens({ stateFile: join(directory.path, 'tokens'), machines: 3, isLeased: (mac) => leased.has(mac) });
  for (const number of [1, 2, 3]) await tokens.mint(`52:54:00:00:00:0${number}`, ADDRESS);
  leased.add('52:54:00:00:00:01');
  await assert.rejects(tokens.mint(B, ADDRESS), { code: 'busy' });
  const token = await tokens.mint(A, ADDRESS);
  assert.ok(tokens.find(A, token));
  assert.ok(tokens.newest('52:54:00:00:00:01'), 'it got its lease after its token');
  assert.equal(tokens.newest('52:54:00:00:00:02'), undefined);
});

it('gives the place of the stranger that was quiet for longest to a machine with a lease, one for each', async () => {
  await using directory = await temporaryDirectory('recon-tokens-');
  const leased = new Set([A, B]);
  const tokens = await openTokens({ stateFile: join(directory.path, 'tokens'), machines: 3, isLeased: (mac) => leased.has(mac) });
  const strangers = [1, 2, 3].map((number) => `52:54:00:00:00:0${number}`);
  for (const mac of strangers) await tokens.mint(mac, ADDRESS);
  await tokens.mint('52:54:00:00:00:01', ADDRESS);
  const left = (): boolean[] => strangers.map((mac) => tokens.newest(mac) !== undefined);
  await tokens.mint(A, ADDRESS);
  assert.deepEqual(left(), [true, false, true], 'the first asked again meanwhile');
  await tokens.mint(B, ADDRESS);
  assert.deepEqual(left(), [true, false, false]);
});

it('remembers no more machines than it may, and forgets those first that never came back', async () => {
  await using directory = await temporaryDirectory('recon-tokens-');
  let nowMs = 0;
  const tokens = await openTokens({ stateFile: join(directory.path, 'tokens'), nowMs: () => nowMs, machines: 2 });
  const mac = (number: number): string => `52:54:00:00:01:${String(number).padStart(2, '0')}`;
  await tokens.mint(mac(1), ADDRESS);
  const kept = await tokens.mint(mac(2), ADDRESS);
  await assert.rejects(tokens.mint(mac(3), ADDRESS), { code: 'busy', httpStatus: 503 });
  assert.ok(tokens.find(mac(2), kept));
  nowMs = HOUR_MS;
  await tokens.mint(mac(3), ADDRESS);
  assert.equal(tokens.newest(mac(1)), undefined, 'it had an hour and loaded nothing');
  await assert.rejects(tokens.mint(mac(4), ADDRESS), { code: 'busy' });
  assert.ok(tokens.find(mac(2), kept), 'a machine that came back is not forgotten');
  await tokens.mint(mac(2), ADDRESS);
});

it('keeps its file small when one machine asks again and again', async () => {
  await using directory = await temporaryDirectory('recon-tokens-');
  const stateFile = join(directory.path, 'tokens');
  const tokens = await openTokens({ stateFile });
  await Promise.all(Array.from({ length: 3000 }, () => tokens.mint(A, ADDRESS)));
  const lines = (await readFile(stateFile, 'utf8')).trim().split('\n');
  assert.ok(lines.length <= 1100, `${lines.length} lines`);
  const newest = tokens.newest(A)?.token ?? '';
  assert.ok((await openTokens({ stateFile })).find(A, newest));
  assert.equal((await stat(stateFile)).mode & 0o777, 0o600);
});

it('writes lines that wait together, each before it is told, and the newest state of a token last', async () => {
  await using directory = await temporaryDirectory('recon-tokens-');
  const stateFile = join(directory.path, 'tokens');
  const tokens = await openTokens({ stateFile });
  const macs = Array.from({ length: 20 }, (_, at) => `52:54:00:00:00:${(at + 16).toString(16)}`);
  await Promise.all(macs.map((mac) => tokens.mint(mac, ADDRESS)));
  const sha256 = 'a'.repeat(64);
  for (const mac of macs) {
    const token = tokens.newest(mac);
    if (token !== undefined) await tokens.spend(token, { recordSha256: sha256 });
    const again = await openTokens({ stateFile });
    assert.deepEqual(again.newest(mac)?.spentOn, { recordSha256: sha256 });
  }
});
