import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadedArchitectures } from '../../../src/domain/firmware.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run } from '../../../src/platform/process/command.ts';
import { type HeadDhcp, headDnsmasqConfig } from '../../../src/pool/dhcp/head-config.ts';
import { hostsDirectory, hostsFiles } from '../../../src/pool/dhcp/hosts-files.ts';
import { poolOf } from '../decide/pools.ts';

const HEAD: HeadDhcp = {
  segment: { interface: 'eth1', address: '10.10.0.1', prefixLength: 16 },
  network: { range: '10.10.200.1-10.10.250.254', domain: 'cluster.internal', leaseSeconds: 3600, router: 'none' },
  files: { hosts: '/var/lib/recon/hosts', leases: '/var/lib/recon/leases' },
  tftpRoot: '/usr/lib/ipxe',
  architectures: loadedArchitectures(['undionly.kpxe', 'snponly.efi', 'ipxe-arm64.efi']),
  httpPort: 80,
};
const NODES = {
  'node-000': { macs: ['52:54:00:66:00:01', '52:54:00:66:00:02'], address: '10.10.0.10' },
  'node-001': { macs: ['52:54:00:66:00:03'] },
};

test('the configuration of the handbook', () =>
  assert.equal(headDnsmasqConfig(HEAD), readFileSync(new URL('golden/dnsmasq.conf', import.meta.url), 'utf8')));

test('dnsmasq takes it, with and without a range, a domain and a router', async () => {
  await using directory = await temporaryDirectory('recon-dnsmasq-');
  const files = { hosts: join(directory.path, 'hosts'), leases: join(directory.path, 'leases') };
  await mkdir(files.hosts);
  const networks: HeadDhcp['network'][] = [HEAD.network, { leaseSeconds: 600, router: '10.10.0.254' }];
  for (const network of networks) {
    const path = join(directory.path, 'dnsmasq.conf');
    await writeFile(path, headDnsmasqConfig({ ...HEAD, files, network, tftpRoot: directory.path }));
    const { exitCode, stderr } = await run(['dnsmasq', '--test', `--conf-file=${path}`], { timeoutMs: 30_000 });
    assert.equal(exitCode, 0, stderr.toString('utf8'));
  }
});

test('a router, a domain and a range are told only when there are some', () => {
  const text = headDnsmasqConfig({ ...HEAD, network: { leaseSeconds: 600, router: '10.10.0.254' } });
  assert.match(text, /^dhcp-option=option:router,10\.10\.0\.254$/m);
  assert.match(text, /^dhcp-range=set:pool,10\.10\.0\.0,static,255\.255\.0\.0,600$/m);
  assert.doesNotMatch(text, /domain-search/);
  // a way out without the names of the world would be of little use
  assert.match(text, /^resolv-file=\/etc\/resolv\.conf$/m);
  assert.match(headDnsmasqConfig(HEAD), /^no-resolv$/m);
});

test('firmware without a loader is not answered', () => {
  const text = headDnsmasqConfig({ ...HEAD, architectures: loadedArchitectures(['undionly.kpxe']) });
  assert.doesNotMatch(text, /tag:efi|set:efi/);
});

test('a file for each node, with all its cards; those of removed nodes go, and nothing changes twice', async () => {
  await using directory = await temporaryDirectory('recon-hosts-');
  const { path } = directory;
  const files = hostsFiles(poolOf({ nodes: NODES }));
  const hosts = hostsDirectory(path);
  assert.deepEqual([await hosts.write(files), await hosts.write(files)], [true, false]);
  assert.equal(await readFile(join(path, 'node-000'), 'utf8'), '52:54:00:66:00:01,52:54:00:66:00:02,10.10.0.10,node-000,set:node\n');
  assert.equal(await readFile(join(path, 'node-001'), 'utf8'), '52:54:00:66:00:03,node-001,set:node\n');
  const { 'node-000': one } = NODES;
  const fewer = hostsFiles(poolOf({ nodes: { 'node-000': one } }));
  assert.equal(await hosts.write(fewer), true);
  assert.deepEqual(await readdir(path), ['node-000']);
  // another start finds what lies there
  assert.deepEqual([await hostsDirectory(path).write(fewer), await hostsDirectory(path).write(files)], [false, true]);
});
