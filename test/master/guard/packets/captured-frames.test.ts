import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Frame } from '../../../../src/master/guard/packets/frame.ts';
import { openPacketCapture } from '../../../../src/master/guard/packets/packet-capture.ts';
import { type FakePrograms, fakePrograms } from '../../../fake-programs.ts';
import { ethernet } from '../frames.ts';

/** A capture in the format of pcap(5), little endian, Ethernet. */
function pcap(frames: readonly Uint8Array[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt32LE(1, 20);
  const packets = frames.flatMap((frame) => {
    const head = Buffer.alloc(16);
    head.writeUInt32LE(frame.length, 8);
    head.writeUInt32LE(frame.length, 12);
    return [head, frame];
  });
  return Buffer.concat([header, ...packets]);
}
const frame = (etherType: number): Uint8Array => ethernet(etherType, new Uint8Array(4));
const typesOf = (frames: readonly Frame[]): number[] => frames.map(({ etherType }) => etherType);

/** A tcpdump that writes this, then more when it is told to, and ends when its standard input does. */
async function tcpdump(first: Uint8Array, more: Uint8Array = new Uint8Array(), end = 'exec sleep 1000'): Promise<FakePrograms> {
  const fake = await fakePrograms({ tcpdump: `cat first; until [ -e go ]; do sleep 0.01; done; cat more; : > gone; ${end}` });
  await writeFile(join(fake.path, 'first'), first);
  await writeFile(join(fake.path, 'more'), more);
  return fake;
}
const goOn = (fake: FakePrograms): Promise<void> => writeFile(join(fake.path, 'go'), '');

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

test('frames wait for the first listener, and go to the latest one from then on', async () => {
  await using fake = await tcpdump(pcap([frame(1), frame(2)]), pcap([frame(3), Buffer.alloc(5), frame(4)]).subarray(24));
  await using capture = await openPacketCapture('eno1', 'udp');
  const [one, two]: [Frame[], Frame[]] = [[], []];
  capture.listen((seen) => one.push(seen));
  await until(() => one.length === 2);
  assert.deepEqual(typesOf(one), [1, 2]);
  capture.listen(undefined);
  await goOn(fake);
  await until(() => existsSync(join(fake.path, 'gone')));
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  capture.listen((seen) => two.push(seen));
  await until(() => two.length === 2);
  assert.deepEqual(
    [typesOf(one), typesOf(two)],
    [
      [1, 2],
      [3, 4],
    ],
    'what is too short to be a frame is none',
  );
  assert.deepEqual((await fake.calls())[0]?.slice(1, 3), ['-i', 'eno1']);
  assert.equal((await fake.calls())[0]?.at(-1), 'udp');
});

test('a capture that ends says why', async () => {
  await using fake = await tcpdump(pcap([]), Buffer.alloc(0), 'echo "eno1: gone" >&2; exit 1');
  await using capture = await openPacketCapture('eno1', '');
  await goOn(fake);
  assert.equal(await capture.ended, 'tcpdump on eno1 ended (exit code 1): eno1: gone');
});

test('ten thousand frames wait for a listener, and no more', async () => {
  const flood = Array.from({ length: 10_003 }, (_none, number) => frame(number).subarray(0, 14));
  await using fake = await tcpdump(pcap([]), pcap(flood).subarray(24), 'exit 0');
  await using capture = await openPacketCapture('eno1', '');
  await goOn(fake);
  await capture.ended;
  const late: Frame[] = [];
  capture.listen((seen) => late.push(seen));
  assert.deepEqual([late.length, late.at(-1)?.etherType], [10_000, 9999]);
});

test('a stream that breaks ends the capture, and its program is stopped with it', async () => {
  const broken = pcap([frame(1)]).subarray(24);
  broken.writeUInt32LE(0x7fff_ffff, 8);
  await using fake = await tcpdump(pcap([]), broken);
  const capture = await openPacketCapture('eno1', '');
  await goOn(fake);
  assert.match(await capture.ended, /a packet of/);
  await capture[Symbol.asyncDispose]();
});

test('what does not run is no capture', async (t) => {
  {
    await using _fake = await fakePrograms({ tcpdump: 'echo "You do not have permission" >&2; exit 1' });
    await assert.rejects(openPacketCapture('eno1', ''), { code: 'command-failed', message: /permission/ });
  }
  {
    await using _fake = await fakePrograms({ tcpdump: 'echo "this is no capture at all, is it"; exec sleep 1000' });
    await assert.rejects(openPacketCapture('eno1', ''), { code: 'command-failed', message: /does not begin with a pcap header/ });
  }
  await using _fake = await fakePrograms({ tcpdump: 'exec sleep 1000' });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const late = openPacketCapture('eno1', '');
  t.mock.timers.tick(29_999);
  t.mock.timers.tick(1);
  await assert.rejects(late, { code: 'command-failed', message: 'tcpdump on eno1 did not start within 30 s' });
});

test('a capture that runs is not given up when the time for its start has passed', async (t) => {
  await using fake = await tcpdump(pcap([]), pcap([frame(9)]).subarray(24));
  t.mock.timers.enable({ apis: ['setTimeout'] });
  await using capture = await openPacketCapture('eno1', '');
  t.mock.timers.tick(40_000);
  const seen: Frame[] = [];
  capture.listen((one) => seen.push(one));
  await goOn(fake);
  await until(() => seen.length === 1);
  assert.equal(await Promise.race([capture.ended, Promise.resolve('it runs')]), 'it runs');
});
