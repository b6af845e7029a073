import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { planSegment } from '../../../../src/domain/network.ts';
import { type DnsmasqOptions, restartDelayMs, superviseDnsmasq } from '../../../../src/master/dhcp/dnsmasq/dnsmasq.ts';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';

const MINUTE_MS = 60_000;
const segments = [planSegment('eno1', 0)];

test('each death doubles the pause before the next start, from 250 ms to 30 s', () => {
  const pauses = Array.from({ length: 9 }, (_, index) => restartDelayMs(index + 1));
  assert.deepEqual(pauses, [250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

test('deaths in quick succession count up; one after a steady minute is the first again', async (t) => {
  assert.deepEqual(await pausesAfter(t, [0, 0]), [250, 500]);
  assert.deepEqual(await pausesAfter(t, [0, MINUTE_MS]), [250, 500]);
  assert.deepEqual(await pausesAfter(t, [0, MINUTE_MS + 1]), [250, 250]);
  assert.deepEqual(await pausesAfter(t, [MINUTE_MS + 1, 0]), [250, 500]);
});

test('new segments are a new beginning: the next death is the first again', async () => {
  await using fake = await fakeDnsmasq();
  const pauses: number[] = [];
  const [serving, deadAgain] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let life = 0;
  const service = superviseDnsmasq({
    ...fake.options,
    beforeStart: async () => {
      life += 1;
      await fake.willServe(life === 2);
    },
    onServing: () => serving.resolve(),
    onDown: (_, retryMs) => {
      pauses.push(retryMs);
      if (life === 3) deadAgain.resolve();
    },
  });
  await serving.promise;
  await service.reconfigure(segments);
  await deadAgain.promise;
  await service.stop();
  assert.deepEqual(pauses, [250, 250]);
});

/** The pause before each new start of a dnsmasq that lives so long, by our own clock, and then dies. */
async function pausesAfter(t: TestContext, livesMs: readonly number[]): Promise<number[]> {
  await using fake = await fakeDnsmasq();
  let nowMs = 0;
  const clock = t.mock.method(performance, 'now', () => nowMs);
  const lives = [...livesMs];
  const pauses: number[] = [];
  const { promise: allDead, resolve } = Promise.withResolvers<void>();
  const service = superviseDnsmasq({
    ...fake.options,
    beforeStart: async () => {
      nowMs += lives.shift() ?? 0;
    },
    onDown: (_, retryMs) => {
      if (pauses.length < livesMs.length) pauses.push(retryMs);
      if (pauses.length === livesMs.length) resolve();
    },
  });
  await allDead;
  await service.stop();
  clock.mock.restore();
  return pauses;
}

interface FakeDnsmasq extends AsyncDisposable {
  options: DnsmasqOptions;
  /** whether its next life lasts until it is stopped; otherwise it dies at once */
  willServe(does: boolean): Promise<void>;
}

/** A program of that name in the PATH, whose configuration is always good. */
async function fakeDnsmasq(): Promise<FakeDnsmasq> {
  const directory = await temporaryDirectory('recon-dnsmasq-');
  const [programs, serves] = [join(directory.path, 'bin'), join(directory.path, 'serves')];
  await mkdir(programs);
  const script = [
    '#!/bin/sh',
    '[ "$1" != --test ] || exit 0',
    `[ -e '${serves}' ] || exit 3`,
    "echo 'dnsmasq[1]: started, version 2.90 cachesize 150' >&2",
    'exec sleep 600',
  ];
  await writeFile(join(programs, 'dnsmasq'), `${script.join('\n')}\n`, { mode: 0o755 });
  const before = process.env['PATH'];
  process.env['PATH'] = `${programs}:${before}`;
  return {
    options: {
      directory: join(directory.path, 'run'),
      settings: { tftpRoot: '/nonexistent', hostsFile: '/nonexistent', leaseSeconds: 600, maxLeases: 10, maxTftpTransfers: 10 },
      segments,
      onLine: () => {},
      onServing: () => {},
      onDown: () => {},
    },
    willServe: async (does) => (does ? writeFile(serves, '') : rm(serves, { force: true })),
    [Symbol.asyncDispose]: async () => {
      process.env['PATH'] = before;
      await directory[Symbol.asyncDispose]();
    },
  };
}
