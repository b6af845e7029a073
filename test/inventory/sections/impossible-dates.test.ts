import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalise } from '../../../src/inventory/normalise.ts';
import { dataOf, dmiText, fixtureCapture } from '../capture-fixture.ts';

const recordOf = (date: string, lastAdded: string, eventDay: string) =>
  normalise(
    fixtureCapture({
      outputs: {
        dmidecode: dmiText([0, 'BIOS Information', { Vendor: 'Example', 'Release Date': date }]),
        'ipmi-mc-info': 'Firmware Revision         : 2.10\n',
        'ipmi-sel-info': `SEL Information\nEntries          : 2\nLast Add Time    : ${lastAdded}\n`,
        'ipmi-sel-elist': `   1 | ${eventDay} | 10:12:44 | Power Supply #0x51 | Failure detected | Asserted\n`,
      },
    }),
  );

test('a firmware of a day to come, and a log of one, are marked, found, and shown nowhere as a date', () => {
  const { sections, findings } = recordOf('01/02/2098', '11/30/2099 | 00:00:01', '12/01/2099');
  assert.deepEqual(dataOf(sections.firmware), { vendor: 'Example', impossibleDate: '01/02/2098' });
  const { eventLog } = dataOf(sections.bmc);
  assert.deepEqual([eventLog?.lastAdded, eventLog?.impossibleTime], [undefined, '11/30/2099 | 00:00:01']);
  assert.deepEqual(eventLog?.newestCritical, [{ sensor: 'Power Supply #0x51', event: 'Failure detected' }]);
  assert.deepEqual(
    findings
      ?.filter(({ code }) => /date|clock/.test(code))
      .map(({ evidence }) => evidence)
      .sort(),
    ['bmc.eventLog.impossibleTime', 'firmware.impossibleDate'],
  );
});

test('days that can be stay as they are', () => {
  const { sections, findings } = recordOf('01/02/2024', '11/30/2025 | 00:00:01', '12/01/2025');
  assert.equal(dataOf(sections.firmware).date, '01/02/2024');
  assert.equal(dataOf(sections.bmc).eventLog?.newestCritical?.[0]?.time, '12/01/2025 10:12:44');
  assert.deepEqual(
    findings?.filter(({ code }) => /date|clock/.test(code)),
    [],
  );
});
