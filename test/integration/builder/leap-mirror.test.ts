import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { HostLine } from '../../../src/builder/host/host-line.ts';
import { mirrorLines } from '../../../src/builder/host/mirror-lines.ts';
import { keyringSetting } from '../../../src/builder/host/signature.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

const KEY =
  'mDMEXgvhABYJKwYBBAHaRw8BAQdA3HVzK641KdPpLWoauTFddIuA2v//oe9UYCMMcB7bpSa0BHRlc3SIkAQTFggAOBYhBLzJdslofPOh47zsDHmXUPY+3D/GBQJeC+EAAhsDBQsJCAcCBhUKCQgLAgQWAgMBAh4BAheAAAoJEHmXUPY+3D/GtQAA/0VzTbKdiUJP93OL5TObnPyj4YyxnOB5t19BzDbut049AP9/Poi6rui5ioBL66L28+Xoj8xN9JqHFZDb5ykskteQCA==';
const INDEX = '<?xml version="1.0" encoding="UTF-8"?>\n<repomd xmlns="http://linux.duke.edu/metadata/repo"/>\n';
const SIGNATURE = `-----BEGIN PGP SIGNATURE-----

iHUEABYIAB0WIQS8yXbJaHzzoeO87Ax5l1D2Ptw/xgUCXg0ygAAKCRB5l1D2Ptw/
xsuVAP944jS2Stk7yGJO+U9+YVM2h+FbJ9nsG+ja5/y/Az/FRAD/WxqFyV0CKlof
F/WtCZBwV+eEOb26tBEtnIg/T7915ws=
=iGH9
-----END PGP SIGNATURE-----
`;

for (const [title, files, keyring, expected] of [
  ['signed', { 'repomd.xml': INDEX, 'repomd.xml.asc': SIGNATURE }, 'own', /\/oss, signed$/],
  [
    'changed after it was signed',
    { 'repomd.xml': INDEX.replace('UTF-8', 'utf-8'), 'repomd.xml.asc': SIGNATURE },
    'own',
    /^the index at .*\/oss is not to be trusted: its signature does not fit: it was changed$/,
  ],
  ['not signed', { 'repomd.xml': INDEX }, 'own', /^the index at .*\/oss is not to be trusted: it is not signed$/],
  [
    "signed by somebody else's key",
    { 'repomd.xml': INDEX, 'repomd.xml.asc': SIGNATURE },
    'empty',
    /is not to be trusted: it is signed with a key that is not in /,
  ],
  [
    'no keys are named',
    { 'repomd.xml': INDEX, 'repomd.xml.asc': SIGNATURE },
    'default',
    /\/oss; its signature was not looked at: MIRROR_KEYRING= names no keys$/,
  ],
  ['none is meant', { 'repomd.xml': INDEX }, 'none', /; its signature was not looked at: MIRROR_KEYRING=none$/],
  [
    'a page for every address',
    { 'repomd.xml': '<html>Welcome</html>' },
    'none',
    /\/oss answers, but not as a repository of rpm packages does$/,
  ],
  ['no repository', {}, 'none', /\/oss is not there, or is no repository \(repodata\/repomd\.xml: has no such file\)$/],
] as const satisfies ReadonlyArray<readonly [string, Readonly<Record<string, string>>, 'own' | 'empty' | 'default' | 'none', RegExp]>) {
  test(`mirror of Leap: ${title}`, async () => {
    const line = await ask(files, keyring);
    assert.match(line.found, expected);
    assert.equal(line.missing === undefined, /signed$|not looked at/.test(line.found) && !/trusted/.test(line.found));
  });
}

async function ask(files: Readonly<Record<string, string>>, keyring: 'own' | 'empty' | 'default' | 'none'): Promise<HostLine> {
  await using directory = await temporaryDirectory('recon-mirror-');
  const ring = join(directory.path, 'keys.gpg');
  await writeFile(ring, keyring === 'own' ? Buffer.from(KEY, 'base64') : '');
  const index = join(directory.path, 'oss/repodata');
  await mkdir(index, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(index, name), text);
  const setting = { own: ring, empty: ring, default: undefined, none: 'none' }[keyring];
  const [line] = await mirrorLines({
    repositories: [{ kind: 'rpm', url: `file://${directory.path}/oss` }],
    keyring: await keyringSetting(setting),
  });
  assert.ok(line !== undefined);
  return line;
}
