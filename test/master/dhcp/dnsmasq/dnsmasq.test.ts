import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { planSegment, type Segment } from '../../../../src/domain/network.ts';
import { dnsmasqConfig } from '../../../../src/master/dhcp/dnsmasq/config.ts';
import { type DnsmasqOptions, restartDelayMs, superviseDnsmasq } from '../../../../src/master/dhcp/dnsmasq/dnsmasq.ts';
import type { DnsmasqLine } from '../../../../src/master/dhcp/dnsmasq/log.ts';
import { startDnsmasq } from '../../../../src/master/dhcp/dnsmasq/process.ts';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { fakePrograms } from '../../../fake-programs.ts';
import { ARCHITECTURES } from '../../../loaders-there.ts';

const SETTINGS = {
  tftpRoot: '/loaders',
  architectures: ARCHITECTURES,
  hostsFile: '/leases',
  leaseSeconds: 600,
  maxLeases: 10,
  maxTftpTransfers: 10,
};
const SEGMENT = planSegment('eno1', 0);
const OTHER = planSegment('eno2', 1);
const TESTS_ITSELF = '[ "$1" != --test ] || exit 0';
const DIES = `${TESTS_ITSELF}; echo 'dnsmasq: started, version 2.90' >&2; echo 'dnsmasq: it hurts' >&2; exit 3`;
const STAYS = `${TESTS_ITSELF}; echo 'dnsmasq: started, version 2.90' >&2; exec sleep 1000`;

it('waits longer after each failure, and no longer than half a minute', () => {
  const delays = [0, 1, 2, 3, 7, 8, 1000].map(restartDelayMs);
  assert.deepEqual(delays, [250, 250, 500, 1000, 16_000, 30_000, 30_000]);
});

it('starts dnsmasq again and again; its patience begins anew after a minute of service and with new segments', async (t) => {
  await using _fake = await fakePrograms({ dnsmasq: DIES });
  await using directory = await temporaryDirectory('recon-dnsmasq-');
  let nowMs = 0;
  t.mock.method(performance, 'now', () => nowMs);
  const waits: number[] = [];
  const reasons = new Set<string>();
  const over = Promise.withResolvers<void>();
  const service = superviseDnsmasq({
    ...optionsIn(directory.path, [SEGMENT]),
    onServing: () => {
      if (waits.length === 2) nowMs += 60_001;
      if (waits.length === 3) nowMs += 60_000;
    },
    onDown: (reason, retryMs) => {
      waits.push(retryMs);
      reasons.add(reason);
      if (waits.length === 4) void service.reconfigure([OTHER]);
      if (waits.length === 6) over.resolve();
    },
  });
  await over.promise;
  await service.stop();
  const [first, second, afterLongLife, afterShorterLife, ...afterChange] = waits;
  assert.deepEqual([first, second], [250, 500]);
  assert.equal(afterLongLife, 250);
  assert.equal(afterShorterLife, 500);
  assert.deepEqual(afterChange, [250, 500]);
  assert.deepEqual([...reasons], ['dnsmasq ended (exit code 3): dnsmasq: it hurts']);
  assert.match(await readFile(join(directory.path, 'dnsmasq.conf'), 'utf8'), /^interface=eno2$/m);
});

it('runs as the user that it is given, with three capabilities', async () => {
  await using fake = await fakePrograms({ dnsmasq: STAYS, setpriv: 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"' });
  await using directory = await temporaryDirectory('recon-dnsmasq-');
  const serving = Promise.withResolvers<void>();
  const service = superviseDnsmasq({
    ...optionsIn(directory.path, [SEGMENT]),
    start: startDnsmasq(64_077),
    onServing: () => serving.resolve(),
  });
  await serving.promise;
  await service.stop();
  const [call = []] = (await fake.calls()).filter(([name]) => name === 'setpriv');
  const path = join(directory.path, 'dnsmasq.conf');
  assert.deepEqual(
    [call[1], call.includes('--ambient-caps=-all,+net_admin,+net_bind_service,+net_raw'), call.slice(-2)],
    ['--reuid=64077', true, ['dnsmasq', `--conf-file=${path}`]],
  );
});

it('serves the segments that it was given last, and stops serving the old ones first', async (t) => {
  await using fake = await fakePrograms({ dnsmasq: STAYS });
  await using directory = await temporaryDirectory('recon-dnsmasq-');
  const served: (readonly Segment[])[] = [];
  const lines: DnsmasqLine[] = [];
  let tidied = 0;
  let next = Promise.withResolvers<void>();
  const service = superviseDnsmasq({
    ...optionsIn(directory.path, []),
    beforeStart: async () => {
      tidied += 1;
    },
    onLine: (line) => lines.push(line),
    onServing: (segments) => {
      served.push(segments);
      next.resolve();
    },
    onDown: assert.fail,
  });
  t.after(() => service.stop());
  assert.equal(service.pid, undefined, 'without a segment there is nothing to serve');
  assert.deepEqual(await fake.calls(), []);
  await service.reconfigure([SEGMENT]);
  await next.promise;
  const { pid } = service;
  assert.ok(pid !== undefined);
  next = Promise.withResolvers();
  await service.reconfigure([OTHER]);
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  await next.promise;
  const { pid: nextPid } = service;
  await service.stop();
  assert.equal(service.pid, undefined);
  assert.equal(await readFile(join(directory.path, 'dnsmasq.pid'), 'utf8'), `${nextPid}\n`);
  assert.deepEqual(served, [[SEGMENT], [OTHER]]);
  assert.deepEqual(lines, [{ kind: 'started' }, { kind: 'started' }]);
  assert.equal(tidied, 2);
  const conf = `--conf-file=${join(directory.path, 'dnsmasq.conf')}`;
  assert.deepEqual(await fake.calls(), [
    ['dnsmasq', '--test', conf],
    ['dnsmasq', conf],
    ['dnsmasq', '--test', conf],
    ['dnsmasq', conf],
  ]);
});

it('does not start with a configuration that dnsmasq refuses, and says why', async () => {
  await using fake = await fakePrograms({ dnsmasq: "echo 'dnsmasq: bad option at line 7' >&2; exit 1" });
  await using directory = await temporaryDirectory('recon-dnsmasq-');
  const down = Promise.withResolvers<string>();
  const service = superviseDnsmasq({
    ...optionsIn(directory.path, [SEGMENT]),
    onServing: () => assert.fail('it serves'),
    onDown: (reason) => down.resolve(reason),
  });
  assert.match(await down.promise, /bad option at line 7/);
  await service.stop();
  assert.deepEqual(
    (await fake.calls()).map(([, flag]) => flag),
    ['--test'],
  );
});

function optionsIn(path: string, segments: readonly Segment[]): DnsmasqOptions {
  return {
    directory: path,
    config: (segments) => dnsmasqConfig({ ...SETTINGS, segments }),
    segments,
    onLine: () => {},
    onServing: () => {},
    onDown: () => {},
  };
}
