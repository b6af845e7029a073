import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTelling, kiwiFailure } from '../../../src/builder/image/kiwi-failure.ts';

/** As the tools wrote them into build.log, behind a mirror that was made to fail so. */
const URL = 'http://127.0.0.1:4105/debian/pool/main';
for (const [title, lines, code, message] of [
  [
    'packages with another hash',
    [
      `[ DEBUG   ]: 21:29:16 | bootstrap: W: Retrying failed download of ${URL}/z/zlib/zlib1g_1.3-1_amd64.deb`,
      `[ DEBUG   ]: 21:29:16 | bootstrap: W: ${URL}/z/zlib/zlib1g_1.3.dfsg+really1.3.1-1+deb13u1_amd64.deb was corrupt`,
      `[ DEBUG   ]: 21:29:16 | bootstrap: W: Couldn't download package zlib1g (ver 1:1.3.dfsg+really1.3.1-1+deb13u1 arch amd64) at ${URL}/z/zlib/zlib1g_1.3.deb`,
    ],
    'build-failed',
    'the mirror sent packages that are not what its own index says: zlib1g',
  ],
  [
    'apt: another hash',
    [
      `[ DEBUG   ]: 21:29:16 | system: E: Failed to fetch ${URL}/n/nvme-cli/nvme-cli_2.13-2_amd64.deb  File has unexpected size (1 != 2). Mirror sync in progress?`,
    ],
    'build-failed',
    'the mirror sent packages that are not what its own index says: nvme-cli',
  ],
  [
    'packages that are gone: the first of them, each once',
    ['apt', 'apt', 'bash', 'dash', 'dpkg', 'gawk', 'sed', 'zlib1g'].map(
      (name) =>
        `[ DEBUG   ]: 21:30:27 | bootstrap: W: Couldn't download package ${name} (ver 3.0.4 arch amd64) at ${URL}/x/${name}_3.0.4_amd64.deb`,
    ),
    'build-failed',
    'packages could not be fetched from the mirror: apt, bash, dash, dpkg, gawk and 2 more',
  ],
  [
    'apt: gone',
    [`[ DEBUG   ]: 21:30:27 | system: E: Failed to fetch ${URL}/n/nvme-cli/nvme-cli_2.13-2_amd64.deb  404  Not Found [IP: 127.0.0.1 80]`],
    'build-failed',
    'packages could not be fetched from the mirror: nvme-cli',
  ],
  ['apt: unknown', ['[ DEBUG   ]: 1 | system: E: Unable to locate package lldpd'], 'build-failed', 'the mirror has no package lldpd'],
  [
    'zypper: another digest',
    [
      "[ DEBUG   ]: 1 | system: Warning: Digest verification failed for file 'python3-kiwi-1-1.x86_64.rpm'",
      '[ DEBUG   ]: 1 | system: Package python3-kiwi-1-1.x86_64 (r) seems to be corrupted during transfer. Do you want to retry retrieval?',
    ],
    'build-failed',
    'the mirror sent packages that are not what its own index says: python3-kiwi-1-1.x86_64.rpm',
  ],
  [
    'zypper: gone',
    ["File './x86_64/python3-kiwi-1-1.x86_64.rpm' not found on medium 'http://127.0.0.1:8877/'"],
    'build-failed',
    'packages could not be fetched from the mirror: python3-kiwi-1-1.x86_64.rpm',
  ],
  [
    'zypper: the connection breaks off, each time',
    Array.from({ length: 3 }, () => "Timeout exceeded when accessing 'http://127.0.0.1:8877/x86_64/python3-kiwi-1-1.x86_64.rpm'."),
    'build-failed',
    'packages could not be fetched from the mirror: python3-kiwi-1-1.x86_64.rpm',
  ],
  ['zypper: unknown', ["No provider of 'nosuch' found."], 'build-failed', 'the mirror has no package nosuch'],
  [
    'zypper: half a mirror',
    ["Problem: nothing provides 'not-there' needed by the to be installed need-1-1.x86_64"],
    'build-failed',
    'the mirror has no package not-there',
  ],
  [
    'zypper: without the index the packages are missing, too',
    ['[r|http://127.0.0.1:8877/] Valid metadata not found at specified URL', "No provider of 'need' found."],
    'build-failed',
    'the index of a repository could not be read: http://127.0.0.1:8877/',
  ],
  ['rpm: a full disk', ['installing package kernel-default-1.x86_64 needs 31MB on the / filesystem'], 'disk-full', 'the disk is full'],
  [
    'a full disk goes before what it leads to',
    [
      `W: Couldn't download package apt (ver 3) at ${URL}/apt.deb`,
      'dpkg: error processing archive x.deb (--unpack): cannot copy extracted data: failed to write (No space left on device)',
    ],
    'disk-full',
    'the disk is full',
  ],
  [
    'no loop device',
    ['losetup: cannot find an unused loop device: No such file or directory'],
    'host-unfit',
    'no loop device could be set up',
  ],
] as const) {
  test(`${title}: one sentence`, () => {
    const failure = kiwiFailure(lines.filter(isTelling));
    assert.deepEqual([failure?.code, failure?.message], [code, message]);
    assert.ok((failure?.hint.length ?? 0) > 10);
  });
}

test('what is not known has no sentence of its own', () => {
  for (const line of ['[ ERROR   ]: 1 | KiwiBootStrapPhaseFailed', 'W: Retrying failed download of http://x/y_1_amd64.deb', ''])
    assert.equal(isTelling(line), false, line);
  assert.equal(kiwiFailure([]), undefined);
});
