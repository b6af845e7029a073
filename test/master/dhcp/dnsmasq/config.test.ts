import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { planIpv6, planSegment, proxySegment } from '../../../../src/domain/network.ts';
import { dnsmasqConfig } from '../../../../src/master/dhcp/dnsmasq/config.ts';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { run } from '../../../../src/platform/process/command.ts';
import { ARCHITECTURES } from '../../../loaders-there.ts';

const settings = {
  segments: [planSegment('eno1', 0), planSegment('enp3s0f1', 1)],
  tftpRoot: '/usr/lib/recon/loaders',
  architectures: ARCHITECTURES,
  hostsFile: '/run/recon/master/leases',
  leaseSeconds: 600,
  maxLeases: 20_000,
  maxTftpTransfers: 2000,
};

it('writes dnsmasq.conf', () => {
  assert.equal(dnsmasqConfig(settings), readFileSync(new URL('golden/dnsmasq.conf', import.meta.url), 'utf8'));
});

const withIpv6 = { ...settings, segments: settings.segments.map((segment, index) => ({ ...segment, ipv6: planIpv6(index) })) };
const beside = { ...settings, segments: [proxySegment('eno1', '192.168.9.250/24')] };

it('writes dnsmasq.conf with IPv6', () => {
  assert.equal(dnsmasqConfig(withIpv6), readFileSync(new URL('golden/dnsmasq-ipv6.conf', import.meta.url), 'utf8'));
});

it('writes dnsmasq.conf beside another DHCP server', () => {
  assert.equal(dnsmasqConfig(beside), readFileSync(new URL('golden/dnsmasq-proxy.conf', import.meta.url), 'utf8'));
});

it('never makes itself authoritative, names a router, or has an upstream', () => {
  const lines = [settings, withIpv6, beside].flatMap((one) => dnsmasqConfig(one).split('\n'));
  assert.ok(!lines.some((line) => line.startsWith('dhcp-authoritative') || line.startsWith('server=')));
  assert.deepEqual(
    lines.filter((line) => line.includes('router') && !line.startsWith('#')),
    ['dhcp-option=option:router', 'dhcp-option=option:router', 'dhcp-option=option:router'],
  );
  assert.equal(lines.filter((line) => line === 'dhcp-ignore=tag:!answered').length, 3);
});

it('is accepted by the real dnsmasq', async (context) => {
  await using directory = await temporaryDirectory('recon-dnsmasq-');
  await mkdir(join(directory.path, 'loaders'));
  const path = join(directory.path, 'dnsmasq.conf');
  for (const one of [settings, withIpv6, beside]) {
    await writeFile(path, dnsmasqConfig(one));
    const result = await run(['dnsmasq', '--test', `--conf-file=${path}`], { timeoutMs: 60_000 });
    if (result.status === 'absent') return context.skip('dnsmasq is not installed');
    assert.equal(result.status, 'ok', result.stderr.toString('utf8'));
  }
});
