import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSetting } from '../../src/settings/edit-text.ts';

const TEXT = `# rack 1, wired by hand
node-000: { macs: [ '52:54:00:66:00:01' ], boot: compute } # the first
node-001:
  macs: [ '52:54:00:66:00:03' ]
  once: failsafe
`;

test('one value is changed, and everything around it stays', () => {
  assert.equal(withSetting(TEXT, ['node-000', 'boot'], 'failsafe'), TEXT.replace('boot: compute', 'boot: failsafe'));
  assert.equal(withSetting(TEXT, ['node-001', 'once'], undefined), TEXT.replace('  once: failsafe\n', ''));
  assert.equal(withSetting(TEXT, ['node-001', 'boot'], 'compute@3'), `${TEXT}  boot: compute@3\n`);
});

test('a new node is a line; what another reader would take for a number or a time is quoted', () => {
  const node = { macs: ['52:54:00:12:34:56'], serial: '0012345', tags: ['gpu', 'on'], boot: 'compute', address: '10.10.0.10' };
  const line =
    "node-002: { macs: [ '52:54:00:12:34:56' ], serial: '0012345', tags: [ gpu, 'on' ], boot: compute, address: '10.10.0.10' }\n";
  assert.equal(withSetting(TEXT, ['node-002'], node), TEXT + line);
  assert.equal(withSetting('', ['node-002'], node), line);
  assert.equal(withSetting('# nothing yet\n', ['a'], { priority: 3 }), '# nothing yet\n\na: { priority: 3 }\n');
});

test('what is no YAML is not written over', () => {
  assert.throws(() => withSetting('a: {\n', ['b'], 1), { code: 'usage' });
});
