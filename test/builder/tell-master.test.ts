import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { CaptureLine } from '../../src/domain/capture.ts';
import { readEarlyFacts } from '../../src/domain/early-facts.ts';
import { earlyRecord } from '../../src/inventory/early-record.ts';
import { runOk } from '../../src/platform/process/command.ts';

const FUNCTIONS = await readFile(new URL('../../overlay/usr/lib/dracut/modules.d/99recon/tell-master.sh', import.meta.url), 'utf8');

/** As systemd 257 writes them with --output=short-monotonic. */
const JOURNAL = [
  '[    2.118320] recon systemd-networkd[231]: lo: Link UP',
  '[    3.500102] recon systemd-networkd[231]: eth0: Gained carrier',
  '[    4.733101] recon systemd-networkd[231]: ens3: Gained carrier',
  '[    6.020000] recon systemd-networkd[231]: ens3: Lost carrier',
  '[    9.020000] recon systemd-networkd[231]: ens3: Gained carrier',
  '[   36.200231] recon systemd-networkd[231]: ens3: DHCPv4 address 10.77.12.9/16 acquired from 10.77.0.1',
].join('\n');

/** Runs functions of the initrd in the shell that it has, with dracut's way to read the kernel's command line. */
async function inShell(...lines: string[]): Promise<string> {
  const surroundings = [
    'getarg() { case "$1" in BOOTIF=) echo 01-52-54-00-AB-34-56 ;; recon.ram=) echo 1 ;; esac; }',
    `journalctl() { printf '%s\\n' '${JOURNAL}'; }`,
  ];
  const input = [...surroundings, FUNCTIONS, ...lines].join('\n');
  return runOk(['sh'], { input, timeoutMs: 30_000 });
}

test('finds the MAC address of the boot interface, and the time from carrier to lease', async () => {
  assert.equal((await inShell('recon_boot_mac')).trim(), '52-54-00-ab-34-56');
  assert.equal((await inShell('recon_lease_seconds ens3')).trim(), '32');
  assert.equal((await inShell('recon_lease_seconds eth0')).trim(), '', 'no lease there');
});

test('says its facts in JSON that the master takes', async () => {
  const facts = readEarlyFacts(JSON.parse(await inShell('recon_facts \',"wrongHashes":2\'')));
  assert.equal(facts?.wrongHashes, 2);
  assert.ok((facts?.ramBytes ?? 0) >= (facts?.availableRamBytes ?? Number.POSITIVE_INFINITY));
  assert.ok(facts?.kernelSeconds !== undefined);
});

test('reads files that become a record, on this very machine', async () => {
  const lines = (await inShell('recon_small_capture')).trim().split('\n');
  const files = new Map(
    lines.map((line) => {
      const { path, base64 } = CaptureLine.parse(JSON.parse(line));
      return [path, Buffer.from(base64, 'base64')] as const;
    }),
  );
  assert.ok(files.has('capture.json') && files.has('fs/proc/meminfo'));
  const { sections, origin } = earlyRecord({ mac: '52:54:00:00:00:01', facts: undefined, files }, 'why');
  assert.equal(origin, 'initrd');
  assert.equal(sections.memory.status, 'ok');
  assert.equal(sections.cpu.status, 'ok');
  assert.deepEqual(sections.bmc, { status: 'absent', reason: 'why' });
});

test('goes on when there is enough memory', async () => {
  assert.equal(await inShell('recon_tell() { :; }', 'recon_require_ram http://192.0.2.1 && echo goes on'), 'goes on');
});
