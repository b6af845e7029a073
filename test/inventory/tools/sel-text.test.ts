import assert from 'node:assert/strict';
import test from 'node:test';
import { parseSelEvents, readEventLog } from '../../../src/inventory/tools/sel-text.ts';

test('a bar inside of what happened, with the name of a module behind it, and events that went away', () => {
  const text = [
    '  1 | 03/04/2024 | 05:06:07 | Memory #0x87 | Uncorrectable ECC (UnCorrectable ECC |  CPU2_DIMM_F1) | Asserted',
    '  2 | 03/04/2024 | 05:06:08 | Temperature #0x30 | Upper Critical going high | Reading 99 > Threshold 95 degrees C | Deasserted',
    '  3 | Pre-Init  |0000000012| Power Supply #0x51 | Failure detected | Asserted',
    '  4 | 03/04/2024 | 05:06:09 | Fan #0x41 | Lower Critical going low  | Deassertion Event',
    '  5 | 03/04/2024 | 05:06:10 UTC | Memory DIMM_B2 | Correctable ECC | Asserted',
  ].join('\n');
  assert.deepEqual(
    parseSelEvents(text).map(({ sensor, event, isAsserted }) => [sensor, event, isAsserted]),
    [
      ['Memory #0x87', 'Uncorrectable ECC (UnCorrectable ECC | CPU2_DIMM_F1)', true],
      ['Temperature #0x30', 'Upper Critical going high | Reading 99 > Threshold 95 degrees C', false],
      ['Power Supply #0x51', 'Failure detected', true],
      ['Fan #0x41', 'Lower Critical going low', false],
      ['Memory DIMM_B2', 'Correctable ECC', true],
    ],
  );
  const log = readEventLog('', text);
  assert.deepEqual([log?.critical, log?.warning, log?.other], [2, 1, 2]);
  assert.equal(log?.newestCritical?.[0]?.event, 'Uncorrectable ECC (UnCorrectable ECC | CPU2_DIMM_F1)');
});
