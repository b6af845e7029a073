import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { pseudonymsOf } from '../../../src/desk/share/pseudonyms.ts';
import { shareVisit } from '../../../src/desk/share/share.ts';
import { readTarGz } from '../../../src/platform/archive/tar-reader.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { openVisit } from '../../../src/tarball/open-visit.ts';
import { isMachine } from '../../../src/tarball/visit.ts';
import { writeFleet } from '../../fleet/write-fleet.ts';

const MAC = /\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi;
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
/** Written down here once more: what the product calls identifying is what is tried. */
const OWN_KEYS = /^(?:\w*[sS]erial|\w*[aA]ssetTag|wwn|wwnn|wwpn|\w*[gG]uid|eui64|sasAddress|chassisName)$/;

describe('what is shared of a fleet', { timeout: 120_000 }, () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  /** by value what it is */
  const secrets = new Map<string, string>();
  const shared = new Map<string, string>();
  before(async () => {
    directory = await temporaryDirectory('recon-share-');
    const [tarball, out] = [join(directory.path, 'fleet.tar.gz'), join(directory.path, 'shared.tar.gz')];
    await writeFleet(tarball, { machines: 210, seed: 5 });
    const visit = await openVisit(tarball);
    for await (const { mac, record } of visit.nodes()) {
      secrets.set(mac, 'an address of a machine');
      collect(record, secrets);
    }
    for await (const { mac, address } of visit.verdicts()) {
      secrets.set(mac, 'an address that did not arrive');
      if (address !== undefined) secrets.set(address, 'an IP address');
    }
    await shareVisit(visit, pseudonymsOf(Buffer.alloc(32, 3)), out);
    for await (const member of readTarGz(out)) {
      assert.ok('name' in member, JSON.stringify(member));
      const pieces: Buffer[] = [];
      for await (const piece of member.content) pieces.push(piece);
      shared.set(member.name, unpacked(Buffer.concat(pieces).toString('utf8')).toLowerCase());
    }
  });

  after(() => directory?.[Symbol.asyncDispose]());

  it('has no number, address or name of the original, in any file and any spelling', () => {
    assert.ok(secrets.size > 3000, `only ${secrets.size} values`);
    const texts = [...shared.values()].join('\n');
    // one pass over all words of the result instead of one search for each secret
    const words = new Set(texts.match(/[0-9a-z][0-9a-z:._-]*[0-9a-z]/g));
    const bare = new Set([...words].map((word) => word.replaceAll(/[:._-]/g, '')));
    for (const [secret, what] of secrets) {
      const plain = secret.toLowerCase().trim();
      const isFound = words.has(plain) || bare.has(plain.replaceAll(/[:._-]/g, '')) || (plain.includes(' ') && texts.includes(plain));
      if (!isFound) continue;
      const where = [...shared].find(([, text]) => text.includes(plain))?.[0] ?? 'it, spelled otherwise';
      assert.fail(`${secret} (${what}) is in ${where}`);
    }
  });

  it('is as large as the original, and its report was looked into', async () => {
    assert.match(shared.get('report.html') ?? '', /"columns":/, 'the packed parts of the report are read');
    let machines = 0;
    for await (const node of (await openVisit(join(directory.path, 'shared.tar.gz'))).nodes()) if (isMachine(node)) machines += 1;
    assert.equal(machines, 210);
  });

  it('keeps what hangs together together: records, findings and ledger call a machine the same', async () => {
    const visit = await openVisit(join(directory.path, 'shared.tar.gz'));
    const macs = new Set<string>();
    for await (const node of visit.nodes()) macs.add(node.mac);
    let findings = 0;
    for await (const { machine } of visit.findings()) {
      findings += 1;
      assert.ok(macs.has(machine), `a finding of ${machine}`);
    }
    assert.ok(findings > 5, `only ${findings} findings`);
    for await (const { mac } of visit.ledger()) assert.ok(macs.has(mac), `a step of ${mac}`);
  });
});

function collect(value: unknown, into: Map<string, string>, key = ''): void {
  if (Array.isArray(value)) for (const item of value) collect(item, into, key);
  else if (typeof value === 'object' && value !== null) for (const [name, part] of Object.entries(value)) collect(part, into, name);
  else if (typeof value === 'string') {
    for (const [mac] of value.matchAll(MAC)) if (!/^(?:00:){5}|^ff:ff/i.test(mac)) into.set(mac, `a MAC address in ${key}`);
    for (const [uuid] of value.matchAll(UUID)) if (!/^[0-]+$/.test(uuid)) into.set(uuid, `a UUID in ${key}`);
    if (OWN_KEYS.test(key) && value.length >= 6 && /\d/.test(value) && !/^[0x:-]+$/i.test(value)) into.set(value, key);
  }
}

function unpacked(text: string): string {
  return text.replaceAll(/<script type="application\/gzip" id="[^"]*">([^<]*)<\/script>/g, (_, packed: string) =>
    gunzipSync(Buffer.from(packed, 'base64')).toString('utf8'),
  );
}
