import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Nic } from '../../../src/domain/record/network.ts';
import { wiredLinks } from '../../../src/report/fleet/wired-links.ts';
import { wiringOf } from '../../../src/report/fleet/wiring.ts';

const nic = (name: string, chassis: string | undefined, port: string, more: Partial<Nic> = {}): Nic => ({
  name,
  mac: `52:54:00:00:00:0${name.at(-1)}`,
  linkUp: true,
  speedMbps: 25_000,
  ...(chassis === undefined ? {} : { lldp: [{ chassisName: chassis, chassisId: `id-${chassis}`, portId: port }] }),
  ...more,
});
const machine = (mac: string, ...nics: Nic[]) => ({ mac, links: wiredLinks(nics), portsUp: nics.filter((one) => one.linkUp).length });

describe('wiring', () => {
  it('turns the view round: switches in natural order, ports as on the switch', () => {
    const { switches } = wiringOf([
      machine('m1', nic('e1', 'leaf-10', 'Ethernet1/10')),
      machine('m2', nic('e1', 'leaf-10', 'Ethernet1/2')),
      machine('m3', nic('e1', 'leaf-9', 'Ethernet1/1')),
    ]);
    assert.deepEqual(
      switches.map(({ name, machines, ports }) => [
        name,
        machines,
        ports.map(({ port, links }) => [port, links.map((one) => one.machine)]),
      ]),
      [
        ['leaf-9', 1, [['Ethernet1/1', ['m3']]]],
        [
          'leaf-10',
          2,
          [
            ['Ethernet1/2', ['m2']],
            ['Ethernet1/10', ['m1']],
          ],
        ],
      ],
    );
  });

  it('shows two machines that say the same port', () => {
    const { switches } = wiringOf([machine('m1', nic('e1', 'a', '1/1')), machine('m2', nic('e1', 'a', '1/1'))]);
    assert.deepEqual(
      switches[0]?.ports.map(({ links }) => links.map((one) => one.machine)),
      [['m1', 'm2']],
    );
  });

  it('keeps two switches of one name apart', () => {
    const other = nic('e1', 'sonic', '1', { lldp: [{ chassisName: 'sonic', chassisId: 'other', portId: '1' }] });
    assert.equal(wiringOf([machine('m1', nic('e1', 'sonic', '1')), machine('m2', other)]).switches.length, 2);
  });

  it('names machines on one switch only where most are on two', () => {
    const both = (mac: string) => machine(mac, nic('e1', 'a', mac), nic('e2', 'b', mac));
    const one = machine('m9', nic('e1', 'a', '9'));
    assert.deepEqual(wiringOf([both('m1'), both('m2'), one]).onOneSwitch, ['m9']);
    assert.deepEqual(wiringOf([both('m1'), one, one]).onOneSwitch, []);
  });

  it('tells a silent link from no link', () => {
    const wiring = wiringOf([machine('up', nic('e1', undefined, '')), machine('down', nic('e1', undefined, '', { linkUp: false }))]);
    assert.deepEqual([wiring.silent, wiring.unplugged], [['up'], ['down']]);
  });

  it('leaves out the link to the BMC, virtual functions and USB', () => {
    const others = [{ bmcLink: true as const }, { virtualFunction: true as const }, { bus: 'usb' }];
    assert.deepEqual(wiredLinks(others.map((more) => nic('e1', 'a', '1', more))), []);
  });

  it('calls a port as it is printed on the switch when its id is a number or an address', () => {
    const named = (portId: string, portDescription: string): string | undefined =>
      wiredLinks([nic('e1', 'a', '', { lldp: [{ chassisId: 'x', portId, portDescription }] })])[0]?.port;
    assert.equal(named('517', 'ge-0/0/12'), 'ge-0/0/12');
    assert.equal(named('aa:bb:cc:00:11:22', 'Ethernet7'), 'Ethernet7');
    assert.equal(named('Ethernet1/7', 'uplink of payroll'), 'Ethernet1/7');
    assert.equal(named('517', 'uplink'), '517');
  });
});
