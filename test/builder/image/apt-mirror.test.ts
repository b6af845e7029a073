import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findDebianMirror } from '../../../src/builder/image/apt-mirror.ts';

const DEBIAN = 'http://mirror.example/debian';

const TABLE: ReadonlyArray<readonly [title: string, sources: string[], mirror: string | undefined]> = [
  ['no sources', [], undefined],
  ['deb822', [`Types: deb\nURIs: ${DEBIAN}\nSuites: trixie trixie-updates\nComponents: main contrib\n`], DEBIAN],
  [
    'deb822: field names in any case, source packages too',
    [`TYPES: deb-src deb\nuris: ${DEBIAN}\nSuites: trixie\nComponents: main`],
    DEBIAN,
  ],
  ['deb822: source packages only', [`Types: deb-src\nURIs: ${DEBIAN}\nSuites: trixie\nComponents: main\n`], undefined],
  ['deb822: without main', [`Types: deb\nURIs: ${DEBIAN}\nSuites: trixie\nComponents: non-free-firmware\n`], undefined],
  ['deb822: switched off', [`Enabled: no\nTypes: deb\nURIs: ${DEBIAN}\nSuites: trixie\nComponents: main\n`], undefined],
  ['deb822: a field over several lines', [`Types: deb\nURIs:\n ${DEBIAN}\nSuites:\n trixie\n trixie-updates\nComponents: main\n`], DEBIAN],
  [
    'deb822: comments between the fields, and of fields',
    [`# first\nTypes: deb\n# URIs: http://old.example/debian\nURIs: ${DEBIAN}\nSuites: trixie\nComponents: main\n`],
    DEBIAN,
  ],
  ['deb822: a stanza that is a comment', [`# Types: deb\n# URIs: ${DEBIAN}\n# Suites: trixie\n# Components: main\n`], undefined],
  [
    'deb822: several stanzas, security first',
    [
      `Types: deb\nURIs: http://mirror.example/debian-security\nSuites: trixie-security\nComponents: main\n\nTypes: deb\nURIs: ${DEBIAN}\nSuites: trixie\nComponents: main\n`,
    ],
    DEBIAN,
  ],
  [
    'deb822: what one stanza lacks is not taken from the next',
    [`Types: deb\nURIs: http://other.example/x\n\nSuites: trixie\nComponents: main\n`],
    undefined,
  ],
  [
    'deb822: a list of mirrors is none that KIWI can read',
    [`Types: deb\nURIs: mirror+file:/etc/apt/mirrors\nSuites: trixie\nComponents: main`],
    undefined,
  ],
  ['one line', [`deb ${DEBIAN} bookworm main\n`], DEBIAN],
  ['one line with options', [`deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] ${DEBIAN} trixie contrib main\n`], DEBIAN],
  ['one line: source packages', [`deb-src ${DEBIAN} trixie main\n`], undefined],
  ['one line: a comment', [`# deb ${DEBIAN} trixie main\n`], undefined],
  ['one line: main is only in a comment', [`deb ${DEBIAN} trixie contrib # main is elsewhere\n`], undefined],
  ['one line: main is only a part of a word', [`deb ${DEBIAN} trixie main-extras\n`], undefined],
  ['one line: a CD', ['deb cdrom:[Debian 13]/ trixie main\n'], undefined],
  ['a directory on this host', ['deb file:/srv/debian trixie main\n'], 'file:/srv/debian'],
  [
    'security, updates and backports only',
    [
      'deb http://mirror.example/debian-security bookworm-security main\ndeb http://mirror.example/debian bookworm-updates main\ndeb http://mirror.example/debian bookworm-backports main\n',
    ],
    undefined,
  ],
  [
    'one line: the first that fits, after others',
    [`deb http://mirror.example/s trixie-security main\ndeb ${DEBIAN} trixie main\n`],
    DEBIAN,
  ],
  ['the second file', ['# nothing here, see sources.list.d\n', `deb ${DEBIAN}/ trixie main\n`], `${DEBIAN}/`],
  [
    'another vendor with a suite "stable" before ours',
    ['deb http://vendor.example/deb stable main\n', `deb ${DEBIAN} trixie main\n`],
    DEBIAN,
  ],
  ['a mirror with a path of its own', ['deb http://mirror.example/pub/os trixie main\n'], 'http://mirror.example/pub/os'],
];

for (const [title, sources, mirror] of TABLE) test(title, () => assert.equal(findDebianMirror(sources), mirror));
