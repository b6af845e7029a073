import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ADDRESS_PLACEHOLDER, serverLines, shortServerLines } from '../../../src/master/guard/foreign-server-lines.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run } from '../../../src/platform/process/command.ts';

const golden = (name: string) => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');

test('in the words of four servers', () => {
  assert.equal(serverLines('192.168.9.250'), golden('dhcp-lines.txt'));
});

test('in short, for the console', () => {
  const lines = shortServerLines('192.168.255.250');
  assert.equal(`${lines.join('\n')}\n`, golden('dhcp-lines-short.txt'));
  for (const line of lines) assert.ok(line.length <= 76, line);
});

test('without an address of ours, a word stands for it, and is explained', () => {
  assert.match(serverLines(ADDRESS_PLACEHOLDER), /^ADDRESS below stands for a free address/m);
});

test('the lines for dnsmasq are taken by dnsmasq, those for Kea are JSON', async (context) => {
  const text = serverLines('192.168.9.250');
  const kea = /== Kea [^\n]*==\n\n([\s\S]*?)\n\n==/.exec(text)?.[1];
  const parsed: unknown = JSON.parse(`{${kea}}`);
  assert.ok(typeof parsed === 'object' && parsed !== null && 'client-classes' in parsed);
  const lines = /== dnsmasq [^\n]*==\n\n([\s\S]*?)\n\n==/.exec(text)?.[1];
  await using directory = await temporaryDirectory('recon-lines-');
  const path = join(directory.path, 'dnsmasq.conf');
  await writeFile(path, `${lines}\n`);
  const result = await run(['dnsmasq', '--test', `--conf-file=${path}`], { timeoutMs: 60_000 });
  if (result.status === 'absent') return context.skip('dnsmasq is not installed');
  assert.equal(result.status, 'ok', result.stderr.toString('utf8'));
});
