import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fittingAliases, parseModuleAliases } from '../../../src/domain/values/module-alias.ts';

const CARD = 'pci:v00001657d00000022sv0000103Csd00001743bc02sc00i00';
const BRIDGE = 'pci:v00008086d00001237sv00001AF4sd00001100bc06sc00i00';

const rows: [pattern: string, modalias: string, isFit: boolean, why: string][] = [
  ['pci:v00001657d00000022sv*sd*bc02sc00i*', CARD, true, 'a device of any maker of cards'],
  ['pci:v00001657d00000022sv*sd*bc0Csc04i00*', CARD, false, 'another class of the same device'],
  ['pci:v00001657d*sv*sd*bc02sc00i00*', CARD, true, 'all of a vendor'],
  ['pci:v00001657d*sv*sd*bc02sc00i01*', CARD, false, 'another interface'],
  ['pci:v*d*sv*sd*bc02sc00i*', CARD, true, 'all of a class'],
  ['pci:v*d*sv*sd*bc02sc00i*', BRIDGE, false, 'a bridge is none'],
  ['pci:v00001657d00000022sv0000103Csd00001743bc02sc00i00', CARD, true, 'letter by letter'],
  ['pci:v00001657d00000022sv0000103Csd00001743bc02sc00i0', CARD, false, 'the end is missing'],
  ['pci:v00001657d00000022sv0000103Csd00001743bc02sc00i00*', CARD, true, 'a star stands for nothing, too'],
  ['pci:v00001657d00000022sv0000103Csd00001744bc02sc00i00*', CARD, false, 'a card of another number'],
  ['pci:v00001657*i00*i00', CARD, false, 'the same letters are not taken twice'],
];
for (const [pattern, modalias, isFit, why] of rows) {
  it(`${pattern} ${isFit ? 'fits' : 'does not fit'}: ${why}`, () =>
    assert.equal(fittingAliases([{ pattern, module: 'x' }], modalias).length, isFit ? 1 : 0));
}

it('lines of two words are aliases, others are not', () => {
  assert.deepEqual(parseModuleAliases('# a remark of many words\npci:v1* bna\n\nalias pci:v2* bfa\nbna\nusb:v3* x\n'), [
    { pattern: 'pci:v1*', module: 'bna' },
    { pattern: 'usb:v3*', module: 'x' },
  ]);
});
