import assert from 'node:assert/strict';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { it, type TestContext } from 'node:test';
import {
  addAddress,
  addVlan,
  allowIpv6,
  forbidIpv6,
  keepSilent,
  listInterfaces,
  listLinks,
  removeAddress,
  removeLink,
  setDown,
  setUp,
} from '../../../src/platform/network/interfaces.ts';
import { raiseLinks } from '../../../src/platform/network/raise-links.ts';
import { fakePrograms } from '../../fake-programs.ts';
import { movedRoot } from '../files/moved-root.ts';

const NET = '/sys/class/net';
const SETTINGS = '/proc/sys/net';

/** Ports as /sys shows them; `links` are made as symbolic links. */
async function machine(t: TestContext) {
  const port = (name: string, facts: Record<string, string>): [string, string][] =>
    Object.entries(facts).map(([file, value]) => [`${NET}/${name}/${file}`, `${value}\n`]);
  const settings = ['eno1', 'eno2'].flatMap((name): [string, string][] =>
    [
      'ipv6/conf/NAME/accept_ra',
      'ipv6/conf/NAME/autoconf',
      'ipv6/conf/NAME/disable_ipv6',
      'ipv6/conf/NAME/accept_dad',
      'ipv4/conf/NAME/arp_ignore',
    ].map((path) => [`${SETTINGS}/${path.replace('NAME', name)}`, 'before']),
  );
  const at = await movedRoot(
    t,
    Object.fromEntries([
      ...port('lo', { ifindex: '1', type: '772', address: '00:00:00:00:00:00' }),
      ...port('eno2', { ifindex: '3', type: '1', address: '00:1b:21:00:00:02', carrier: '0', flags: '0x1002' }),
      ...port('eno1', { ifindex: '2', type: '1', address: '00:1b:21:00:00:01', carrier: '1', carrier_changes: '7', flags: '0x1003' }),
      ...port('wlan0', { ifindex: '4', type: '1', address: '00:1b:21:00:00:03' }),
      ...port('ib0', { ifindex: '5', type: '32', address: '80:00:00:48:fe:80:00:00:00:00:00:00:24:8a:07:03:00:a1:b2:c3' }),
      ...port('br0', { ifindex: '6', type: '1', address: '00:1b:21:00:00:04' }),
      ...port('gone', { type: '1' }),
      ...port('zero', { ifindex: '0', type: '1' }),
      ...port('typeless', { ifindex: '8' }),
      ...port('br0', { master: 'no link' }),
      ...settings,
    ]),
  );
  const links = {
    eno1: { device: '../../0000:01:00.0', master: '../br0' },
    eno2: { device: '../../0000:01:00.1', 'device/driver': '../../drivers/igb' },
    wlan0: { device: '../../0000:02:00.0', phy80211: '../../phy0' },
    ib0: { device: '../../0000:03:00.0' },
  };
  for (const [name, targets] of Object.entries(links)) {
    for (const [link, target] of Object.entries(targets)) {
      if (link === 'device/driver') continue;
      await symlink(target, at(`${NET}/${name}/${link}`));
    }
  }
  // the driver is a link in the directory that `device` leads to
  await mkdir(at('/sys/class/0000:01:00.1'), { recursive: true });
  await symlink('../../drivers/igb', at('/sys/class/0000:01:00.1/driver'));
  return { at, read: (path: string): Promise<string> => readFile(at(`${SETTINGS}/${path}`), 'utf8') };
}

it('tells ports from what is none, by index', async (t) => {
  await machine(t);
  const links = await listLinks();
  assert.deepEqual(
    links.map(({ name, index, mac }) => [name, index, mac]),
    [
      ['eno1', 2, '00:1b:21:00:00:01'],
      ['eno2', 3, '00:1b:21:00:00:02'],
      ['wlan0', 4, '00:1b:21:00:00:03'],
      ['ib0', 5, undefined],
      ['br0', 6, '00:1b:21:00:00:04'],
    ],
  );
  assert.deepEqual(
    links.map(({ hasCarrier, carrierChanges, isEthernet, isPhysical, master, driver }) => [
      hasCarrier,
      carrierChanges,
      isEthernet,
      isPhysical,
      master,
      driver,
    ]),
    [
      [true, 7, true, true, 'br0', undefined],
      [false, 0, true, true, undefined, 'igb'],
      [false, 0, false, true, undefined, undefined],
      [false, 0, false, true, undefined, undefined],
      [false, 0, true, false, undefined, undefined],
    ],
  );
});

it('takes for no link what is none, and passes on what it cannot follow', async (t) => {
  const { at } = await machine(t);
  await rm(at(`${NET}/ib0/device`));
  await writeFile(at(`${NET}/ib0/device`), 'a file');
  assert.equal((await listLinks()).find(({ name }) => name === 'ib0')?.driver, undefined);
  await rm(at(`${NET}/ib0/device`));
  await symlink('device', at(`${NET}/ib0/device`));
  await assert.rejects(listLinks(), { code: 'ELOOP' });
});

