import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { type InstallWords, planInstall } from '../../../src/pool/install/plan-install.ts';

async function planned(words: InstallWords, files: Record<string, string> = {}): ReturnType<typeof planInstall> {
  await using directory = await temporaryDirectory('recon-plan-');
  const pool = join(directory.path, 'pool');
  await mkdir(pool);
  for (const [path, text] of Object.entries(files)) await writeFile(join(directory.path, path), text);
  return await planInstall(words, { settings: join(directory.path, 'head.yaml'), pool });
}

const POOL = { 'pool/pool.yaml': 'networks: { private: { interface: eth1, subnet: 10.20.0.0/16, domain: rack.internal } }\n' };

test('words, then what the head has, then defaults', async () => {
  const { subnet, domain, address } = await planned({ private: 'eth1' });
  assert.deepEqual([subnet, domain, address], ['10.10.0.0/16', 'cluster.internal', '10.10.0.1']);
  const found = await planned({}, { ...POOL, 'head.yaml': 'interface: eth1\npublic: eth0\n' });
  assert.deepEqual([found.private, found.public, found.subnet, found.domain], ['eth1', 'eth0', '10.20.0.0/16', 'rack.internal']);
  assert.equal((await planned({ private: 'eth1', subnet: '10.20.0.0/16' }, POOL)).subnet, '10.20.0.0/16');
});

test('words that contradict the pool are refused, and so is no private side', async () => {
  await assert.rejects(planned({ private: 'eth1', subnet: '10.10.0.0/16' }, POOL), {
    code: 'usage',
    message: /the pool has 10\.20\.0\.0\/16/,
  });
  await assert.rejects(planned({ private: 'eth1', domain: 'other.internal' }, POOL), { code: 'usage' });
  await assert.rejects(planned({}), { code: 'usage', hint: '--private eth1' });
  await assert.rejects(planned({ private: 'eth1', nat: true }), { code: 'usage', message: /--nat needs a way out/ });
});

for (const [words, message, hint] of [
  [{ private: '' }, /which interface is the private side/, /--private eth1/],
  [{ subnet: '' }, /"" is no subnet that a head node can serve/, /IPv4, from \/8 to \/28/],
  [{ subnet: '10.10.0.0' }, /"10\.10\.0\.0" is no subnet/, /--subnet/],
  [{ subnet: '10.10.0.0/33' }, /is no subnet/, /--subnet/],
  [{ subnet: '300.1.1.0/24' }, /is no subnet/, /--subnet/],
  [{ subnet: 'fd00::/64' }, /is no subnet/, /IPv4/],
  [{ subnet: '10.0.0.0/7' }, /is no subnet/, /from \/8/],
  [{ subnet: '10.10.0.0/29' }, /is no subnet/, /to \/28/],
  [{ subnet: '10.10.0.5/16' }, /10\.10\.0\.5\/16 is an address, and no subnet/, /^--subnet 10\.10\.0\.0\/16$/],
  [{ subnet: '127.0.0.0/8' }, /is the loopback: no machine/, /--subnet/],
  [{ subnet: '127.5.0.0/16' }, /is the loopback/, /--subnet/],
  [{ subnet: '169.254.0.0/16' }, /addresses that machines give themselves/, /--subnet/],
  [{ subnet: '224.0.0.0/8' }, /for multicast/, /--subnet/],
  [{ subnet: '255.255.255.0/24' }, /reserved/, /--subnet/],
  [{ subnet: '0.0.0.0/8' }, /"this network"/, /--subnet/],
  [{ domain: '' }, /"" is no domain/, /--domain cluster\.internal/],
  [{ domain: 'a b' }, /"a b" is no domain/, /small letters/],
  [{ domain: 'Rack.Internal' }, /"Rack\.Internal" is no domain/, /small letters/],
  [{ domain: `${'a'.repeat(64)}.internal` }, /is no domain/, /--domain/],
  [{ domain: '-x' }, /"-x" is no domain/, /dashes within/],
  [{ domain: 'ex_ample.org' }, /is no domain/, /digits/],
  [{ domain: "x'; reboot" }, /is no domain/, /digits/],
] as const)
  test(`an option that cannot be served is refused with what to write: ${JSON.stringify(words)}`, async () => {
    await assert.rejects(planned({ private: 'eth1', ...words }), { code: 'usage', message, hint });
  });
