import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordData } from '../../../src/domain/record/record-data.ts';
import { definedOnly } from '../../../src/domain/values/defined-only.ts';
import { portMac, portSpeedMbps, portsOf } from '../../../src/report/export/ports.ts';
import { nodeWith } from './node-with.ts';

test('ports: no link to the BMC, no virtual function, each name once', () => {
  const nics = [
    { name: 'eno1', driver: 'first' },
    { name: 'bmc0', bmcLink: true },
    { name: 'vf0', virtualFunction: true },
    { name: 'eno1', driver: 'second' },
    { name: 'usb0', bus: 'usb' },
  ];
  const portNames = (data: Record<string, unknown>) => {
    const node = nodeWith(data);
    return portsOf({ name: 'a', mac: node.mac, node, sections: recordData(node.record) }).map(
      ({ name, driver }) => `${name} ${driver ?? ''}`,
    );
  };
  assert.deepEqual(portNames({ nics }), ['eno1 first', 'usb0 ']);
  assert.deepEqual(portNames({ nics: undefined }), []);
});

for (const [what, nic, mac] of [
  ['that of the hardware', { mac: '52:54:00:00:00:02', permanentMac: '0C-C4-7A-00-00-01' }, '0c:c4:7a:00:00:01'],
  ['the one in use', { mac: '52:54:00:00:00:02' }, '52:54:00:00:00:02'],
  [
    'the one in use where that of the hardware is none',
    { mac: '52:54:00:00:00:02', permanentMac: '00:00:00:00:00:00' },
    '52:54:00:00:00:02',
  ],
  ['none of InfiniBand', { mac: '80:00:02:08:fe:80:00:00:00:00:00:00:24:8a:07:03:00:ab:cd:ef' }, undefined],
  ['none', {}, undefined],
] as const)
  test(`the address of a port: ${what}`, () => assert.equal(portMac({ name: 'eno1', ...nic }), mac));

for (const [what, supportedModes, speedMbps, speed] of [
  ['its fastest mode', ['1000baseT/Full', '25000baseCR/Full', '10000baseKR'], 1000, 25_000],
  ['a mode in any case', ['40000BaseSR4'], undefined, 40_000],
  ['its link where modes say nothing', ['Not reported', '100gbaseX', 'x1000baseT'], 10_000, 10_000],
  ['unknown', undefined, undefined, undefined],
] as const)
  test(`the speed of a port: ${what}`, () => {
    const said = definedOnly({ supportedModes: supportedModes === undefined ? undefined : [...supportedModes], speedMbps });
    assert.equal(portSpeedMbps({ name: 'eno1', ...said }), speed);
  });
