import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { appendPieces } from '../../../src/platform/files/export-files.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run } from '../../../src/platform/process/command.ts';
import { machineRow } from '../../../src/report/machine-row.ts';
import { machinesOf, ODD_NODES, ODD_VISIT, textFormat } from '../../report/export/odd-visit.ts';

interface Inventory {
  _meta: { hostvars: Record<string, Record<string, unknown>> };
  [group: string]: { hosts?: string[]; children?: string[] } | { hostvars: unknown };
}

test('ansible-inventory reads back every machine, its variables and its model', async (context) => {
  const inventory = await listed(ODD_NODES);
  if (inventory === undefined) return context.skip('ansible-core is not installed');
  const { hostvars } = inventory._meta;
  const expected: string[] = [];
  for await (const { name, mac, address, bmc, node } of machinesOf(ODD_NODES, '10.20.0.10')) {
    expected.push(name);
    const row = machineRow(mac, 1, node.record);
    const said = Object.fromEntries(Object.entries(hostvars[name] ?? {}).map(([key, value]) => [key, plain(value)]));
    assert.deepEqual(
      [said['ansible_host'], said['recon_mac'], said['recon_bmc_address'], said['recon_bmc_mac']],
      [address, mac, bmc?.address, bmc?.mac],
      name,
    );
    assert.deepEqual(
      [said['recon_vendor'], said['recon_product'], said['recon_serial'], said['recon_uuid'], said['recon_memory_bytes']],
      [row.vendor, row.product, row.serial, row.uuid, row.memoryInstalledBytes],
      name,
    );
  }
  assert.deepEqual(Object.keys(hostvars).sort(), [...expected].sort());
  const groups = Object.entries(inventory).filter(([group]) => group.startsWith('model_'));
  const members = groups.flatMap(([, group]) => ('hosts' in group ? (group.hosts ?? []) : []));
  assert.deepEqual(members.sort(), [...expected].sort(), 'each machine is in one group');
  assert.deepEqual((inventory['model_unknown'] as { hosts: string[] }).hosts, ['mac-52540000000d']);
});

test('Ansible runs no template that a machine sent', async (context) => {
  await using inventory = await written(ODD_NODES);
  const shown = await ansible(inventory.path, 'ansible', 'all', '-c', 'local', '-m', 'debug', '-a', 'var=recon_serial');
  if (shown === undefined) return context.skip('ansible-core is not installed');
  assert.match(shown, /"recon_serial": "\{\{ lookup\(\\"pipe\\", \\"id\\"\) \}\}"/);
  assert.doesNotMatch(shown, /uid=/);
});

test('ansible-inventory takes an inventory without a machine', async (context) => {
  const inventory = await listed([]);
  if (inventory === undefined) return context.skip('ansible-core is not installed');
  assert.deepEqual(inventory._meta.hostvars, {});
});

/** What Ansible understood; undefined where there is none. */
async function listed(nodes: typeof ODD_NODES): Promise<Inventory | undefined> {
  await using inventory = await written(nodes);
  const text = await ansible(inventory.path, 'ansible-inventory', '--list');
  return text === undefined ? undefined : (JSON.parse(text) as Inventory);
}

async function written(nodes: typeof ODD_NODES) {
  const directory = await temporaryDirectory('recon-ansible-');
  await appendPieces(
    directory.path,
    textFormat('ansible').write(machinesOf(nodes, '10.20.0.10'), ODD_VISIT, assert.fail, { settings: {} }),
  );
  return directory;
}

/** What the program says of the inventory in the directory, which is its home, too; undefined where it is not installed. */
async function ansible(directory: string, program: string, ...words: string[]): Promise<string | undefined> {
  const environment = { HOME: directory, ANSIBLE_LOCAL_TEMP: join(directory, 'tmp'), ANSIBLE_NOCOLOR: '1', LC_ALL: 'C.UTF-8' };
  const result = await run([program, '-i', join(directory, 'inventory.yml'), ...words], { timeoutMs: 60_000, environment, cwd: directory });
  if (result.status === 'absent') return undefined;
  assert.equal(result.exitCode, 0, result.stderr.toString());
  assert.doesNotMatch(result.stderr.toString(), /WARNING.*(pars|inventory)/i);
  return result.stdout.toString();
}

/** The text of a variable that Ansible does not run templates in. */
function plain(value: unknown): unknown {
  return typeof value === 'object' && value !== null && '__ansible_unsafe' in value ? value['__ansible_unsafe'] : value;
}
