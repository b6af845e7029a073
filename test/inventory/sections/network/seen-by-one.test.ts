import assert from 'node:assert/strict';
import test from 'node:test';
import { normaliseNics } from '../../../../src/inventory/sections/network/nics.ts';
import { type CaptureFixture, dataOf, sectionOf } from '../../capture-fixture.ts';

const nicsOf = (fixture: CaptureFixture) => dataOf(sectionOf(normaliseNics, fixture));
const LLDP = 'lldp.eno3.via=LLDP\nlldp.eno3.chassis.name=rack-7\nlldp.eno3.port.ifname=xe-0/0/3\n';

test('a port that nothing but lldpctl saw is a port, with its neighbour', () => {
  assert.deepEqual(nicsOf({ outputs: { lldpctl: LLDP } }), [{ name: 'eno3', lldp: [{ chassisName: 'rack-7', portId: 'xe-0/0/3' }] }]);
  const ip = JSON.stringify([{ ifname: 'eno1', address: '02:00:00:00:03:01', link_type: 'ether' }]);
  assert.deepEqual(
    nicsOf({ outputs: { lldpctl: LLDP, 'ip-link': ip } }).map(({ name }) => name),
    ['eno1', 'eno3'],
  );
});

test('a port that nothing but one call of ethtool saw', () => {
  const calls: Record<string, string> = {
    'ethtool-eno3': 'Settings for eno3:\n\tSpeed: 25000Mb/s\n',
    'ethtool-driver-eno3': 'driver: ice\nbus-info: 0000:31:00.0\n',
    'ethtool-permanent-eno3': 'Permanent address: 02:00:00:00:03:03\n',
  };
  for (const [id, text] of Object.entries(calls)) {
    assert.deepEqual(
      nicsOf({ outputs: { [id]: text } }).map(({ name }) => name),
      ['eno3'],
      id,
    );
  }
});

test('what Linux made is no port, whoever names it, and neither is one of which nothing was said', () => {
  const outputs = {
    lldpctl: LLDP.replaceAll('eno3', 'bond0'),
    'ethtool-driver-uplink': 'driver: bonding\n',
    'ethtool-eno3.100': '\tSpeed: 1000Mb/s\n',
    'ethtool-eno9': 'netlink error: No such device\n',
    'ethtool-eno1': '\tSpeed: 1000Mb/s\n',
  };
  assert.deepEqual(
    nicsOf({ outputs }).map(({ name }) => name),
    ['eno1'],
  );
});
