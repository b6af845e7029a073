import assert from 'node:assert/strict';
import test from 'node:test';
import { foundIn, messagesIn } from './found-in.ts';

test('weaknesses without a cure, in words, with the microcode', () => {
  const vulnerabilities = {
    l1tf: 'Mitigation: PTE Inversion',
    spec_store_bypass: 'Vulnerable',
    mmio_stale_data: 'vulnerable: no microcode',
  };
  assert.deepEqual(foundIn({ cpu: { microcode: '0x2f', vulnerabilities } }), [
    [
      'note',
      'cpu-vulnerable',
      'the processor is open to spec store bypass, mmio stale data (microcode 0x2f); newer firmware may help',
      'cpu.vulnerabilities.spec_store_bypass',
    ],
  ]);
  assert.deepEqual(messagesIn({ cpu: { vulnerabilities: { mds: 'Vulnerable' } } }), [
    'the processor is open to mds; newer firmware may help',
  ]);
});

test('what is cured or does not concern the processor is not told', () => {
  const vulnerabilities = { l1tf: 'Not affected', mds: 'Mitigation: Clear CPU buffers; SMT vulnerable' };
  assert.deepEqual(foundIn({ cpu: { vulnerabilities } }), []);
  assert.deepEqual(foundIn({ cpu: {} }), []);
});
