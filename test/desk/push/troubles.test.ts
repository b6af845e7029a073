import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startNetbox, TOKEN, type Trouble } from './netbox-server.ts';
import { machines, type Pushed, pushed } from './pushed.ts';

const LATER = { timeout: 120_000 };
const MODELS_MADE = [
  'dcim/devices',
  'dcim/interfaces',
  'dcim/mac-addresses',
  'dcim/module-bays',
  'dcim/modules',
  'ipam/ip-addresses',
] as const;

test('nobody there, another server, and an older NetBox: said in a sentence with what to try', LATER, async () => {
  const closed = await startNetbox();
  await closed[Symbol.asyncDispose]();
  const none = await pushed(closed, machines('S-1'));
  assert.match(none.failure?.message ?? '', /^127\.0\.0\.1:\d+ does not answer: connection refused$/);
  assert.match(none.failure?.hint ?? '', /^is it up, and is that its URL\?/);
  assert.equal(none.waits.filter((one) => one.includes('again in')).length, 7, 'with patience');
  await using old = await startNetbox({ version: '4.1.11' });
  const older = await pushed(old, machines('S-1'));
  assert.deepEqual([older.failure?.code, older.failure?.exitCode, old.requests], ['usage', 2, ['GET status']]);
  await using other = await startNetbox();
  other.trouble = () => ({ status: 200, body: { hello: 'world' } });
  assert.match((await pushed(other, machines('S-1'))).failure?.message ?? '', /does not answer as NetBox's API does$/);
  other.trouble = () => ({ status: 404 });
  assert.match((await pushed(other, machines('S-1'))).failure?.hint ?? '', /without \/api/);
  // the token would go wherever it says
  other.trouble = () => ({ status: 301, headers: { location: 'http://elsewhere.invalid/' } });
  assert.match((await pushed(other, machines('S-1'))).failure?.message ?? '', /answered 301 \(Moved Permanently\)/);
});

test(
  'a token that NetBox does not take, which it even repeats, is in no word of ours; both kinds of token are sent as they have to be',
  LATER,
  async () => {
    await using server = await startNetbox();
    const wrong = 'ffffffffffffffffffffffffffffffffffffffff';
    const refused = await pushed(server, machines('S-1'), { token: wrong });
    assert.equal(refused.failure?.code, 'netbox-refused');
    assert.match(refused.failure?.message ?? '', /does not take the token: Invalid token \(the token\)$/);
    assert.doesNotMatch(everyWord(refused), new RegExp(wrong));
    const second = await pushed(server, machines('S-1'), { token: `nbt_abcdefabcdef.${TOKEN}`, isDryRun: true });
    assert.equal(second.failure, undefined);
    const none = await pushed(server, machines('S-1'), { token: 'two words' });
    assert.deepEqual([none.failure?.code, /two words/.test(everyWord(none))], ['usage', false]);
  },
);

for (const [rights, wanted] of [
  [[], 'dcim.view_site'],
  [['view'], 'dcim.add_site'],
  [['view', 'add'], 'dcim.change_interface'],
] as const)
  test(`a right that is missing is named: ${wanted}`, LATER, async () => {
    await using server = await startNetbox();
    const models = 'site manufacturer devicerole devicetype moduletype device interface macaddress modulebay module ipaddress cable'.split(
      ' ',
    );
    server.rights = new Set(
      rights.flatMap((right) => models.map((model) => `${model === 'ipaddress' ? 'ipam' : 'dcim'}.${right}_${model}`)),
    );
    const { failure } = await pushed(server, machines('S-1'));
    assert.equal(failure?.code, 'netbox-refused');
    assert.ok(failure?.hint?.startsWith(`its user needs the permission ${wanted}`), failure?.hint);
  });

test('a NetBox that asks for patience, or is out of order for a while, is waited for, as long as it asks', LATER, async () => {
  await using server = await startNetbox();
  const troubles: Trouble[] = [{ status: 429, headers: { 'retry-after': '30' } }, { status: 503 }, { status: 502 }, { status: 500 }];
  server.trouble = ({ count }) => (count % 3 === 0 ? troubles.shift() : undefined);
  const { failure, waits } = await pushed(server, machines('S-1'));
  assert.deepEqual([failure, troubles.length], [undefined, 0]);
  assert.ok(
    waits.some((one) => /answers 429: again in 30 s$/.test(one)),
    waits.join('\n'),
  );
  assert.match((await pushed(server, machines('S-1'))).text, /NetBox has everything already/);
});

test('what was done before a connection broke, or before an answer of 504, is not done twice', LATER, async () => {
  await using server = await startNetbox();
  const broken = new Set<string>();
  server.trouble = ({ method, path }) => {
    if (method === 'GET' || broken.has(`${method} ${path}`)) return undefined;
    broken.add(`${method} ${path}`);
    return 'lost';
  };
  const { failure, warnings } = await pushed(server, machines('S-1', 'S-2'));
  assert.deepEqual([failure, warnings.filter((one) => one.includes('does not take'))], [undefined, []]);
  assert.ok(broken.size > 10);
  assert.deepEqual(
    MODELS_MADE.map((path) => server.store.all(path).length),
    [2, 6, 6, 4, 4, 2],
  );
});

test('killed after any request and run again, it goes on, and nothing is there twice', LATER, async () => {
  const whole = await startNetbox();
  await using _closed = whole;
  await pushed(whole, machines('S-1', 'S-2'));
  const writes = whole.requests.filter((one) => !one.startsWith('GET ')).length;
  for (let at = 1; at < writes; at += 4) {
    await using server = await startNetbox();
    let written = 0;
    // from then on nothing gets through any more, as for a process that is gone
    server.trouble = ({ method }) => {
      if (method !== 'GET') written += 1;
      return written > at ? { status: 401, body: { detail: 'gone' } } : undefined;
    };
    assert.equal((await pushed(server, machines('S-1', 'S-2'))).failure?.code, 'netbox-refused');
    server.trouble = () => undefined;
    assert.equal((await pushed(server, machines('S-1', 'S-2'))).failure, undefined);
    assert.deepEqual(
      MODELS_MADE.map((path) => server.store.all(path).length),
      [2, 6, 6, 4, 4, 2],
      `after ${at} writes`,
    );
    assert.match((await pushed(server, machines('S-1', 'S-2'))).text, /NetBox has everything already/);
  }
});

function everyWord({ text, warnings, waits, failure }: Pushed): string {
  return [text, ...warnings, ...waits, failure?.message, failure?.hint, String(failure?.stack)].join('\n');
}
