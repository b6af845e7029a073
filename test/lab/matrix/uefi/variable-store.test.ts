import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareVariables } from '../../../../src/lab/matrix/uefi/changed-variables.ts';
import { findSystemVariables } from '../../../../src/lab/matrix/uefi/system-variables.ts';
import { parseVariableStore } from '../../../../src/lab/matrix/uefi/variable-store.ts';
import { variableFlash } from './variable-flash.ts';

const GLOBAL = '8be4df61-93ca-11d2-aa0d-00e098032b8c';
const before = { BootOrder: '0000', Boot0000: '01000000', MTC: '05000000' };

test('live variables are read with name, vendor, attributes and data; deleted ones are not', () => {
  const flash = variableFlash([
    { name: 'BootOrder', data: '0000', state: 0x3f },
    { name: 'Old', data: 'ff', state: 0x3c },
    { name: 'HalfDeleted', data: '0102', state: 0x3e },
    // an odd length: the next one begins at the next multiple of four
    { name: 'Odd', data: '010203', state: 0x3f },
    { name: 'Last', data: '07', state: 0x3f },
  ]);
  const golden = [...parseVariableStore(flash)].map(([key, { attributes, data }]) => `${key} ${attributes} ${data.toString('hex')}`);
  assert.deepEqual(golden, [`BootOrder-${GLOBAL} 7 0000`, `HalfDeleted-${GLOBAL} 7 0102`, `Odd-${GLOBAL} 7 010203`, `Last-${GLOBAL} 7 07`]);
});

test('what is no store is refused, and so is a variable that ends behind it', () => {
  assert.throws(() => parseVariableStore(Buffer.alloc(4096)), /no firmware volume/);
  const flash = variableFlash([{ name: 'A', data: '00', state: 0x3f }]);
  flash.writeUInt32LE(0x7fffffff, 72 + 28 + 40);
  assert.throws(() => parseVariableStore(flash), /ends behind the store/);
});

test('a boot may change what is on the list, and nothing else', () => {
  const stored = (values: Record<string, string>) =>
    parseVariableStore(variableFlash(Object.entries(values).map(([name, data]) => ({ name, data, state: 0x3f }))));
  const same = compareVariables(stored(before), stored({ ...before, MTC: '06000000' }));
  assert.deepEqual([same.compared, same.findings], [3, []]);
  assert.match(same.allowed.join('\n'), /^MTC-.* was 05000000 and is 06000000/);
  const { BootOrder, ...rest } = before;
  const changed = compareVariables(stored({ ...rest, BootOrder }), stored({ ...rest, Boot0000: '02000000', 'dump-type0-1-D': 'ff' }));
  assert.deepEqual(changed.findings, [
    `the UEFI variable Boot0000-${GLOBAL} was 01000000 and is 02000000`,
    `the UEFI variable BootOrder-${GLOBAL} was removed`,
    `the UEFI variable dump-type0-1-D-${GLOBAL} was made (1 bytes)`,
  ]);
});

test('what only a system writes is told from what a firmware makes', () => {
  const names = [
    'BootOrder',
    'Boot0000',
    'MTC',
    'Timeout',
    'certdb',
    'dump-type0-1-1-1577934245-D',
    'SbatLevel',
    'MokList',
    'LoaderSystemToken',
  ];
  const variables = parseVariableStore(variableFlash(names.map((name) => ({ name, data: '00', state: 0x3f }))));
  assert.deepEqual(
    findSystemVariables('peer', variables).map((one) => one.replace(/-8be4.*made/, ' was made')),
    [
      'peer: the UEFI variable dump-type0-1-1-1577934245-D was made: a crash record of the kernel',
      'peer: the UEFI variable MokList was made: what shim keeps',
      'peer: the UEFI variable LoaderSystemToken was made: a word of a boot loader to systemd',
    ],
  );
});
