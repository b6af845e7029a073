import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import type { HostLine } from '../../../src/builder/host/host-line.ts';
import { mirrorLines } from '../../../src/builder/host/mirror-lines.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

const KEY =
  'mDMEXgvhABYJKwYBBAHaRw8BAQdAtm19AT+0JMth5uf+GY62s1UZOiOKIRTcfoeaBJHJr2i0BHRlc3SIkAQTFggAOBYhBMOTSr/jEJk1V6O2GznQfM4N3L7UBQJeC+EAAhsDBQsJCAcCBhUKCQgLAgQWAgMBAh4BAheAAAoJEDnQfM4N3L7UPzoA/ivN+E2Ux+HXTgLi5JXgnMXsqSl2spDx8lvQVWtfhtmdAQCN+aPqUXjFb1sUGJLNFUJLFTNsH/7NIKVsJIDMtZ9xBA==';
const RELEASE = `Origin: Debian
Suite: stable
Codename: trixie
Architectures: all amd64
Components: main contrib non-free-firmware
`;
const SIGNED = `-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

${RELEASE}-----BEGIN PGP SIGNATURE-----

iHUEARYIAB0WIQTDk0q/4xCZNVejths50HzODdy+1AUCXg0ygAAKCRA50HzODdy+
1Ov0AQDLyBs4ZlLN8aS+SoJJI82g5XDtRM5hLWMTx7ZPmRGDtAEApFl7hKLcsBex
EH1rsziFjgWtWEoAAZ+Z7zFrblnMNwc=
=7+y2
-----END PGP SIGNATURE-----
`;
const APART = `-----BEGIN PGP SIGNATURE-----

iHUEABYIAB0WIQTDk0q/4xCZNVejths50HzODdy+1AUCXg0ygAAKCRA50HzODdy+
1BwxAP4v+XOc+Ijk+DQLuJS5Ei81RALEbr2RrKsNZUKp3EXuigD9EjbrMkcGisQo
tFQSH7bPYz0g3Px3jDM5mYCaDqetqAw=
=stgC
-----END PGP SIGNATURE-----
`;

type Answer = (path: string, response: ServerResponse) => void;
const only =
  (files: Readonly<Record<string, string>>): Answer =>
  (path, response) => {
    const body = files[path];
    response.writeHead(body === undefined ? 404 : 200).end(body);
  };
const IN = '/debian/dists/trixie/InRelease';

for (const [title, answer, expected, keyring] of [
  ['a mirror', only({ [IN]: SIGNED }), /\/debian, signed$/],
  [
    'an old one, whose signature lies apart',
    only({ [IN.replace('In', '')]: RELEASE, [IN.replace('InRelease', 'Release.gpg')]: APART }),
    /, signed$/,
  ],
  ['without the release', only({}), /\/debian has no release trixie \(dists\/trixie: says 404\)$/],
  [
    'no mirror: a page for every address',
    (_, response) => void response.end('<html>Welcome</html>'),
    / answers, but not as a Debian mirror does$/,
  ],
  ['a server that fails', (_, response) => void response.writeHead(503).end(), /\/debian says 503$/],
  [
    'changed on the way',
    only({ [IN]: SIGNED.replace('contrib', 'contraband') }),
    /not to be trusted: its signature does not fit: it was changed$/,
  ],
  ['not signed', only({ [IN]: RELEASE }), /not to be trusted: it is not signed$/],
  ["signed by somebody else's key", only({ [IN]: SIGNED }), /not to be trusted: it is signed with a key that is not in /, 'empty'],
  ['not signed, and that is meant', only({ [IN]: RELEASE }), /its signature was not looked at: MIRROR_KEYRING=none$/, 'none'],
  [
    'half a file',
    (_, response) => {
      response.writeHead(200, { 'content-length': SIGNED.length });
      response.write(SIGNED.slice(0, 100), () => response.destroy());
    },
    / broke off in the middle of a file$/,
  ],
  ['in circles', (path, response) => void response.writeHead(302, { location: path }).end(), / sends us in circles$/],
  ['silence', () => undefined, / did not answer within 7 seconds$/],
] as const satisfies ReadonlyArray<readonly [string, Answer, RegExp, string?]>) {
  test(`mirror: ${title}`, async () => {
    const line = await ask(answer, keyring);
    assert.match(line.found, expected);
    assert.equal(line.missing === undefined, /signed$|MIRROR_KEYRING=none$/.test(line.found) && !/trusted/.test(line.found));
  });
}

test('mirror: nobody at that address', async () => {
  const [line] = await mirrorLines({ repositories: [repository('http://127.0.0.1:1/debian')], keyring: 'none' });
  assert.match(line?.found ?? '', /^(this host has no network: )?http:\/\/127\.0\.0\.1:1\/debian cannot be reached$/);
});

function repository(url: string): { kind: 'apt'; url: string; release: string; components: string[]; architecture: string } {
  return { kind: 'apt', url, release: 'trixie', components: ['main', 'non-free-firmware'], architecture: 'amd64' };
}

async function ask(answer: Answer, keyring = 'own'): Promise<HostLine> {
  await using directory = await temporaryDirectory('recon-keys-');
  const ring = join(directory.path, 'keys.gpg');
  await writeFile(ring, keyring === 'own' ? Buffer.from(KEY, 'base64') : '');
  const server = createServer((request, response) => answer(request.url ?? '', response)).listen(0, '127.0.0.1');
  try {
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/debian`;
    const [line] = await mirrorLines({ repositories: [repository(url)], keyring: keyring === 'none' ? 'none' : ring });
    assert.ok(line !== undefined);
    return line;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
