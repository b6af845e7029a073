import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordData } from '../../../src/domain/record/record-data.ts';
import { computeGpuCount } from '../../../src/report/export/compute-gpus.ts';

const card = (pciAddress: string, vendor: string) => ({ pciAddress, vendor });

for (const [said, sections, count] of [
  ['nothing', {}, 0],
  [
    "a BMC's own, with and without its class",
    { gpus: [card('a', 'ASPEED Technology, Inc.'), card('b', 'Matrox')], pci: [{ address: 'a', classId: '0300' }] },
    0,
  ],
  [
    'NVIDIA and AMD, whatever their class',
    { gpus: [card('a', 'NVIDIA Corporation'), card('b', 'Advanced Micro Devices, Inc. [AMD/ATI]')] },
    2,
  ],
  [
    "ATI's chip on the board of a server is none",
    {
      gpus: [
        { ...card('a', 'Advanced Micro Devices, Inc. [AMD/ATI]'), model: 'ES1000' },
        { ...card('b', 'Advanced Micro Devices, Inc. [AMD/ATI]'), model: 'Rage XL PCI' },
      ],
    },
    0,
  ],
  [
    'of another maker what no monitor hangs on',
    {
      gpus: [card('a', 'Intel Corporation'), card('b', 'Intel Corporation')],
      pci: [
        { address: 'a', classId: '0380' },
        { address: 'b', classId: '0300' },
      ],
    },
    1,
  ],
  [
    "AMD's accelerators, and nobody else's",
    { accelerators: [card('a', 'Advanced Micro Devices, Inc. [AMD/ATI]'), card('b', 'Habana Labs Ltd.')] },
    1,
  ],
] as const)
  test(`GPUs that compute: ${said}`, () => assert.equal(computeGpuCount(sections as unknown as RecordData), count));
