import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ADDRESS_PLACEHOLDER, serverLines, shortServerLines } from '../../../../src/master/guard/foreign-server/lines.ts';
import { csvRows } from '../../../../src/settings/csv-rows.ts';
import { ARCHITECTURES } from '../../../loaders-there.ts';

const golden = (name: string) => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');

test('in the words of five servers', () => {
  assert.equal(serverLines('192.168.9.250', ARCHITECTURES), golden('dhcp-lines.txt'));
});

test('in short, for the console', () => {
  const lines = shortServerLines('192.168.255.250', ARCHITECTURES);
  assert.equal(`${lines.join('\n')}\n`, golden('dhcp-lines-short.txt'));
  for (const line of lines) assert.ok(line.length <= 76, line);
});

test('without an address of ours, a word stands for it, and is explained', () => {
  assert.match(serverLines(ADDRESS_PLACEHOLDER, ARCHITECTURES), /^ADDRESS below stands for a free address/m);
});

test('each line for Infoblox is a filter with a file, and its length is that of its text', () => {
  const [heading = [], ...filters] = csvRows(partOf(serverLines('192.168.9.250', ARCHITECTURES), 'Infoblox')).map(({ fields }) => fields);
  assert.deepEqual(heading, [
    'header-OptionFilter',
    'name*',
    'comment',
    'expression',
    'boot_file',
    'boot_server',
    'next_server',
    'OPTION-60',
  ]);
  assert.equal(filters.length, 5);
  for (const [kind, name, , expression = '', file, ...servers] of filters) {
    assert.equal(kind, 'OptionFilter');
    assert.match(`${name} ${file}`, /^Recon .*(\.kpxe|\.efi|\.ipxe)$/);
    assert.deepEqual(servers.slice(0, 2), ['192.168.9.250', '192.168.9.250']);
    const [, length, text] = /^\(substring\(option vendor-class-identifier,0,(\d+)\)="([^"]+)"\)$/.exec(expression) ?? [];
    if (name !== 'Recon iPXE') assert.equal(text?.length, Number(length), expression);
  }
});

test('PowerShell: each policy has a class and values, in an order without gaps', () => {
  const lines = partOf(serverLines('192.168.9.250', ARCHITECTURES), 'Windows')
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  const cmdlets = ['Add-DhcpServerv4OptionDefinition', 'Add-DhcpServerv4Class', 'Add-DhcpServerv4Policy', 'Set-DhcpServerv4OptionValue'];
  for (const line of lines) assert.ok(cmdlets.includes(line.split(' ')[0] ?? ''), line);
  const policies = lines.flatMap(
    (line) =>
      /^Add-DhcpServerv4Policy -Name "([^"]+)" -Condition OR -(User|Vendor)Class EQ,"\1\*" -ProcessingOrder (\d+)$/.exec(line) ?? [],
  );
  const names = lines.flatMap((line) => /Policy -Name "([^"]+)"/.exec(line)?.[1] ?? []);
  assert.equal(policies.length, 4 * names.length, 'each policy is of the form that the documentation of the cmdlet has');
  for (const [at, name] of names.entries()) {
    assert.ok(
      lines.some((line) => line.startsWith(`Add-DhcpServerv4Class -Name "${name}" -Type `)),
      name,
    );
    assert.ok(
      lines.some((line) => line.startsWith(`Set-DhcpServerv4OptionValue -PolicyName "${name}" -OptionId 67 `)),
      name,
    );
    assert.ok(
      lines.some((line) => line.includes(`-Name "${name}"`) && line.endsWith(`-ProcessingOrder ${at + 1}`)),
      name,
    );
  }
});

function partOf(text: string, server: string): string {
  return new RegExp(`== ${server}[^\\n]*==\\n\\n([\\s\\S]*?)\\n(?:\\n==|$)`).exec(text)?.[1] ?? '';
}
