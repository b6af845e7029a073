import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startNetbox } from './netbox-server.ts';
import type { NetboxStore } from './netbox-store.ts';
import { machines, machineWith, pushed } from './pushed.ts';

const LATER = { timeout: 120_000 };

for (const [version, parts] of [
  ['4.2.9', 'dcim/inventory-items'],
  ['4.3.0', 'dcim/modules'],
  ['4.4.2-Docker-3.4.1', 'dcim/modules'],
  ['4.7.0-beta1', 'dcim/modules'],
] as const)
  test(`NetBox ${version}: everything is there after the first run, and the second changes nothing`, LATER, async () => {
    await using server = await startNetbox({ version });
    const first = await pushed(server, machines('S-1', 'S-2', 'S-3'));
    assert.deepEqual([first.failure, first.warnings.filter((one) => one.includes('take'))], [undefined, []]);
    assert.match(first.text, /^\+ device sn-s-1, with 3 interfaces, 3 MAC addresses, /m);
    const { store } = server;
    assert.deepEqual(
      store.all('dcim/devices').map(({ name, serial }) => [name, serial]),
      [1, 2, 3].map((at) => [`sn-s-${at}`, `S-${at}`]),
    );
    assert.deepEqual(names(store, 'dcim/manufacturers').includes('Dell'), true, 'Dell Inc. is Dell');
    const [device] = store.all('dcim/devices');
    assert.equal(store.get('ipam/ip-addresses', device?.['oob_ip'])?.['address'], '192.0.2.10/32');
    const [port] = store.all('dcim/interfaces');
    assert.match(String(store.get('dcim/mac-addresses', port?.['primary_mac_address'])?.['mac_address']), /^52:54:/);
    assert.equal(store.all(parts).length, 6, 'a DIMM and a drive each');
    assert.equal(store.all(parts === 'dcim/modules' ? 'dcim/inventory-items' : 'dcim/modules').length, 0);

    const before = server.requests.length;
    const second = await pushed(server, machines('S-1', 'S-2', 'S-3'));
    assert.match(second.text, /^(! cable .*\n)*NetBox has everything already, 3 left to a person\n$/);
    assert.deepEqual(
      server.requests.slice(before).filter((one) => !one.startsWith('GET ')),
      [],
    );
  });

test('--dry-run and --json say what would be done, and send nothing', LATER, async () => {
  await using server = await startNetbox();
  const { text, failure } = await pushed(server, machines('S-1'), { isDryRun: true, json: true });
  assert.equal(failure, undefined);
  const plan = JSON.parse(text) as { action: string; kind: string; object: string }[];
  assert.ok(plan.some(({ action, kind, object }) => action === 'create' && kind === 'dcim.device' && object === 'sn-s-1'));
  assert.ok(plan.some(({ action, kind }) => action === 'create' && kind === 'dcim.module'));
  assert.deepEqual(
    server.requests.filter((one) => !one.startsWith('GET ')),
    [],
  );
});

