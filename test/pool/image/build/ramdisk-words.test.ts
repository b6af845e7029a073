import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { run } from '../../../../src/platform/process/command.ts';
import { BOOT_PROBLEM_HINTS, RamdiskReport } from '../../../../src/pool/history/ramdisk-report.ts';

const RAMDISK = join(import.meta.dirname, '../../../../recipes/images/ramdisk');

/** What the ramdisk's own words send, run by the shell of this host. `wget` is a function that writes down its arguments. */
async function sentBy(words: string): Promise<{ url: string; body: string; headers: string[] }[]> {
  await using directory = await temporaryDirectory('recon-ramdisk-');
  const out = join(directory.path, 'sent');
  const script = join(directory.path, 'script');
  const stand = `. ${join(RAMDISK, 'common/lib/recon.sh')}
wget() { for word in "$@"; do printf '%s\\036' "$word"; done >> ${out}; echo >> ${out}; }
dmesg() { echo '[ 0.0] Linux'; }
token() { echo secret; }
say() { :; }
start_ssh() { :; }
shells() { exit 0; }
head=http://10.10.0.1 mac=52:54:00:66:00:01 seconds=31
`;
  await writeFile(script, stand + words);
  const result = await run(['sh', '-u', script], { timeoutMs: 60_000 });
  assert.equal(result.status, 'ok', result.stderr.toString());
  const lines = (await readFile(out, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const parts = line.split('\x1e').slice(0, -1);
    const after = (option: string): string => parts[parts.indexOf(option) + 1] ?? '';
    return {
      url: parts.at(-1) ?? '',
      body: parts.includes('--post-data') ? after('--post-data') : '',
      headers: parts.filter((_part, at) => parts[at - 1] === '--header'),
    };
  });
}

test('what a ramdisk tells is what the head reads, whatever stands in the sentence', async () => {
  const [told] = await sentBy(`tell root-image 'it said "no" \\ and
$(x) \u00fcber'`);
  assert.equal(told?.url, 'http://10.10.0.1/nodes/52:54:00:66:00:01/progress');
  assert.deepEqual(told.headers, ['x-recon-token: secret', 'content-type: application/json']);
  const { stage, detail, facts } = RamdiskReport.parse(JSON.parse(told.body));
  assert.deepEqual([stage, facts?.linkSeconds], ['root-image', 31]);
  assert.match(detail ?? '', /^it said no +and \$\(x\) +ber$/);
});

test('a ramdisk that does not go on says why, at the stage where it was, and sends what its kernel said', async () => {
  const [, failed, dmesg] = await sentBy('tell root-image fetching\nfail too-little-ram "too little RAM: 120 MiB"\n');
  const { stage, problem, detail } = RamdiskReport.parse(JSON.parse(failed?.body ?? ''));
  assert.deepEqual([stage, problem, detail], ['root-image', 'too-little-ram', 'too little RAM: 120 MiB']);
  assert.match(dmesg?.url ?? '', /\/dmesg$/);
});

test('without a token, a card or a head nothing is asked for', async () => {
  assert.equal((await sentBy('tell config x\ntoken() { :; }\ntell config x\nhead=\ntell config x\n')).length, 1);
});

test('its files are asked for again while the head is being restarted, and not where it refused them', async () => {
  const asked = async (words: string): Promise<number> => {
    // the third answer is whole
    const stand = `sleep() { :; }
tell() { :; }
tries=0
wget() { echo x >> "$out"; tries=$((tries + 1)); [ "$tries" -gt 2 ] || { echo "${words}" >&2; return 1; }; }
`;
    await using directory = await temporaryDirectory('recon-config-');
    const [out, script] = [join(directory.path, 'asked'), join(directory.path, 'script')];
    const lib = (await readFile(join(RAMDISK, 'common/lib/recon.sh'), 'utf8')).replaceAll('/run/recon', directory.path);
    await writeFile(join(directory.path, 'token'), 'secret');
    await writeFile(script, `out=${out} head=http://10.10.0.1 mac=m\n${lib}\nsay() { :; }\n${stand}fetch_config\n`);
    const result = await run(['sh', '-u', script], { timeoutMs: 60_000 });
    assert.equal(result.status, 'ok', result.stderr.toString());
    return (await readFile(out, 'utf8')).length / 2;
  };
  assert.equal(await asked("wget: can't connect to remote host: Connection refused"), 3);
  assert.equal(await asked('wget: server returned error: HTTP/1.1 503 Service Unavailable'), 3);
  assert.equal(await asked('wget: server returned error: HTTP/1.1 403 Forbidden'), 1);
});

test('each problem of the ramdisk has a hint at the head, and the other way round', async () => {
  const init = await readFile(join(RAMDISK, 'compute/init'), 'utf8');
  const problems = new Set([...init.matchAll(/\bfail ([a-z-]+) "/g)].map(([, problem]) => problem ?? ''));
  // without a network nothing reaches the head
  problems.delete('network');
  // the head itself says it, of a machine that it sends no ramdisk
  problems.add('other-architecture');
  problems.add('secure-boot');
  assert.deepEqual([...problems].sort(), Object.keys(BOOT_PROBLEM_HINTS).sort());
});
