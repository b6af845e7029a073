import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../src/inventory/normalise.ts';
import { parseRocmSmi } from '../../../src/inventory/tools/rocm-smi.ts';
import { dataOf, fixtureCapture } from '../capture-fixture.ts';
import { recording } from '../recordings/recording-files.ts';

test('recorded rocm-smi --json: every card, with what it says of itself', () => {
  const bytes = recording('telegraf/plugins/inputs/amd_rocm_smi/testdata/mi100_rocm602.json');
  const cards = parseRocmSmi(bytes);
  assert.equal(cards.length, bytes.toString().match(/"PCI Bus"/g)?.length);
  assert.equal(new Set(cards.map((card) => card.uuid)).size, cards.length);
  assert.deepEqual(cards[0], {
    pciAddress: '0000:83:00.0',
    vendor: 'Advanced Micro Devices, Inc. [AMD/ATI]',
    model: 'Arcturus GL-XL [Instinct MI100]',
    uuid: '0x79ccd55167a2124a',
    vbios: '113-D3431401-101',
    partNumber: 'D3431401',
    memoryBytes: 34_342_961_152,
    driverVersion: '6.3.6',
  });
});

const TEXT = `======================= ROCm System Management Interface =======================
Driver version: 6.0.2
GPU[0]\t\t: Card Series: \t\tInstinct X
GPU[0]\t\t: Serial Number: \t\tN/A
GPU[0]\t\t: PCI Bus: 0000:41:00.0
GPU[0]\t\t: VRAM Total Memory (B): 68702699520
GPU[1]\t\t: PCI Bus: 0000:C1:00.0
GPU[1]\t\t: Serial Number: \t\tPCB-S1
GPU[2]\t\t: Serial Number: \t\tNO-PLACE
`;

test('text, without a card whose place is not told', () => {
  assert.deepEqual(parseRocmSmi(Buffer.from(TEXT)), [
    { pciAddress: '0000:41:00.0', model: 'Instinct X', memoryBytes: 68_702_699_520, driverVersion: '6.0.2' },
    { pciAddress: '0000:c1:00.0', serial: 'PCB-S1', driverVersion: '6.0.2' },
  ]);
  assert.deepEqual(parseRocmSmi(Buffer.from('{"card0": {"PCI Bus": "none"}, "system": []}')), []);
  assert.deepEqual(parseRocmSmi(Buffer.from('rocm-smi: command not found\n')), []);
});

test('joined with lspci by the address', () => {
  const lspci = 'Slot:\t0000:41:00.0\nClass:\tDisplay controller [0380]\nVendor:\tAdvanced Micro Devices [1002]\nDriver:\tamdgpu\n\n';
  const gpus = dataOf(normalise(fixtureCapture({ outputs: { 'rocm-smi': TEXT, lspci } })).sections.gpus ?? { status: 'absent' });
  assert.deepEqual(
    gpus.map((gpu) => [gpu.pciAddress, gpu.driver, gpu.memoryBytes, gpu.serial]),
    [
      ['0000:41:00.0', 'amdgpu', 68_702_699_520, undefined],
      ['0000:c1:00.0', undefined, undefined, 'PCB-S1'],
    ],
  );
});