test(
  'a device is found by its serial number and keeps what people wrote; empty fields are filled, facts corrected, and what is gone stays',
  LATER,
  async () => {
    await using server = await startNetbox();
    const { store } = server;
    const site = store.put('dcim/sites', { name: 'Elsewhere', slug: 'elsewhere', status: 'active' });
    const maker = store.put('dcim/manufacturers', { name: 'DELL', slug: 'dell' });
    const type = store.put('dcim/device-types', { manufacturer: maker.id, model: 'R740xd', slug: 'r740xd', u_height: 2 });
    const role = store.put('dcim/device-roles', { name: 'Database', slug: 'database', color: '9e9e9e' });
    const device = store.put('dcim/devices', {
      name: 'db01',
      serial: 'S-1',
      site: site.id,
      role: role.id,
      device_type: type.id,
      status: 'planned',
    });
    const port = store.put('dcim/interfaces', {
      device: device.id,
      name: 'eno1',
      type: 'virtual',
      enabled: false,
      mgmt_only: false,
      description: 'uplink, do not touch',
    });
    const bay = store.put('dcim/module-bays', { device: device.id, name: 'DIMM A1' });
    const samsung = store.put('dcim/manufacturers', { name: 'Samsung', slug: 'samsung' });
    const stick = store.put('dcim/module-types', { manufacturer: samsung.id, model: 'Old', part_number: 'Old' });
    const module = store.put('dcim/modules', {
      device: device.id,
      module_bay: bay.id,
      module_type: stick.id,
      status: 'active',
      serial: 'OLD',
      description: 'the old one',
    });
    const emptied = store.put('dcim/module-bays', { device: device.id, name: 'DIMM A2' });
    const gone = store.put('dcim/modules', {
      device: device.id,
      module_bay: emptied.id,
      module_type: stick.id,
      status: 'active',
      serial: 'GONE',
    });
    const dimms = [
      { locator: 'A1', populated: true, partNumber: 'NEW-1', serial: 'N1', manufacturer: 'Samsung', sizeBytes: 2 ** 34, type: 'DDR4' },
    ];
    const nodes = [machineWith('S-1', 0, { memory: { dimms } })];
    const { text, failure } = await pushed(server, nodes);
    assert.equal(failure, undefined);
    assert.match(
      text,
      /^~ module sn-s-1 DIMM A1: module_type Old -> Samsung NEW-1, serial OLD -> N1, description the old one -> 16 GiB, DDR4$/m,
    );
    assert.match(text, /^- module sn-s-1 DIMM A2 \(serial number GONE\): not seen; it stays in NetBox$/m);
    assert.doesNotMatch(text, /^\+ (device|site|manufacturer Dell)/m, 'nor what only a new device would need');
    const now = store.get('dcim/devices', device.id);
    assert.deepEqual(
      [now?.['name'], now?.['site'], now?.['role'], now?.['device_type'], now?.['status']],
      ['db01', site.id, role.id, type.id, 'planned'],
    );
    const kept = store.get('dcim/interfaces', port.id);
    assert.deepEqual(
      [kept?.['type'], kept?.['enabled'], kept?.['description'], kept?.['speed']],
      ['virtual', false, 'uplink, do not touch', 10_000_000],
    );
    assert.deepEqual([store.get('dcim/modules', module.id)?.['serial'], store.get('dcim/modules', gone.id)?.['serial']], ['N1', 'GONE']);
    assert.match((await pushed(server, nodes)).text, /NetBox has everything already/);
  },
);

test('a drive that Linux calls otherwise today is the same drive', LATER, async () => {
  await using server = await startNetbox();
  const drive = (name: string, serial: string) => ({ name, serial, model: 'M', sizeBytes: 480_103_981_056 });
  await pushed(server, [machineWith('S-1', 0, { disks: [drive('sda', 'D1'), drive('sdb', 'D2')] })]);
  const { text } = await pushed(server, [machineWith('S-1', 0, { disks: [drive('sda', 'D2'), drive('sdb', 'D1')] })]);
  assert.match(text, /NetBox has everything already/);
});

test('what a device brings along from a type that NetBox had is taken, not made twice', LATER, async () => {
  await using server = await startNetbox();
  const { store } = server;
  const maker = store.put('dcim/manufacturers', { name: 'Dell', slug: 'dell' });
  const type = store.put('dcim/device-types', {
    manufacturer: maker.id,
    model: 'PowerEdge R740',
    slug: 'dell-poweredge-r740',
    u_height: 2,
  });
  store.templates.set(type.id, ['eno1', 'eno2']);
  const { failure, warnings } = await pushed(server, machines('S-1'));
  assert.deepEqual([failure, warnings.filter((one) => one.includes('does not take'))], [undefined, []]);
  assert.deepEqual(names(store, 'dcim/interfaces').sort(), ['BMC', 'eno1', 'eno2']);
  assert.equal(store.all('dcim/device-types').length, 1);
});

