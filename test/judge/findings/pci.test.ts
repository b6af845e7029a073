import assert from 'node:assert/strict';
import test from 'node:test';
import { foundIn, messagesIn } from './found-in.ts';

const ADDRESS = '0000:01:00.0';
const card = (classId: string, more: object = {}) => ({ address: ADDRESS, classId, driver: 'x', ...more });
const narrow = { link: { width: 4, maxWidth: 8 } };

for (const classId of ['0107', '0200', '0300', '1200']) {
  test(`class ${classId} with too few lanes`, () =>
    assert.deepEqual(foundIn({ pci: [card('0600'), { ...card(classId, narrow), vendor: 'Example', device: 'X1' }] }), [
      ['warning', 'pcie-degraded', `${ADDRESS} Example X1 uses 4 of 8 PCI Express lanes`, 'pci[1].link'],
    ]));
}
for (const classId of ['0604', '0c03', '0880', '1101', '1300']) {
  test(`class ${classId} loses nothing by a narrow link`, () => assert.deepEqual(foundIn({ pci: [card(classId, narrow)] }), []));
}

for (const [link, isNarrow] of [
  [{ width: 1, maxWidth: 2 }, true],
  [{ width: 16, maxWidth: 32 }, true],
  [{ width: 16, maxWidth: 33 }, false],
  [{ width: 4, maxWidth: 63 }, false],
  [{ width: 0, maxWidth: 16 }, false],
  [{ width: 8, maxWidth: 8 }, false],
  [{ width: 8 }, false],
  [{ maxWidth: 8 }, false],
] as const) {
  test(`${JSON.stringify(link)} is ${isNarrow ? '' : 'not '}narrow`, () =>
    assert.equal(foundIn({ pci: [card('0200', { link })] }).length, isNarrow ? 1 : 0));
}

for (const [link, message] of [
  [{ width: 1, maxWidth: 1, speedGtps: 2.5, maxSpeedGtps: 8 }, 'runs at 2.5 of 8 GT/s'],
  [{ width: 1, maxWidth: 1, speedGtps: 8, maxSpeedGtps: 8 }, undefined],
  [{ width: 0, maxWidth: 1, speedGtps: 2.5, maxSpeedGtps: 8 }, undefined],
  [{ width: 1, maxWidth: 1, speedGtps: 2.5 }, undefined],
  [{ width: 1, maxWidth: 1, maxSpeedGtps: 8 }, undefined],
] as const) {
  test(`${JSON.stringify(link)}: ${message ?? 'nothing to say'}`, () =>
    assert.deepEqual(
      foundIn({ pci: [card('0200', { link })] }),
      message === undefined ? [] : [['note', 'pcie-degraded', `${ADDRESS} ${message}`, 'pci[0].link']],
    ));
}

for (const classId of ['0107', '0200', '0c04', '0c06']) {
  test(`class ${classId} without a driver`, () =>
    assert.deepEqual(
      foundIn({ pci: [card('0600'), { address: ADDRESS, classId, vendorId: '15b3', deviceId: '1017', class: 'Controller' }] }),
      [
        [
          'warning',
          'pci-unbound',
          `${ADDRESS} Controller (15b3:1017) has no driver: what hangs on it is not in the record`,
          'pci[1].address',
        ],
      ],
    ));
}
for (const [more, words] of [
  [{ leftOutModules: ['sundance'] }, 'the image leaves out sundance, and '],
  [{ leftOutModules: ['one', 'other'] }, 'the image leaves out one and other, and '],
  [{ modules: ['bna', 'bfa'] }, 'bna or bfa did not take it, and '],
  [{ modules: ['bna'], leftOutModules: ['other'] }, 'bna did not take it, and '],
] as const) {
  test(`a card without a driver is told with its module: ${words}`, () =>
    assert.deepEqual(
      messagesIn({ pci: [card('0600'), { address: ADDRESS, classId: '0200', vendorId: '13f0', deviceId: '0200', ...more }] }),
      [`${ADDRESS} (13f0:0200) has no driver: ${words}what hangs on it is not in the record`],
    ));
}
for (const classId of ['0300', '0604', '0c03', '0c05', '1200']) {
  test(`class ${classId} may go without a driver`, () =>
    assert.deepEqual(foundIn({ pci: [card('0600'), { address: ADDRESS, classId }] }), []));
}

test('an old IDE controller without a driver is a note, and numbers may be unknown', () => {
  assert.deepEqual(foundIn({ pci: [card('0600'), { address: ADDRESS, classId: '0101' }] }), [
    ['note', 'pci-unbound', `${ADDRESS} (????:????) has no driver: what hangs on it is not in the record`, 'pci[1].address'],
  ]);
});

test('once per card for each kind of trouble, however many functions it has', () => {
  const functions = [0, 1].map((at) => ({ address: `0000:01:00.${at}`, classId: '0200', ...narrow }));
  const other = { address: '0000:02:00.0', classId: '0200', ...narrow };
  assert.deepEqual(messagesIn({ pci: [card('0600'), ...functions, other] }), [
    '0000:01:00.0 uses 4 of 8 PCI Express lanes',
    '0000:01:00.0 (????:????) has no driver: what hangs on it is not in the record',
    '0000:02:00.0 uses 4 of 8 PCI Express lanes',
    '0000:02:00.0 (????:????) has no driver: what hangs on it is not in the record',
  ]);
});
