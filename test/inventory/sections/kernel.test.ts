import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normaliseKernel } from '../../../src/inventory/sections/kernel.ts';
import { dataOf, fixtureCapture } from '../capture-fixture.ts';

for (const [lockdown, found] of [
  ['[none] integrity confidentiality\n', 'none'],
  ['none [integrity] confidentiality\n', 'integrity'],
  ['none integrity [confidentiality]\n', 'confidentiality'],
  ['none integrity\n', undefined],
  ['[other]\n', undefined],
] as const)
  test(`lockdown of the kernel: ${lockdown.trim()}`, () => {
    const files = {
      'proc/version': Buffer.from('Linux version 6.12.1-amd64 (x)\n'),
      'sys/kernel/security/lockdown': Buffer.from(lockdown),
    };
    const data = dataOf(normaliseKernel(fixtureCapture({ files })));
    assert.deepEqual([data.release, data.lockdown], ['6.12.1-amd64', found]);
  });