it('adds addresses, and default routes of either kind', async (t) => {
  await machine(t);
  const address = { ifname: 'eno1', addr_info: [{ family: 'inet', local: '192.0.2.5', prefixlen: 24, dynamic: true }] };
  await using ip = await fakePrograms({
    ip: `case "$*" in
      '-j address show') echo '${JSON.stringify([address])}' ;;
      '-4 -j route show table all') echo '[{"dst":"default","dev":"eno1"}]' ;;
      '-6 -j route show table all') echo '[{"dst":"default","dev":"eno2"}]' ;;
    esac`,
  });
  const found = await listInterfaces();
  assert.deepEqual(
    found.map(({ name, hasDefaultRoute, addresses }) => [name, hasDefaultRoute, addresses.map((one) => one.address)]),
    [
      ['eno1', true, ['192.0.2.5']],
      ['eno2', true, []],
      ['wlan0', false, []],
      ['ib0', false, []],
      ['br0', false, []],
    ],
  );
  assert.equal(found[0]?.addresses[0]?.scope, 'global');
  assert.equal((await ip.calls()).length, 3);
});

it('asks ip for what it changes', async () => {
  await using ip = await fakePrograms({ ip: '[ "$4" != none ]' });
  await setUp('eno1');
  await setDown('eno1');
  await addAddress('eno1', '10.77.0.1', 16);
  await addAddress('eno1', 'fd77::1', 64);
  await removeAddress('eno1', '10.77.0.1', 16);
  await addVlan('eno1', 77, 'vlan77');
  await removeLink('vlan77');
  assert.deepEqual(
    (await ip.calls()).map((words) => words.join(' ')),
    [
      'ip link set dev eno1 up',
      'ip link set dev eno1 down',
      'ip address replace 10.77.0.1/16 broadcast + dev eno1',
      'ip address replace fd77::1/64 nodad dev eno1',
      'ip address del 10.77.0.1/16 dev eno1',
      'ip link add link eno1 name vlan77 type vlan id 77',
      'ip link del dev vlan77',
    ],
  );
  await assert.rejects(setUp('none'), { code: 'command-failed' });
});

it('keeps the kernel silent on a port, and lets it speak IPv6 again', async (t) => {
  const { at, read } = await machine(t);
  await keepSilent('eno1');
  const names = ['accept_ra', 'autoconf', 'disable_ipv6', 'accept_dad'];
  const ipv6 = () => Promise.all(names.map((name) => read(`ipv6/conf/eno1/${name}`)));
  assert.deepEqual(await ipv6(), ['0efore', '0efore', '1efore', 'before'], 'written over in place, as the kernel takes it');
  assert.equal(await read('ipv4/conf/eno1/arp_ignore'), '1efore');
  assert.equal(await allowIpv6('eno1'), true);
  assert.deepEqual(await ipv6(), ['0efore', '0efore', '0efore', '0efore']);
  await forbidIpv6('eno1');
  assert.equal(await read('ipv6/conf/eno1/disable_ipv6'), '1efore');
  await rm(at(`${SETTINGS}/ipv6`), { recursive: true });
  await keepSilent('eno1');
  await forbidIpv6('eno1');
  assert.equal(await allowIpv6('eno1'), false, 'a kernel without IPv6');
  await rm(at(`${SETTINGS}/ipv4/conf/eno1/arp_ignore`));
  await mkdir(at(`${SETTINGS}/ipv4/conf/eno1/arp_ignore`));
  await assert.rejects(keepSilent('eno1'), { code: 'EISDIR' });
});

it('switches on the ports that are off, silent first, and goes on behind one that does not', async (t) => {
  const { at, read } = await machine(t);
  await writeFile(at(`${NET}/br0/flags`), '0x1002');
  await writeFile(at(`${NET}/wlan0/flags`), '0x1002');
  const late = at(`${NET}/eno9`);
  await mkdir(late, { recursive: true });
  for (const [file, text] of Object.entries({ ifindex: '9', type: '1' })) await writeFile(`${late}/${file}`, text);
  await symlink('../../0000:09:00.0', `${late}/device`);
  const setting = dirname(at(`${SETTINGS}/ipv6/conf/eno2/disable_ipv6`));
  await using ip = await fakePrograms({ ip: `cat '${setting}/disable_ipv6'; [ "$4" != eno2 ]` });
  const warnings: string[] = [];
  await raiseLinks({ info: assert.fail, debug: assert.fail, warn: (line) => warnings.push(line) });
  assert.deepEqual(
    (await ip.calls()).map((words) => words.join(' ')),
    ['ip link set dev eno2 up', 'ip link set dev eno9 up'],
  );
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /^eno2 cannot be switched on: .*: 1efore$/s);
  assert.equal(await read('ipv6/conf/eno1/disable_ipv6'), 'before', 'it was on');
});
