import assert from 'node:assert/strict';
import { test } from 'node:test';
import { netboxMaker } from '../../../../../src/report/export/formats/netbox/makers.ts';

for (const [said, name] of [
  ...['Dell Inc.', 'DELL', 'Dell EMC', ' Dell  Inc '].map((said) => [said, 'Dell'] as const),
  ...['Hewlett Packard Enterprise', 'Hewlett-Packard Enterprise', 'HPE'].map((said) => [said, 'HPE'] as const),
  ...['HP', 'Hewlett-Packard', 'HP Inc.'].map((said) => [said, 'HP'] as const),
  ...['Supermicro', 'SUPERMICRO', 'Super Micro Computer, Inc.'].map((said) => [said, 'Supermicro'] as const),
  ...([
    ['LENOVO', 'Lenovo'],
    ['Cisco Systems Inc', 'Cisco'],
    ['FUJITSU', 'Fujitsu'],
    ['HUAWEI', 'Huawei'],
    ['Quanta Cloud Technology Inc.', 'QCT'],
  ] as const),
  ...([
    ['Huawei Technologies Co., Ltd.', 'Huawei'],
    ['Gigabyte Technology Co., Ltd.', 'Gigabyte'],
    ['GIGABYTE', 'Gigabyte'],
  ] as const),
  ...([
    ['ASUSTeK COMPUTER INC.', 'ASUS'],
    ['Intel(R) Corporation', 'Intel'],
    ['GenuineIntel', 'GenuineIntel'],
  ] as const),
  ...([
    ['Advanced Micro Devices, Inc. [AMD/ATI]', 'AMD'],
    ['Advanced Micro Devices, Inc.', 'AMD'],
  ] as const),
  ...([
    ['Dellmont Ltd.', 'Dellmont Ltd.'],
    ['富士通', '富士通'],
    ['ADLINK', 'ADLINK'],
    ['Intelligent Systems', 'Intelligent Systems'],
  ] as const),
] as const)
  test(`a maker as NetBox's library spells it: ${said}`, () => assert.equal(netboxMaker(said), name));
