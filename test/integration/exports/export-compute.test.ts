import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run } from '../../../src/platform/process/command.ts';
import { exported, ODD_NODES } from '../../report/export/odd-visit.ts';

/** A cluster without accounts: only the lines of the export are in question. */
const SLURM_CONF = [
  ...['ClusterName=hall', 'SlurmctldHost=localhost', 'AuthType=auth/none', 'CryptoType=crypto/none', 'GresTypes=gpu'],
  'include slurm-nodes.conf',
];

test('slurmd reads each node, and refuses a damaged file', async (context) => {
  await using directory = await temporaryDirectory('recon-slurm-');
  const text = (await exported('slurm', { firstAddress: '10.20.0.10' })).files.get('slurm-nodes.conf') ?? '';
  await writeFile(join(directory.path, 'slurm.conf'), `${SLURM_CONF.join('\n')}\n`);
  await writeFile(join(directory.path, 'gres.conf'), '');
  await writeFile(join(directory.path, 'slurm-nodes.conf'), text);
  const names = [...text.matchAll(/^NodeName=(\S+)/gm)].map(([, name = '']) => name);
  assert.equal(names.length, ODD_NODES.length - 1, 'all but the one of which nothing could be read');
  // prints what the node of this name has, and does nothing
  const read = (name: string) => run(['slurmd', '-G', '-N', name, '-f', join(directory.path, 'slurm.conf')], { timeoutMs: 60_000 });
  for (const name of names) {
    const result = await read(name);
    if (result.status === 'absent') return context.skip('slurmd is not installed');
    assert.equal(result.exitCode, 0, `${name}: ${result.stderr}`);
    assert.doesNotMatch(result.stderr.toString(), /error|fatal/, name);
  }
  assert.notEqual((await read('sn-nobody')).exitCode, 0, 'a node that no line names');
  await writeFile(join(directory.path, 'slurm-nodes.conf'), text.replace('CPUs=', 'CPUz='));
  assert.notEqual((await read(names[0] ?? '')).exitCode, 0);
});

test('a shell makes of each line of MAAS the words that were meant, and nothing else', async () => {
  await using directory = await temporaryDirectory('recon-maas-');
  const script = join(directory.path, 'maas-machines.sh');
  await writeFile(script, (await exported('maas')).files.get('maas-machines.sh') ?? '');
  const program = join(directory.path, 'maas');
  await writeFile(program, '#!/bin/sh\nprintf "%s\\n" "$@" ""\n', { mode: 0o755 });
  const started = (env: Record<string, string>, ...words: string[]) =>
    run(
      [
        'env',
        `PATH=${directory.path}:/usr/bin:/bin`,
        ...Object.entries(env).map(([key, value]) => `${key}=${value}`),
        'sh',
        '-e',
        script,
        ...words,
      ],
      {
        timeoutMs: 60_000,
      },
    );
  const result = await started({ BMC_PASSWORD: 'a b"$(id)' }, 'admin');
  assert.equal(result.exitCode, 0, result.stderr.toString());
  const calls = result.stdout
    .toString()
    .trimEnd()
    .split('\n\n')
    .map((call) => call.split('\n'));
  assert.equal(calls.length, ODD_NODES.length - 1);
  for (const call of calls) assert.deepEqual(call.slice(0, 3), ['admin', 'machines', 'create']);
  assert.deepEqual(calls[0]?.slice(3), [
    ...['hostname=sn-abc123', 'architecture=amd64/generic', 'mac_addresses=52:54:00:00:00:00', 'commission=false', 'zone=hall-3'],
    ...['power_type=ipmi', 'power_parameters_power_driver=LAN_2_0', 'power_parameters_power_address=198.51.100.189'],
    ...['power_parameters_power_boot_type=efi', 'power_parameters_power_user=recon', 'power_parameters_power_pass=a b"$(id)'],
  ]);
  assert.notEqual((await started({}, 'admin')).exitCode, 0, 'without the password nothing is called');
  assert.notEqual((await started({ BMC_PASSWORD: 'x' })).exitCode, 0, 'nor without a profile');
});

test('Prometheus reads the targets, where it is installed; else their form as its documentation has it', async () => {
  await using directory = await temporaryDirectory('recon-targets-');
  const text = (await exported('prometheus')).files.get('bmc-targets.json') ?? '';
  await writeFile(join(directory.path, 'bmc-targets.json'), text);
  const config = join(directory.path, 'prometheus.yml');
  await writeFile(
    config,
    `scrape_configs:\n  - job_name: bmc\n    file_sd_configs:\n      - files: [${directory.path}/bmc-targets.json]\n`,
  );
  const result = await run(['promtool', 'check', 'config', config], { timeoutMs: 60_000 });
  if (result.status !== 'absent') assert.equal(result.exitCode, 0, `${result.stdout}${result.stderr}`);
  const groups = JSON.parse(text) as { targets: unknown[]; labels: Record<string, unknown> }[];
  assert.ok(groups.length > 5);
  for (const { targets, labels, ...others } of groups) {
    assert.deepEqual(others, {});
    assert.match(String(targets), /^\d+\.\d+\.\d+\.\d+$/);
    for (const [name, value] of Object.entries(labels)) assert.match(`${name}=${value}`, /^[a-zA-Z_][a-zA-Z0-9_]*=[^\n]+$/);
  }
});
