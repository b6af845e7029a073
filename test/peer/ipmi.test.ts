import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { hasBmc } from '../../src/peer/ipmi.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { fakePeer } from './fake-peer.ts';

const SOURCES = join(import.meta.dirname, '../../src');

/** All that may ever be asked of a BMC: reads and the power. Nothing here sets, clears or boots, and no user is named. */
const ALLOWED = new Set([
  'mc info',
  'lan print 1',
  'lan print 2',
  'lan print 3',
  'lan print 8',
  'lan6 print 1',
  'fru print',
  'fru print 0',
  'sdr info',
  'user summary',
  'sdr elist full',
  'sel info',
  'sel elist last 200',
  'chassis power off',
]);
/** The only files that may call it. */
const CALLERS = ['peer/capture/commands/bmc.ts', 'peer/ipmi.ts'];

test('ipmitool is called in two places, with nothing but what is allowed', async () => {
  const found: string[] = [];
  for (const path of await readdir(SOURCES, { recursive: true })) {
    if (!path.endsWith('.ts')) continue;
    const text = await readFile(join(SOURCES, path), 'utf8');
    const calls = [...text.matchAll(/\[\s*'ipmitool',\s*'-I',\s*'open',([^\]]*)\]/g)];
    const mentions = text.match(/['"`/]ipmitool['"`]/g)?.length ?? 0;
    // the builder may name the package and look for the program; a report may name a format after it, and starts nothing
    if (!/^(builder|report)\//.test(path)) assert.equal(mentions, calls.length, `${path} names ipmitool outside a plain list of arguments`);
    if (calls.length > 0) assert.ok(CALLERS.includes(path), `${path} calls ipmitool`);
    for (const [, rest = ''] of calls) {
      assert.doesNotMatch(rest.replaceAll(/'[^']*'/g, ''), /[^\s,]/, `${path}: ${rest} has an argument that is not written out`);
      found.push([...rest.matchAll(/'([^']*)'/g)].map(([, word]) => word).join(' '));
    }
  }
  assert.deepEqual(new Set(found), ALLOWED);
});

test('no other program that speaks IPMI is used', async () => {
  for (const path of await readdir(SOURCES, { recursive: true })) {
    if (!path.endsWith('.ts')) continue;
    const text = await readFile(join(SOURCES, path), 'utf8');
    assert.doesNotMatch(text, /'(ipmi-[a-z-]+-config|bmc-config|ipmipower|ipmi-power|ipmi-chassis|ipmi-raw|racadm|ipmicfg)'/, path);
  }
});

test('a BMC is a device that answers', async () => {
  const bmc = async (device: string | undefined, status: 'ok' | 'timeout'): Promise<[boolean, number]> => {
    await using directory = await temporaryDirectory('recon-test-');
    const peer = await fakePeer(
      directory.path,
      () => new Response(),
      () => ({ status }),
    );
    if (device !== undefined) {
      await mkdir(join(peer.root, device, '..'), { recursive: true });
      await writeFile(join(peer.root, device), '');
    }
    return [await hasBmc(peer), peer.commands.length];
  };
  assert.deepEqual(await bmc(undefined, 'ok'), [false, 0]);
  for (const device of ['dev/ipmi0', 'dev/ipmi/0', 'dev/ipmidev/0']) assert.deepEqual(await bmc(device, 'ok'), [true, 1]);
  assert.deepEqual(await bmc('dev/ipmi0', 'timeout'), [false, 1]);
});
