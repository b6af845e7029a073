import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kiwiArgv, kiwiPrepare, progressOf } from '../../../src/builder/image/kiwi.ts';
import { ReconError } from '../../../src/domain/errors.ts';

const CALL = { profiles: ['DracutLive'], cacheDirectory: '/c', temporaryDirectory: '/t' };

test('KIWI runs in namespaces of its own and ends with us, whatever stands between', () => {
  for (const prefix of [[], ['/repository/.ci/in-tool-root', '/tools', '/repository']]) {
    assert.deepEqual(kiwiArgv({ ...CALL, prefix }, ['system', 'create', '--root', '/r']), [
      ...['setpriv', '--pdeathsig', 'KILL'],
      ...['unshare', '--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child', '--mount-proc', '--'],
      ...prefix,
      'kiwi-ng',
      '--profile',
      'DracutLive',
      '--type',
      'iso',
      '--shared-cache-dir',
      '/c',
      '--temp-dir',
      '/t',
      '--debug',
      'system',
      'create',
      '--root',
      '/r',
    ]);
  }
});

test('for another processor KIWI is told which, and finds its programs elsewhere first, inside the tools as well', () => {
  const foreign = { machine: 'aarch64', path: '/work/programs:/usr/sbin' };
  const argv = kiwiArgv({ ...CALL, prefix: ['/tools/in'], foreign }, ['system', 'prepare']);
  const from = argv.indexOf('/tools/in');
  assert.deepEqual(argv.slice(from, from + 5), ['/tools/in', 'env', 'PATH=/work/programs:/usr/sbin', 'kiwi-ng', '--target-arch']);
  assert.equal(argv[from + 5], 'aarch64');
});

test('progress: the lines of the log that say something to a person', () => {
  for (const [text, words] of [
    ['Installing bootstrap packages', 'base system'],
    ["Installing system (chroot) for build type: 'iso'", 'packages'],
    ['Copying user defined files to image tree', 'overlay'],
    ['Calling config.sh script', 'config.sh'],
    ['Creating live ISO boot image', 'initrd'],
    ['--> Syncing data to ext4 root image', 'root file system'],
    ['--> Creating squashfs container for root image', 'compressing the root image'],
    ['Creating live ISO image', 'ISO'],
    ['Loading XML description', undefined],
  ] as const) {
    assert.equal(progressOf(`[ INFO    ]: 21:40:01 | ${text}`), words, text);
  }
  for (const other of ['[ DEBUG   ]: 21:40:01 | Creating live ISO image', 'Creating live ISO image', ''])
    assert.equal(progressOf(other), undefined, other);
});

test('a KIWI that fails: the error has its exit code and its last errors; each line went to the log', async (t) => {
  if (process.geteuid?.() !== 0) return t.skip('a private mount namespace needs root');
  const lines: string[] = [];
  const script = "echo '[ INFO    ]: 1 | going'; echo '[ ERROR   ]: 1 | mirror.example does not answer' >&2; exit 3";
  const call = { ...CALL, prefix: ['sh', '-c', script], luck: { PYTHONHASHSEED: '0' }, onLine: (line: string) => void lines.push(line) };
  await assert.rejects(kiwiPrepare(call, { description: '/d', root: '/r' }), (error) => {
    assert.ok(error instanceof ReconError);
    assert.equal(error.code, 'build-failed');
    assert.equal(error.message, 'kiwi-ng system prepare failed with exit code 3:\n[ ERROR   ]: 1 | mirror.example does not answer');
    return true;
  });
  assert.deepEqual(lines.sort(), ['[ ERROR   ]: 1 | mirror.example does not answer', '[ INFO    ]: 1 | going']);
});
