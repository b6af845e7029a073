import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headConnection } from '../../../src/pool/remote/head-connection.ts';
import { listed, settingsFromWords } from '../../../src/pool/remote/node-settings.ts';
import { sinceMoment } from '../../../src/pool/remote/since.ts';

const TOKEN = `recon_0123abcd_${'a'.repeat(43)}`;
const SOCKET = '/run/recon/head.sock';

test('a head on this machine is its socket, and needs no token', async () => {
  const { target, token } = await headConnection({ socket: SOCKET }, { RECON_TOKEN: TOKEN });
  assert.deepEqual([target, token], [{ socketPath: SOCKET }, undefined]);
});

test('a head elsewhere: host, port, token of the environment', async () => {
  const at = async (head: string) => (await headConnection({ socket: SOCKET, head }, { RECON_TOKEN: ` ${TOKEN}\n` })).target;
  assert.deepEqual(await at('https://head.example'), { host: 'head.example', port: 443 });
  assert.deepEqual(await at('https://[2001:db8::1]:8443/'), { host: '2001:db8::1', port: 8443 });
  assert.equal((await headConnection({ socket: SOCKET, head: 'https://h' }, { RECON_TOKEN: TOKEN })).token, TOKEN);
});

for (const [title, words, environment] of [
  ['a URL without TLS', { head: 'http://head.example' }, { RECON_TOKEN: TOKEN }],
  ['a host alone', { head: 'head.example' }, { RECON_TOKEN: TOKEN }],
  ['a password in the URL', { head: 'https://a:b@head.example' }, { RECON_TOKEN: TOKEN }],
  ['no token', { head: 'https://head.example' }, {}],
  ['what is no token', { head: 'https://head.example' }, { RECON_TOKEN: 'recon_x' }],
  ['a file that is not there', { head: 'https://head.example', tokenFile: '/absent' }, { RECON_TOKEN: TOKEN }],
  ['half a fingerprint', { head: 'https://head.example', fingerprint: 'AB:CD' }, { RECON_TOKEN: TOKEN }],
] as const)
  test(`refused: ${title}`, async () => {
    await assert.rejects(headConnection({ socket: SOCKET, ...words }, environment), { code: 'usage' });
  });

test('what is to change of a node: values, lists, and what is taken out', () => {
  assert.deepEqual(settingsFromWords(['address=10.10.0.7', 'group=rack1, gpu', 'serial=', 'tags=', 'note=a=b']), {
    address: '10.10.0.7',
    groups: ['rack1', 'gpu'],
    note: 'a=b',
    serial: null,
    tags: null,
  });
  assert.deepEqual(listed(' a, ,b'), ['a', 'b']);
});

test('a setting that is none is told with the one that was meant', () => {
  assert.throws(() => settingsFromWords(['adress=x']), { code: 'usage', hint: 'Did you mean address=?' });
  assert.throws(() => settingsFromWords(['constructor=x']), { code: 'usage' });
  assert.throws(() => settingsFromWords(['address']), { code: 'usage' });
});

test('how far back: a length or a date', () => {
  const now = new Date('2026-11-29T12:00:00Z');
  assert.equal(sinceMoment('30m', now), '2026-11-29T11:30:00.000Z');
  assert.equal(sinceMoment('12h', now), '2026-11-29T00:00:00.000Z');
  assert.equal(sinceMoment('2d', now), '2026-11-27T12:00:00.000Z');
  assert.equal(sinceMoment('1w', now), '2026-11-22T12:00:00.000Z');
  assert.equal(sinceMoment('2026-11-28', now), '2026-11-28T00:00:00.000Z');
  for (const text of ['', '2', '2y', 'yesterday', '2026-13-01']) assert.throws(() => sinceMoment(text, now), { code: 'usage' }, text);
});
