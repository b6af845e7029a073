import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LedgerEvent } from '../../../src/domain/ledger.ts';
import { findPowerTrouble, type PeerPower } from '../../../src/lab/checks/power-order.ts';
import { LAB_PLAN } from '../../../src/lab/plan/lab-plan.ts';

const [WITH_BMC, WITHOUT_BMC] = LAB_PLAN.peers;
const RECEIPT_AT_MS = Date.parse('2026-11-20T12:00:00.000Z');

const receiptOf = (machine: { nics: readonly { mac: string }[] }): LedgerEvent => ({
  sequence: 1,
  at: new Date(RECEIPT_AT_MS).toISOString(),
  mac: machine.nics[0]?.mac ?? '',
  stage: 'receipt',
});
const peer = (machine: PeerPower['machine'], offAtMs: number | undefined, console: string[] = []): PeerPower => ({
  machine,
  offAtMs,
  console,
});

test('a peer with a BMC goes off after its receipt', () => {
  const ledger = [receiptOf(WITH_BMC)];
  assert.deepEqual(findPowerTrouble([peer(WITH_BMC, RECEIPT_AT_MS + 5000)], ledger, 0), []);
  assert.match(findPowerTrouble([peer(WITH_BMC, RECEIPT_AT_MS - 5000)], ledger, 0).join(), /went off 5000 ms before its receipt/);
  assert.match(findPowerTrouble([peer(WITH_BMC, undefined)], ledger, 0).join(), /still on/);
  assert.match(findPowerTrouble([peer(WITH_BMC, RECEIPT_AT_MS)], [], 0).join(), /no receipt/);
});

test("the master's clock need not be the host's", () => {
  const hourMs = 3_600_000;
  assert.deepEqual(findPowerTrouble([peer(WITH_BMC, RECEIPT_AT_MS - hourMs + 5000)], [receiptOf(WITH_BMC)], hourMs), []);
  assert.equal(findPowerTrouble([peer(WITH_BMC, RECEIPT_AT_MS + 5000)], [receiptOf(WITH_BMC)], -hourMs).length, 1);
});

test('a peer without a BMC stays on and says why', () => {
  const ledger = [receiptOf(WITHOUT_BMC)];
  assert.deepEqual(findPowerTrouble([peer(WITHOUT_BMC, undefined, ['It has no BMC, so it stays on.'])], ledger, 0), []);
  assert.match(findPowerTrouble([peer(WITHOUT_BMC, undefined, ['login:'])], ledger, 0).join(), /does not say/);
  assert.match(findPowerTrouble([peer(WITHOUT_BMC, RECEIPT_AT_MS + 5000, ['no BMC'])], ledger, 0).join(), /went off all the same/);
});