test('a cable where the switch and its port are in NetBox; what a person drew stays', LATER, async () => {
  await using server = await startNetbox();
  const { store } = server;
  const site = store.put('dcim/sites', { name: 'Hall 3', slug: 'hall-3', status: 'active' });
  const sw = store.put('dcim/devices', { name: 'SW1', site: site.id, serial: '' });
  const eth = [1, 2].map((at) => store.put('dcim/interfaces', { device: sw.id, name: `Eth1/${at}`, type: 'other' }));
  const other = store.put('dcim/interfaces', { device: sw.id, name: 'Eth1/9', type: 'other' });
  const end = (id: number) => [{ object_type: 'dcim.interface', object_id: id }];
  store.put('dcim/cables', { a_terminations: end(eth[1]?.id ?? 0), b_terminations: end(other.id), status: 'connected' });
  const { text } = await pushed(server, machines('S-1', 'S-2', 'S-3'));
  assert.match(text, /^\+ device sn-s-1, .*1 cable$/m);
  assert.match(
    text,
    /^! cable sn-s-2 eno1 to sw1\.example\.com Eth1\/2: NetBox has another cable at sw1\.example\.com Eth1\/2; it is left as it is$/m,
  );
  assert.match(text, /^! cable sn-s-3 eno1 .*: the switch sw1\.example\.com has no port Eth1\/3 in NetBox/m);
  assert.equal(store.cableAt(eth[0]?.id ?? 0)?.['status'], 'connected');
  assert.doesNotMatch((await pushed(server, machines('S-1', 'S-2', 'S-3'))).text, /^[+~]/m);
});

test(
  'racks and units where a person says them; a unit that is taken is told in the words of NetBox, and the rest goes on',
  LATER,
  async () => {
    await using server = await startNetbox();
    const { store } = server;
    const units = new Map([
      ['S-1', 12],
      ['S-2', 12],
      ['S-3', 14],
    ]);
    const placeOf = ({ sections }: { sections: { system?: { serial?: string } } }) => ({
      rack: 'R 7',
      unit: units.get(sections.system?.serial ?? '') ?? 1,
    });
    const { failure, warnings } = await pushed(server, machines('S-1', 'S-2', 'S-3'), { placeOf });
    assert.deepEqual(
      warnings.filter((one) => one.includes('does not take')),
      [`127.0.0.1:${new URL(server.url).port} does not take the device sn-s-2: position: U12 is already occupied`],
    );
    assert.match(failure?.message ?? '', /did not take 1 of \d+, see above$/);
    assert.equal(failure?.exitCode, 1);
    const [rack] = store.all('dcim/racks');
    assert.deepEqual(
      store.all('dcim/devices').map(({ name, rack: at, position, face }) => [name, at, position, face]),
      [
        ['sn-s-1', rack?.id, 12, 'front'],
        ['sn-s-3', rack?.id, 14, 'front'],
      ],
    );
  },
);

test(
  'addresses: one that is free is given to the port, one that another device has is left, one of a port with another name is taken',
  LATER,
  async () => {
    await using server = await startNetbox();
    const { store } = server;
    await pushed(server, machines('S-1', 'S-2', 'S-3'));
    const ips = store.all('ipam/ip-addresses');
    assert.equal(ips.length, 3);
    for (const { id, name } of store.all('dcim/devices'))
      store.put('dcim/devices', { ...store.get('dcim/devices', id), oob_ip: undefined, name }, id);
    const [one, two] = ips;
    if (one === undefined || two === undefined) return assert.fail('two addresses');
    store.put('ipam/ip-addresses', { address: '192.0.2.10/24', status: 'active' }, one.id);
    const [stranger] = store.all('dcim/interfaces').filter(({ device }) => device === store.all('dcim/devices')[2]?.id);
    store.put('ipam/ip-addresses', { ...two, assigned_object_id: stranger?.id }, two.id);
    const { text } = await pushed(server, machines('S-1', 'S-2', 'S-3'));
    assert.match(
      text,
      /^~ IP address 192\.0\.2\.10\/32 of sn-s-1 BMC: assigned_object_type is now dcim\.interface, assigned_object_id is now sn-s-1 BMC$/m,
    );
    assert.match(text, /^! IP address 192\.0\.2\.11\/32 of sn-s-2 BMC: NetBox has this address elsewhere/m);
    assert.match(text, /^~ device sn-s-1: oob_ip is now 192\.0\.2\.10\/32 of sn-s-1 BMC$/m);
    assert.equal(store.get('ipam/ip-addresses', two.id)?.['assigned_object_id'], stranger?.id);
  },
);

function names(store: NetboxStore, path: string): string[] {
  return store.all(path).map(({ name }) => String(name));
}
