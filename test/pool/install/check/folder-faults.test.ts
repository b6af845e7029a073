import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderFaults } from '../../../../src/pool/install/check/folder-faults.ts';
import { firstPool } from '../../../../src/pool/install/text/first-pool.ts';
import { headPlan } from '../../../../src/pool/install/text/head-plan.ts';

const PLAN = headPlan({ private: 'eth1', subnet: '10.10.0.0/16', domain: 'cluster.internal', isNat: false });
const NETWORK = 'networks: { private: { interface: eth1, subnet: 10.10.0.0/16 } }\n';
const ADDRESS = { family: 'ipv4', address: '10.10.0.7', prefixLength: 16, scope: 'global', dynamic: false } as const;

function said(files: Record<string, string>, more: { isKept?: boolean; has?: true } = {}): string[] {
  const interfaces = [{ name: 'eth1', addresses: more.has ? [ADDRESS] : [] }];
  return folderFaults(new Map(Object.entries(files)), { plan: PLAN, interfaces, isKept: more.isKept ?? false }).map(
    ({ weight, message, hint }) => `${weight} ${message} ${hint}`,
  );
}

test('a pool with which the head starts, and one that an install begins', () => {
  assert.deepEqual(said({}), []);
  assert.deepEqual(said({ 'pool.yaml': NETWORK, 'nodes.yaml': "a: { macs: ['52:54:00:00:00:01'], address: 10.10.0.7 }\n" }), []);
});

test('a pool that an install was killed in is begun again; one file more is somebody’s', () => {
  const [, profile, ...others] = [...firstPool(PLAN)];
  assert.deepEqual([said(Object.fromEntries([profile ?? []])), said(Object.fromEntries(others))], [[], []]);
  assert.match(said({ ...Object.fromEntries(others), 'nodes.yaml': '{}\n' }).join(), /^stops No head can start/);
  assert.match(said({ 'profiles/compute.yaml': 'kind: hold\n' }).join(), /^stops .*interface: eth1 into pool\.yaml/);
});

test('a broken pool: where, and whether anything serves meanwhile', () => {
  const broken = { 'pool.yaml': `${NETWORK}unknwon: hold\n` };
  assert.deepEqual(said(broken).length, 1);
  assert.match(
    said(broken)[0] ?? '',
    /^stops The pool is broken, pool\.yaml line 2: .*; without one that was ever valid no head starts\. .*unknown/,
  );
  assert.match(said(broken, { isKept: true })[0] ?? '', /^warns The pool is broken, pool\.yaml line 2: .*; the last good revision serves/);
});

test('a pool of another interface, and one without any network', () => {
  assert.deepEqual(said({ 'pool.yaml': NETWORK.replace('eth1', 'eth7') }), [
    'stops No head can start: the pool has no network on eth1. It has networks on eth7. Write one with interface: eth1 into pool.yaml, or change that of the one that is meant.',
  ]);
  assert.match(
    said({ 'pool.yaml': 'unknown: hold\n' })[0] ?? '',
    /^stops No head can start: the pool has no network on eth1\. Write into pool\.yaml/,
  );
});

test("a node with the head's own address, be it the first or the one that the interface has", () => {
  const files = (address: string) => ({ 'pool.yaml': NETWORK, 'nodes.yaml': `a: { macs: ['52:54:00:00:00:01'], address: ${address} }\n` });
  assert.deepEqual(said(files('10.10.0.1')), ["stops 10.10.0.1 is the head's own address, and in the pool that of a. Give a another one."]);
  assert.equal(said(files('10.10.0.7'), { has: true }).length, 1);
  assert.deepEqual(said(files('10.10.0.1'), { has: true }), []);
});
