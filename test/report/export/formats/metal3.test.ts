import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { parseAllDocuments } from 'yaml';
import { exported, ODD_NODES } from '../odd-visit.ts';

const text = { type: 'string' };
const flag = { type: 'boolean' };

/**
 * What the custom resource's definition says of the fields that the export writes (metal3.io_baremetalhosts.yaml of baremetal-operator), and no other field: the API
 * server drops what it does not know without a word.
 */
const SCHEMA = {
  ...strict({ apiVersion: { const: 'metal3.io/v1alpha1' }, kind: { const: 'BareMetalHost' }, metadata: {}, spec: {} }),
  properties: {
    apiVersion: { const: 'metal3.io/v1alpha1' },
    kind: { const: 'BareMetalHost' },
    metadata: strict({ name: { pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$', ...text }, namespace: text }, ['name']),
    spec: strict(
      {
        ...{ description: text, online: flag, architecture: text },
        bootMACAddress: { pattern: '^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$', ...text },
        bootMode: { enum: ['UEFI', 'UEFISecureBoot', 'legacy'] },
        bmc: strict({ address: text, credentialsName: text, disableCertificateVerification: flag }, ['address', 'credentialsName']),
        rootDeviceHints: strict({ deviceName: text, serialNumber: text, wwn: text }, []),
      },
      ['online'],
    ),
  },
};

function strict(properties: object, required = Object.keys(properties)): object {
  return { type: 'object', additionalProperties: false, properties, required };
}

for (const set of [undefined, [], ['disk=/dev/sda', 'online=false', 'credentials=bmc']] as const)
  test(`every document is valid by the definition of BareMetalHost: --set ${set?.join(' ') ?? 'as in the golden text'}`, async () => {
    const hosts = await hostsOf(set);
    const validate = new Ajv().compile(SCHEMA);
    assert.equal(hosts.length, ODD_NODES.length);
    for (const host of hosts) assert.ok(validate(host), JSON.stringify([host, validate.errors]));
    assert.equal(new Set(hosts.map(({ metadata }) => metadata.name)).size, hosts.length);
  });

test('the check can fail: a field that nobody knows, a BMC without a secret', async () => {
  const [host] = await hostsOf([]);
  const validate = new Ajv().compile(SCHEMA);
  assert.equal(validate({ ...host, spec: { ...host?.spec, bmcs: {} } }), false);
  assert.equal(validate({ ...host, spec: { ...host?.spec, bmc: { address: 'ipmi://192.0.2.1' } } }), false);
});

test('a secret and an address per machine, and no BMC that two machines say', async () => {
  const hosts = await hostsOf([]);
  assert.deepEqual(hosts[0]?.spec.bmc, { address: `ipmi://${hosts[0]?.spec.bmc?.address.slice(7)}`, credentialsName: 'sn-abc123-bmc' });
  const addresses = hosts.flatMap(({ spec }) => spec.bmc?.address ?? []);
  assert.equal(new Set(addresses).size, addresses.length);
  assert.ok(!addresses.includes('ipmi://192.0.2.9'));
});

interface Host {
  metadata: { name: string };
  spec: { bmc?: { address: string; credentialsName: string } };
}

async function hostsOf(set: readonly string[] | undefined): Promise<Host[]> {
  const { files } = await exported('metal3', set === undefined ? {} : { set });
  const documents = parseAllDocuments(files.get('baremetalhosts.yaml') ?? '', { version: '1.1' });
  assert.ok(!('empty' in documents));
  return documents.map((document) => {
    assert.deepEqual(document.errors, []);
    return document.toJS() as Host;
  });
}
