import assert from 'node:assert/strict';
import { test } from 'node:test';
import { processorLine } from '../../../src/builder/host/machine-lines.ts';

test('another processor than the image is for', () => {
  assert.equal(processorLine('x64').missing, undefined);
  for (const processor of ['arm64', 'riscv64', 'ia32']) {
    const { found, missing } = processorLine(processor);
    assert.equal(missing?.code, 'host-unfit');
    assert.match(found, new RegExp(`processor is ${processor}`));
  }
});
