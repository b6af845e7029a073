import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makeDirectory } from '../../../src/platform/files/directories.ts';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run } from '../../../src/platform/process/command.ts';
import type { BuildContext } from '../../../src/pool/image/build/build-request.ts';
import { findImageRecipe } from '../../../src/pool/image/build/image-recipe.ts';
import { makeRoot } from '../../../src/pool/image/build/root-step.ts';
import { checkTree } from '../../../src/pool/image/check/check-tree.ts';
import { STAND_IN_RELEASE, standInRepository } from './stand-in-packages.ts';

const REPOSITORY = join(import.meta.dirname, '../../..');

/** What the test needs and this host lacks. */
async function lacks(): Promise<string | false> {
  if (process.geteuid?.() !== 0) return 'needs root';
  for (const program of ['dnf', 'rpmbuild', 'createrepo_c'])
    if ((await run(['sh', '-c', 'command -v "$1"', 'sh', program], { timeoutMs: 60_000 })).status !== 'ok')
      return 'there is no dnf, rpmbuild, createrepo_c or static busybox on this host';
  const kind = await run(['sh', '-c', 'busybox --list | grep -qx depmod && ! ldd "$(command -v busybox)" > /dev/null 2>&1'], {
    timeoutMs: 60_000,
  });
  return kind.status === 'ok' ? false : 'there is no dnf, rpmbuild, createrepo_c or static busybox on this host';
}

describe('the root of compute-rocky-9, of stand-ins for its packages', { skip: await lacks() }, () => {
  const stack = new AsyncDisposableStack();
  let directory = '';
  let context: BuildContext;
  before(async () => {
    directory = stack.use(await temporaryDirectory('recon-rpm-')).path;
    const located = await findImageRecipe(join(REPOSITORY, 'recipes/images'), 'compute-rocky-9');
    assert.ok(located.recipe.root);
    const url = await standInRepository(directory, located.recipe.root.packages, '/bin/busybox');
    const signal = new AbortController().signal;
    context = { ...located, repository: REPOSITORY, mirror: '', repositories: [url], isFast: true, isEmbedded: false, signal };
    await makeDirectory(join(directory, 'parts'));
  });
  after(() => stack.disposeAsync());

  it('is what dnf installs, with guard and scripts, and nothing of this host is left in it', async () => {
    const said: string[] = [];
    await makeRoot(context, join(directory, 'parts'), join(directory, 'root'), (text) => said.push(text));
    const tree = join(directory, 'root/tree');
    assert.deepEqual(await checkTree(tree, STAND_IN_RELEASE), []);
    const packages = await readFile(join(directory, 'root/packages'), 'utf8');
    for (const name of context.recipe.root?.packages ?? [])
      assert.match(packages, new RegExp(`^${name}\\b.*\\b9-1\\b.*noarch|^${name}\\b.*\\b9-1\\b.*x86_64`, 'm'));
    assert.match(await readFile(join(tree, 'var/asked'), 'utf8'), /systemctl set-default --quiet multi-user\.target/);
    const modules = join(tree, 'usr/lib/modules', STAND_IN_RELEASE);
    assert.deepEqual(
      [await exists(join(modules, 'kernel/drivers/net/ethernet/intel/e1000/e1000.ko')), await exists(join(modules, 'kernel/sound/snd.ko'))],
      [true, false],
    );
    assert.ok(await exists(join(tree, 'usr/lib/udev/rules.d/10-recon-read-only.rules')));
    assert.ok(
      said.some((line) => line.startsWith('Installing')),
      said.join('\n'),
    );
  });
  it('names a package that no repository has', async () => {
    const { recipe } = context;
    assert.ok(recipe.root);
    const wrong = { ...recipe, root: { ...recipe.root, packages: [...recipe.root.packages, 'no-such-package'] } };
    const asked = makeRoot({ ...context, recipe: wrong }, join(directory, 'parts'), join(directory, 'wrong'), () => {});
    await assert.rejects(asked, { code: 'build-failed', message: 'no repository has no-such-package' });
  });
});
