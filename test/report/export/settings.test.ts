import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keysHelp } from '../../../src/cli/keys-help.ts';
import { EXPORT_FORMATS, exportFormat } from '../../../src/report/export/formats/formats.ts';
import { exportSettings } from '../../../src/report/export/settings.ts';
import { EXAMPLE_WORDS } from './example-words.ts';

const TINKERBELL = ['netmask=255.255.254.0', 'gateway=10.0.0.1', 'nameservers=10.0.0.2|10.0.0.3', 'disk=smallest'];

test('the words by their keys; a value may hold the sign itself', () => {
  assert.deepEqual(exportSettings(exportFormat('tinkerbell'), [...TINKERBELL, 'labels=type=cp|row=7']), {
    ...{ netmask: '255.255.254.0', gateway: '10.0.0.1', nameservers: '10.0.0.2|10.0.0.3', disk: 'smallest', labels: 'type=cp|row=7' },
  });
  assert.deepEqual(exportSettings(exportFormat('hosts'), []), {});
});

for (const [format, words, message, hint] of [
  ['tinkerbell', [...TINKERBELL, 'netmsk=1'], 'tinkerbell has no key "netmsk" for --set', '--set netmask=…'],
  ['slurm', ['colour=red'], 'slurm has no key "colour" for --set', 'one of: partition, features'],
  ['hosts', ['domain=a'], 'hosts has no key "domain" for --set', 'hosts takes no --set'],
  ['slurm', ['partition'], '--set partition is no key=value', 'one of: partition, features'],
  ['slurm', ['partition=a', 'partition=b'], '--set partition is there twice', 'leave one of them out'],
  ['slurm', ['partition=a b\nNodeName=x'], undefined, 'recon export --help says what it can be'],
  ['slurm', ['partition='], undefined, 'recon export --help says what it can be'],
  ['tinkerbell', [...TINKERBELL.slice(1), 'netmask=255.0.255.0'], undefined, 'recon export --help says what it can be'],
  ['tinkerbell', ['nameservers=10.0.0.2,10.0.0.3'], undefined, 'recon export --help says what it can be'],
  ['tinkerbell', ['disk=/dev/../etc'], undefined, 'recon export --help says what it can be'],
  ['tinkerbell', ['labels=type=cp,x=y'], undefined, 'recon export --help says what it can be'],
  ['metal3', ['bmc=redfish://{adress}/'], undefined, 'recon export --help says what it can be'],
  ['metal3', ['credentials=Bmc Secret'], undefined, 'recon export --help says what it can be'],
  ['maas', ['commission=yes'], undefined, 'recon export --help says what it can be'],
  ['maas', ['power-user=$(id)'], undefined, 'recon export --help says what it can be'],
  [
    ...(['maas', ['power-password=secret'], '--set power-password: passwords are written into no export'] as const),
    'docs/export.md, "maas", says where the password goes',
  ],
] as const)
  test(`refused, with what to try: ${format} ${words.at(-1)}`, () => {
    assert.throws(() => exportSettings(exportFormat(format), words), {
      ...{ code: 'usage', hint },
      ...(message === undefined ? {} : { message }),
    });
  });

test('what a format cannot do without is asked for by name', () => {
  assert.throws(() => exportSettings(exportFormat('tinkerbell'), ['netmask=255.255.255.0', 'disk=smallest']), {
    message: 'tinkerbell cannot do without --set gateway=…, --set nameservers=…',
  });
});

test('each key is in the help and is tried with an example somewhere', () => {
  const help = keysHelp(EXPORT_FORMATS);
  for (const { name: format, keys = [] } of EXPORT_FORMATS)
    for (const { name, about } of keys) assert.match(help, new RegExp(`^    ${name} +${about.slice(0, 12)}`, 'm'), `${format} ${name}`);
  for (const [format, words] of Object.entries(EXAMPLE_WORDS)) assert.doesNotThrow(() => exportSettings(exportFormat(format), words));
});

test('no format has a key for a password', () => {
  for (const { name: format, keys = [] } of EXPORT_FORMATS)
    for (const { name } of keys) assert.doesNotMatch(name, /pass|secret|token/i, format);
});
