import assert from 'node:assert/strict';
import test from 'node:test';
import { foundIn, messagesIn } from './found-in.ts';

for (const [supply, severity, message, key] of [
  [{ location: 'PSU1', present: false }, 'warning', 'PSU1 is not there', 'present'],
  [{ location: 'Power Supply 1', status: 'Critical' }, 'warning', 'Power Supply 1 is Critical', 'status'],
  [{ name: 'Bay 2', status: 'Non-critical' }, 'warning', 'power supply Bay 2 is Non-critical', 'status'],
  [{ location: 'Bay 3', name: 'PWR 750', status: 'Non-recoverable' }, 'warning', 'power supply Bay 3 is Non-recoverable', 'status'],
  [{ plugged: false }, 'warning', 'power supply number 2 has no mains', 'plugged'],
] as const) {
  test(`power supply ${JSON.stringify(supply)}: ${message}`, () => {
    const powerSupplies = [{ present: false, location: 'PSU0' }, supply];
    assert.deepEqual(
      foundIn({ powerSupplies }).filter(([, , , evidence]) => evidence.startsWith('powerSupplies[1]')),
      [[severity, 'psu', message, `powerSupplies[1].${key}`]],
    );
  });
}

for (const supply of [{}, { present: true }, { status: 'OK' }, { status: 'OK, once critical' }, { status: 'Unknown' }, { plugged: true }]) {
  test(`power supply ${JSON.stringify(supply)} is no trouble`, () => assert.deepEqual(foundIn({ powerSupplies: [supply] }), []));
}

test('where two are fitted, a missing one is worth knowing, and a dead one still a warning', () => {
  const powerSupplies = [{}, { present: true, status: 'Critical' }, { present: false }];
  assert.deepEqual(
    foundIn({ powerSupplies }).map(([severity, , , evidence]) => [severity, evidence]),
    [
      ['warning', 'powerSupplies[1].status'],
      ['note', 'powerSupplies[2].present'],
    ],
  );
});

test('fans by what they are called, else by their number', () => {
  const fans = [{ status: 'OK' }, { status: 'Critical' }, { description: 'Fan 3', status: 'Non-recoverable' }, {}];
  assert.deepEqual(foundIn({ fans }), [
    ['warning', 'fan', 'fan 2 is Critical', 'fans[1].status'],
    ['warning', 'fan', 'fan Fan 3 is Non-recoverable', 'fans[2].status'],
  ]);
  assert.deepEqual(messagesIn({ fans: [{ status: 'Non-critical' }] }), ['fan 1 is Non-critical']);
});
