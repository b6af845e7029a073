import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RECORD_SCHEMA } from '../../../src/domain/record/node-record.ts';
import { type FindMasterDeps, findMaster } from '../../../src/service/join/find-master.ts';
import { portLease } from '../../../src/service/join/lease-text.ts';

const MAC = '52:54:00:12:34:56';
const LEASE = { address: '10.77.4.5', server: '10.77.0.1' };
const ABOUT = { program: 'recon', role: 'master', version: '13.1.1', recordSchema: RECORD_SCHEMA };

/** Time that passes by sleeping, a lease after a while, and the master's answers in their order; the last one stays. */
function deps({ leaseAfterMs = 0, answers = [ABOUT] as (object | number)[] }): FindMasterDeps & { asked: string[] } {
  let nowMs = 0;
  const asked: string[] = [];
  const left = [...answers];
  return {
    asked,
    ...{ version: '13.1.1', nowMs: () => nowMs },
    leaseOf: async () => (nowMs >= leaseAfterMs ? LEASE : undefined),
    sleep: async (durationMs) => {
      nowMs += durationMs;
    },
    fetch: async (url) => {
      asked.push(String(url));
      const next = left.length > 1 ? left.shift() : left[0];
      return typeof next === 'number' ? new Response('', { status: next }) : Response.json(next);
    },
  };
}

test('the lease is waited for, and who gave it is asked until it answers', async () => {
  const there = deps({ leaseAfterMs: 40_000, answers: [503, 503, ABOUT] });
  assert.deepEqual(await findMaster(MAC, there), {
    masterUrl: 'http://10.77.0.1',
    words: 'the master is at 10.77.0.1: it is of the same version, 13.1.1',
  });
  assert.deepEqual(there.asked, Array(3).fill('http://10.77.0.1/about'));
});

for (const [what, given, why] of [
  ['no lease comes', { leaseAfterMs: Number.POSITIVE_INFINITY }, /no address came at 52:54:00:12:34:56 within 3 minutes/],
  ['it is somebody else', { answers: [404] }, /10\.77\.0\.1 gave 10\.77\.4\.5, but it does not say that it is a Recon master/],
  ['it never has time', { answers: [503] }, /10\.77\.0\.1 gave 10\.77\.4\.5, but it answers with HTTP status 503/],
] as const)
  test(`${what}: there is no master, in words`, async () => {
    const found = await findMaster(MAC, deps(given as Parameters<typeof deps>[0]));
    assert.match('why' in found ? found.why : '', why);
  });

test('a lease of systemd-networkd is read with who gave it; anything else is none', () => {
  const text = '# This is private data. Do not parse.\nADDRESS=10.77.4.5\nNETMASK=255.255.0.0\nSERVER_ADDRESS=10.77.0.1\nLIFETIME=600\n';
  assert.deepEqual(portLease(text), LEASE);
  for (const damaged of ['', 'ADDRESS=10.77.4.5\n', text.replace('10.77.0.1', 'bang'), text.replace('10.77.0.1', '10.77.0.1/evil')])
    assert.equal(portLease(damaged), undefined);
});
