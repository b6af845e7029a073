import assert from 'node:assert/strict';
import test from 'node:test';
import { foundIn, messagesIn } from './found-in.ts';

const GiB = 1024 ** 3;
const ram = (more: object = {}) => ({ populated: true, ...more });

test('errors that cannot be corrected, by their controller; one is enough', () => {
  const controllers = [{ name: 'mc0' }, { name: 'mc1', uncorrectedErrors: 0 }, { name: 'mc2', uncorrectedErrors: 1 }];
  assert.deepEqual(foundIn({ memory: { dimms: [], controllers } }), [
    ['critical', 'memory-errors', 'mc2 counted 1 uncorrected memory errors since this boot', 'memory.controllers[2].uncorrectedErrors'],
  ]);
});

for (const [ecc, eccModules, isOff] of [
  ['None', true, true],
  ['NONE', true, true],
  ['None', false, false],
  ['None', undefined, false],
  ['Single-bit ECC', true, false],
  ['None that is known', true, false],
  ['Parity or None', true, false],
  [undefined, true, false],
] as const) {
  test(`ECC ${ecc} with check bits ${eccModules}: ${isOff ? 'switched off' : 'nothing to say'}`, () => {
    const memory = { dimms: [], ...(ecc === undefined ? {} : { ecc }), ...(eccModules === undefined ? {} : { eccModules }) };
    const message = 'the modules have check bits, but the firmware says that no error is corrected';
    assert.deepEqual(foundIn({ memory }), isOff ? [['warning', 'ecc-off', message, 'memory.ecc']] : []);
  });
}

test('modules of unequal size are counted by size', () => {
  const dimms = [ram({ sizeBytes: 8 * GiB }), ram({ sizeBytes: 16 * GiB }), ram({ sizeBytes: 8 * GiB })];
  assert.deepEqual(foundIn({ memory: { dimms } }), [
    ['note', 'dimm-unequal', 'memory modules of unequal size: 2 × 8 GiB, 1 × 16 GiB', 'memory.dimms'],
  ]);
});

for (const [what, other] of [
  ['flash', { sizeBytes: GiB / 64, type: 'Flash' }],
  ['an EEPROM', { sizeBytes: GiB / 64, type: 'EEPROM' }],
  ['persistent memory', { sizeBytes: 128 * GiB, nonVolatileBytes: 128 * GiB }],
  ['a module of unknown size', {}],
  ['an empty slot', { populated: false, sizeBytes: 16 * GiB }],
] as const) {
  test(`${what} is no module of another size`, () => {
    assert.deepEqual(foundIn({ memory: { dimms: [ram({ sizeBytes: 8 * GiB }), ram(other)] } }), []);
  });
}

test('a module that is made for less, and one that runs slower', () => {
  const fast = ram({ ratedSpeedMtps: 3200, configuredSpeedMtps: 2933 });
  const dimms = [fast, fast, fast, ram({ locator: 'B2', ratedSpeedMtps: 2666, configuredSpeedMtps: 2400 })];
  assert.deepEqual(foundIn({ memory: { dimms } }), [
    ['warning', 'dimm-slow', 'memory module B2 is made for 2666 MT/s, most others here 3200 MT/s', 'memory.dimms[3].ratedSpeedMtps'],
    ['warning', 'dimm-slow', 'memory module B2 runs at 2400 MT/s, most others here 2933 MT/s', 'memory.dimms[3].configuredSpeedMtps'],
  ]);
});

for (const [place, words] of [
  [{ locator: 'A1', bankLocator: 'Node 0', handle: '0x0011' }, 'A1'],
  [{ bankLocator: 'Node 0', handle: '0x0011' }, 'Node 0'],
  [{ handle: '0x0011' }, '0x0011'],
  [{}, 'number 2'],
] as const) {
  test(`a slow module at ${JSON.stringify(place)} is called ${words}`, () => {
    const fast = ram({ ratedSpeedMtps: 3200 });
    const [message] = messagesIn({ memory: { dimms: [fast, ram({ ...place, ratedSpeedMtps: 2666 }), fast] } });
    assert.equal(message, `memory module ${words} is made for 2666 MT/s, most others here 3200 MT/s`);
  });
}

test('flash, however much of it, does not make the usual speed, and has none to keep', () => {
  const flash = ['Flash', 'ROM', 'FEPROM', 'EPROM'].map((type) => ram({ type, ratedSpeedMtps: 33 }));
  const fast = ram({ type: 'DDR4', ratedSpeedMtps: 3200 });
  const slow = ram({ type: 'DDR4', ratedSpeedMtps: 2666, locator: 'C1' });
  assert.deepEqual(messagesIn({ memory: { dimms: [...flash, fast, fast, slow] } }), [
    'memory module C1 is made for 2666 MT/s, most others here 3200 MT/s',
  ]);
});

test('a module without a speed is not slow', () => {
  const fast = ram({ ratedSpeedMtps: 3200 });
  assert.deepEqual(foundIn({ memory: { dimms: [fast, fast, ram()] } }), []);
});
