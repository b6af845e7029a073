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
