import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { firstNetworkConfig, unsignedIn } from '../../../src/domain/grub/first-config.ts';
import { grubFile, grubLine, grubWord } from '../../../src/domain/grub/grub-words.ts';

const golden = (name: string): string => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');
const unsigned = unsignedIn(['undionly.kpxe', 'snponly.efi', 'shimx64.efi', 'grubx64.efi']);

test('golden: what the network GRUB reads first, over TFTP', () => {
  assert.equal(firstNetworkConfig({ by: 'tftp', loaderPath: '/', unsigned }), golden('grub.cfg'));
});

test('over HTTP only the way to iPXE is another one', () => {
  const http = firstNetworkConfig({ by: 'http', loaderPath: '/install/loader/', unsigned });
  assert.equal(http.replace('(http,$net_default_server)/install/loader/snponly', '(tftp,$net_default_server)/snponly'), golden('grub.cfg'));
});

test('an ARM machine goes on with iPXE where there is one, else with GRUB itself, whatever its Secure Boot', () => {
  assert.deepEqual(unsigned, { x86_64: 'snponly.efi' });
  assert.deepEqual(unsignedIn(['ipxe-arm64.efi', 'grubaa64.efi']), { arm64: 'ipxe-arm64.efi' });
  assert.doesNotMatch(firstNetworkConfig({ by: 'tftp', loaderPath: '/', unsigned: {} }), /tftp/);
});

/** Built into Debian 13's signed network GRUB (`lsmod` there): under lockdown it loads no module. */
const BUILT_IN = [
  ...['set', 'if', 'then', 'fi', 'else', 'while', 'do', 'done', 'for', 'function', '}', 'boot', 'chainloader', 'regexp', 'smbios'],
  ...['recon_fact', 'echo', 'source', 'sleep', 'exit'],
];
test('it uses built-in commands only', () => {
  const lines = golden('grub.cfg').trim().split('\n');
  for (const line of lines) assert.ok(BUILT_IN.includes(line.trim().split(/[\s;]/)[0] ?? ''), line);
});

test('a word of GRUB stays one word and ends no line', () => {
  assert.equal(grubWord("it's $here; {a}\nb"), String.raw`'it'\''s $here; {a} b'`);
  assert.equal(grubLine('done.'), "echo 'Recon: done.'");
  assert.equal(grubFile('10.77.0.1:8080', '/a'), '(http,10.77.0.1:8080)/a');
});
