import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastingPorts, placeOf } from '../../../src/service/own/own-place.ts';

const link = { isEthernet: true, isPhysical: true, device: '/sys/devices/pci0000:00/0000:00:1c.0/0000:03:00.0' };

test('a place is what stays in it: no adapter on USB, which travels with the stick, and nothing that has no device', () => {
  const usb = '/sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0';
  const links = [
    { ...link, mac: '0c:c4:7a:00:00:02' },
    { ...link, mac: '00:e0:4c:00:00:01', device: usb },
    { ...link, mac: '02:42:ac:00:00:01', isPhysical: false, device: '' },
    { ...link, mac: '00:00:00:00:00:01', isEthernet: false },
    { ...link, mac: undefined },
    { ...link, mac: '0c:c4:7a:00:00:01' },
  ];
  assert.deepEqual(lastingPorts(links), ['0c:c4:7a:00:00:01', '0c:c4:7a:00:00:02']);
});

test('what a maker left in is nothing that tells a machine, and a notebook is no place', () => {
  const told = placeOf({
    site: 'hall-3',
    uuid: '4C4C4544-0042',
    serial: 'To be filled by O.E.M.',
    product: 'PowerEdge R640',
    chassisType: 10,
  });
  assert.deepEqual(told, { site: 'hall-3', uuid: '4C4C4544-0042', product: 'PowerEdge R640', isPortable: true });
});
