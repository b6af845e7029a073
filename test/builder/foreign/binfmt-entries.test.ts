import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interpreterFault } from '../../../src/builder/foreign/binfmt-entries.ts';

/** As Debian 12's qemu-user-static has the kernel say it. */
const ARM64 = `enabled
interpreter /usr/libexec/qemu-binfmt/aarch64-binfmt-P
flags: POF
offset 0
magic 7f454c460201010000000000000000000200b700
mask ffffffffffffff00fffffffffffffffffeffffff
`;
const RISCV = ARM64.replace('b700', 'f300').replace('aarch64', 'riscv64');
const NONE = 'no interpreter for programs of arm64 is known to the kernel';

for (const [title, entries, fault] of [
  ['as the package registers it', ['enabled\n', RISCV, ARM64], undefined],
  ['nothing is registered', ['enabled\n'], NONE],
  ['the kernel has no binfmt_misc, or it is not mounted', [], NONE],
  ['of other processors only', [RISCV], NONE],
  ['of 32-bit ARM only', [ARM64.replace('7f454c460201', '7f454c460101')], NONE],
  ['switched off', [ARM64.replace('enabled', 'disabled')], 'the interpreter for programs of arm64 is switched off'],
  [
    'not held open',
    [ARM64.replace('POF', 'PO')],
    'the interpreter for programs of arm64 is looked for in the root that is built (flag F is missing)',
  ],
  ['one that is not held open, and one that is', [ARM64.replace('POF', 'PO'), ARM64], undefined],
] as const) {
  test(`interpreter: ${title}`, () => assert.equal(interpreterFault(entries, 'arm64'), fault));
}
