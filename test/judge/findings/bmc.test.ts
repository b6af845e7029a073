import assert from 'node:assert/strict';
import test from 'node:test';
import { foundIn, messagesIn } from './found-in.ts';

for (const status of ['cr', 'nr', 'lcr', 'ucr', 'lnr', 'unr', 'CR']) {
  test(`a sensor that is ${status} is beyond its critical limit`, () => {
    const sensors = [
      { name: 'Fan 1', status: 'ok' },
      { name: 'Fan 2', status },
    ];
    assert.deepEqual(foundIn({ bmc: { sensors } }), [['warning', 'sensor', 'sensor Fan 2 is beyond its critical limit', 'bmc.sensors[1]']]);
  });
}
for (const status of ['ok', 'nc', 'lnc', 'unc', 'ns', 'cr?', 'not cr', undefined]) {
  test(`a sensor that is ${status} is not`, () =>
    assert.deepEqual(foundIn({ bmc: { sensors: [{ name: 'Fan 1', ...(status === undefined ? {} : { status }) }] } }), []));
}

for (const [reading, words] of [
  [{ value: 84, unit: 'degrees C' }, ': 84 degrees C'],
  [{ value: 0 }, ': 0'],
  [{ text: 'Fully Redundant' }, ': Fully Redundant'],
  [{}, ''],
] as const) {
  test(`a sensor that reads ${JSON.stringify(reading)}`, () =>
    assert.deepEqual(messagesIn({ bmc: { sensors: [{ name: 'T1', status: 'cr', ...reading }] } }), [
      `sensor T1 is beyond its critical limit${words}`,
    ]));
}

for (const [eventLog, message] of [
  [{ critical: 1 }, 'holds 1 critical event'],
  [{ critical: 2 }, 'holds 2 critical events'],
  [
    { critical: 2, newestCritical: [{ time: '04/14/2023 10:12:44', sensor: 'PSU 2', event: 'Failure detected' }] },
    'holds 2 critical events, the newest PSU 2, Failure detected, 04/14/2023 10:12:44',
  ],
] as const) {
  test(`an event log that ${message}`, () =>
    assert.deepEqual(foundIn({ bmc: { eventLog } }), [
      ['warning', 'sel-critical', `the event log of the BMC ${message}`, 'bmc.eventLog.critical'],
    ]));
}

test('an event log is full from 95 per cent on', () => {
  const message = 'the event log of the BMC is 95 % full; new events may be lost';
  assert.deepEqual(foundIn({ bmc: { eventLog: { percentUsed: 95 } } }), [['note', 'sel-full', message, 'bmc.eventLog.percentUsed']]);
  for (const eventLog of [{ percentUsed: 94 }, { critical: 0 }, {}]) assert.deepEqual(foundIn({ bmc: { eventLog } }), []);
});
