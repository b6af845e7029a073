import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, test } from 'node:test';
import { HeadSettings } from '../../../../src/domain/pool/head-settings.ts';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { run } from '../../../../src/platform/process/command.ts';
import { poolFromFiles } from '../../../../src/pool/folder/parse-folder.ts';
import { firstPool, headSettingsText } from '../../../../src/pool/install/text/first-pool.ts';
import { dynamicRange, headPlan } from '../../../../src/pool/install/text/head-plan.ts';
import { ifupdownText, networkdText, networkManagerText } from '../../../../src/pool/install/text/interface-files.ts';
import { forwardingText, natServiceText, natTableText } from '../../../../src/pool/install/text/nat-files.ts';
import { headServiceText } from '../../../../src/pool/install/text/service-unit.ts';
import { settingsFromText } from '../../../../src/settings/settings-text.ts';

const PLAN = headPlan({ private: 'eth1', public: 'eth0', subnet: '10.10.0.0/16', domain: 'cluster.internal', isNat: true });
const SIDES = { private: 'eth1', public: 'eth0', subnet: '10.10.0.0/16' };
const TEXTS: Readonly<Record<string, string>> = {
  'recon-head.service': headServiceText(),
  'recon-nat.service': natServiceText(),
  'nat.nft': natTableText(SIDES),
  '60-recon-nat.conf': forwardingText(SIDES),
  '05-recon.network': networkdText(PLAN),
  'interfaces.d-recon': ifupdownText(PLAN),
  'NetworkManager-recon.conf': networkManagerText(PLAN),
  'head.yaml': headSettingsText(PLAN),
  'pool.txt': [...firstPool(PLAN)].map(([path, text]) => `=== ${path}\n${text}`).join('\n'),
};
/** `systemd-analyze security` of each unit at most, from 0 to 10. */
const CEILINGS: Readonly<Record<string, number>> = { 'recon-head.service': 2.5, 'recon-nat.service': 1.4 };

describe('the files of an installed head, as whole texts', () => {
  for (const [name, text] of Object.entries(TEXTS)) {
    it(name, async () => {
      const golden = join(import.meta.dirname, 'golden', name);
      if (process.env['RECON_WRITE_GOLDEN'] === '1') await writeFile(golden, text);
      assert.equal(text, await readFile(golden, 'utf8'));
    });
  }
});

test('systemd takes both units, and neither is more exposed than it has to be', async (context) => {
  await using directory = await temporaryDirectory('recon-units-');
  for (const [name, most] of Object.entries(CEILINGS)) {
    const path = join(directory.path, name);
    // a verification looks for the program
    await writeFile(
      path,
      (TEXTS[name] ?? '').replace(/^(ExecStart=)\S+/m, `$1${process.execPath}`).replaceAll('/usr/sbin/nft', process.execPath),
    );
    const verified = await run(['systemd-analyze', 'verify', '--man=no', '--recursive-errors=no', path], { timeoutMs: 60_000 });
    if (verified.status === 'absent') return context.skip('there is no systemd-analyze on this host');
    assert.deepEqual([verified.exitCode, verified.stderr.toString()], [0, '']);
    const { stdout, stderr } = await run(['systemd-analyze', 'security', '--offline=true', '--no-pager', path], { timeoutMs: 60_000 });
    const found = /Overall exposure level for \S+: ([0-9.]+)/.exec(`${stdout.toString()}${stderr.toString()}`)?.[1];
    assert.ok(Number(found) <= most, `${name}: ${found}, at most ${most}`);
  }
});

test('nft takes the table, twice; the second time replaces the first', {
  skip: process.getuid?.() === 0 ? false : 'needs root',
}, async () => {
  await using directory = await temporaryDirectory('recon-nft-');
  const path = join(directory.path, 'nat.nft');
  await writeFile(path, natTableText(SIDES));
  const script = `nft -c -f ${path} && nft -f ${path} && nft -f ${path} && nft list ruleset`;
  const { exitCode, stdout, stderr } = await run(['unshare', '--net', 'sh', '-c', script], { timeoutMs: 60_000 });
  assert.equal(exitCode, 0, stderr.toString());
  assert.equal(stdout.toString().match(/masquerade/g)?.length, 1);
});

test('sysctl writes what the file says, and nothing else', { skip: process.getuid?.() === 0 ? false : 'needs root' }, async () => {
  await using directory = await temporaryDirectory('recon-sysctl-');
  const path = join(directory.path, 'forwarding.conf');
  await writeFile(path, forwardingText({ private: 'eth1.7', public: 'eth0' }));
  const script = `ip link add eth1.7 type veth peer name eth0 && sysctl -q -p ${path} && cat /proc/sys/net/ipv4/conf/*/forwarding`;
  const { exitCode, stdout, stderr } = await run(['unshare', '--net', '--mount', 'sh', '-c', script], { timeoutMs: 60_000 });
  assert.equal(exitCode, 0, stderr.toString());
  // all, default, eth0, eth1.7, lo
  assert.deepEqual(stdout.toString().trim().split('\n'), ['0', '0', '1', '1', '0']);
});

test('the first pool is a whole one, and changes no machine; the settings of the head are valid', () => {
  const outcome = poolFromFiles(firstPool(PLAN));
  assert.equal(outcome.outcome, 'ok', JSON.stringify(outcome));
  assert.deepEqual([...(outcome.outcome === 'ok' ? outcome.pool.profiles.keys() : [])].sort(), [
    ...['compute', 'failsafe', 'hold', 'local-disk', 'menu', 'recon'],
  ]);
  assert.ok(outcome.outcome === 'ok' && outcome.pool.settings.unknown === 'local-disk' && outcome.pool.nodes.size === 0);
  assert.equal(settingsFromText(headSettingsText(PLAN), HeadSettings).outcome, 'ok');
});

test('the range lies inside the subnet, away from both ends', () => {
  const rangeOf = (subnet: string): string => dynamicRange(headPlan({ ...PLAN, subnet }));
  assert.equal(rangeOf('10.10.0.0/16'), '10.10.200.1-10.10.250.254');
  assert.equal(rangeOf('192.168.7.0/24'), '192.168.7.200-192.168.7.250');
  assert.equal(rangeOf('192.168.7.16/28'), '192.168.7.28-192.168.7.30');
});

test('a subnet that cannot be served, and NAT without a way out, are refused', () => {
  for (const subnet of ['10.10.0.0', '10.0.0.0/7', '10.10.0.0/29', '10.10.3.9/16', 'rack']) {
    assert.throws(() => headPlan({ ...PLAN, subnet }), { code: 'usage' }, subnet);
  }
  assert.throws(() => headPlan({ private: 'eth1', subnet: '10.10.0.0/16', domain: 'x', isNat: true }), { code: 'usage' });
  assert.equal(PLAN.address, '10.10.0.1');
});
