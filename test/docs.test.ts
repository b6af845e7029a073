import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { TARGETS } from '../src/builder/targets.ts';
import { CollectorsManifest } from '../src/domain/collectors.ts';
import { FORBIDDEN_ARGUMENTS, GUARD_ARGUMENTS } from '../src/domain/kernel-arguments.ts';
import { SiteSettings } from '../src/domain/site-settings.ts';
import { STAGES } from '../src/domain/stages.ts';
import { bootArguments } from '../src/master/boot/ipxe.ts';
import { runOk } from '../src/platform/process/command.ts';
import { settingsFromText } from '../src/settings/settings-text.ts';
import { WINGS } from './house/layers.ts';
import { repositoryFiles } from './house/repository-files.ts';

const ROOT = join(import.meta.dirname, '..');
const [readme, boot, makefile] = await Promise.all(
  ['README.md', 'docs/boot.md', 'Makefile'].map((file) => readFile(join(ROOT, file), 'utf8')),
);
const makeTargets = [...(makefile ?? '').matchAll(/^([a-z\d]+):/gm)].map((match) => match[1] ?? '');
/** What a second developer reads: each path, make target and command in them is tried. */
const GUIDES: ReadonlyMap<string, string> = new Map(
  await Promise.all(
    ['CONTRIBUTING.md', 'docs/architecture.md', 'docs/decisions.md'].map(
      async (file): Promise<[string, string]> => [file, await readFile(join(ROOT, file), 'utf8')],
    ),
  ),
);

test('docs/architecture.md has every wing of the table of layers, and every folder of each, and no other', () => {
  const map = GUIDES.get('docs/architecture.md') ?? '';
  const foldersOf = (cell = ''): string[] => [...cell.matchAll(/`src\/([^`]+)`/g)].map(([, folder = '']) => folder);
  const rows = (heading: string): string[][] =>
    [...section(map, heading).matchAll(/^\| (`src\/.*?) \| (.*) \|$/gm)].map((row) => row.slice(1));
  const wings = rows('The rooms').flatMap(([folder]) => foldersOf(folder).filter((one) => !one.includes('/')));
  assert.deepEqual(wings.sort(), WINGS.map(({ name }) => name).sort());
  for (const { name, rooms = ['.'] } of WINGS) {
    const [, told] = rows('Inside the rooms').find(([folder]) => folder === `\`src/${name}\``) ?? [];
    const folders = [...(told ?? '').matchAll(/`([^`]+)`/g)].map(([, folder]) => folder);
    assert.deepEqual(folders.sort(), rooms.filter((room) => room !== '.').sort(), name);
  }
});

test('docs/boot.md tells the stages of the code, in its order', () => {
  const told = [...section(boot, 'The stages of a peer').matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1]);
  assert.deepEqual(told, [...STAGES]);
});

test('docs/boot.md explains every guard argument, and no other', () => {
  const rows = [...section(boot, 'The guard').matchAll(/^\| (`.*?`) \|/gm)].flatMap((match) => match[1]?.match(/[^` ]+/g) ?? []);
  assert.deepEqual(rows, [...GUARD_ARGUMENTS]);
});

test('docs/boot.md names every other argument of a network boot, and why some are missing', () => {
  const image = {
    version: '1',
    kernel: 'k',
    initrd: 'i',
    drivers: { name: 'd', sha256: '00', sizeBytes: 1 },
    rootImage: 'r',
    rootSha256: '00',
    rootSizeBytes: 1,
  };
  const base = 'http://10.77.0.1';
  const words = bootArguments({
    mac: '52:54:00:00:00:01',
    base,
    masterAddress: '10.77.0.1',
    rootBase: base,
    withRareDrivers: true,
    image,
    buildArchitecture: 'x86_64',
  });
  const guard: readonly string[] = GUARD_ARGUMENTS;
  const table = section(boot, 'For the live system');
  for (const word of words.filter((one) => !guard.includes(one))) {
    const key = word.includes('=') ? `${word.split('=')[0]}=` : word;
    assert.ok(table.includes(`\`${key}`), `${key} is on the command line, not in docs/boot.md`);
  }
  const leftOut = [...table.matchAll(/\*\*`([^`]+)`\*\*/g)].map((match) => match[1] ?? '');
  assert.ok(leftOut.includes('rd.live.ram=1'));
  for (const pattern of FORBIDDEN_ARGUMENTS)
    assert.ok(
      leftOut.some((word) => pattern.test(word)),
      `${pattern} is not explained`,
    );
});

test('docs/settings.md explains every setting of recon.yaml, in its order, and its example of a manifest is valid', async () => {
  const settings = await readFile(join(ROOT, 'docs/settings.md'), 'utf8');
  const told = [...section(settings, 'recon.yaml').matchAll(/^\| `([A-Za-z0-9]+)` \|/gm)].map((match) => match[1]);
  assert.deepEqual(told, Object.keys(SiteSettings.shape));
  for (const group of ['expected', 'limits', 'ssh'] as const) {
    const keys = Object.keys((z.toJSONSchema(SiteSettings.shape[group], { io: 'input' }) as { properties: object }).properties);
    for (const key of keys) assert.ok(settings.includes(`\`${key}\``), `${group}.${key} is not explained`);
  }
  const example = section(settings, 'collectors/').replaceAll(/^(?! {4}).*$/gm, '');
  assert.equal(settingsFromText(example.replaceAll(/^ {4}/gm, ''), CollectorsManifest).outcome, 'ok');
});

test('every command that the documents name is in `recon --help`', async () => {
  const help = await runOk([join(ROOT, 'recon'), '--help'], { timeoutMs: 300_000 });
  const commands = [...help.matchAll(/^ {2}([a-z]+)[ \n]/gm)].map((match) => match[1]);
  const documents = [readme, boot, ...GUIDES.values()].join('\n');
  const named = [...documents.matchAll(/`(?:\.\/)?recon ([a-z]+)[^`]*`/g)].map((match) => match[1]);
  assert.ok(named.length >= 4, `only ${named.length} commands were found`);
  for (const name of named) assert.ok(commands.includes(name), `there is no command "recon ${name}"`);
});

test('every make target in README exists and the other way round', async () => {
  const help = await runOk(['make', '--no-print-directory', 'help'], { timeoutMs: 300_000, cwd: ROOT });
  const offered = [...help.matchAll(/^ {2}([a-z\d]+) {2,}\S/gm)].map((match) => match[1] ?? '');
  assert.deepEqual(offered, makeTargets);
  const named = [...(readme ?? '').matchAll(/`make ([a-z\d]+)`/g)].map((match) => match[1] ?? '');
  assert.deepEqual([...new Set(named)].sort(), [...makeTargets].sort());
});

test('README names the targets of make-recipe-target, and only files that are there', async () => {
  for (const { name } of TARGETS) assert.ok(readme?.includes(`\`${name}\``), `README does not name the target ${name}`);
  const paths = [...`${readme}${boot}`.matchAll(/`((?:src|docs|overlay|recipes|test|\.ci)\/[\w./-]*)`/g)].map((match) => match[1] ?? '');
  assert.ok(paths.length >= 20, `only ${paths.length} paths were found`);
  for (const path of paths) await access(join(ROOT, path));
});

for (const [guide, text] of GUIDES) {
  test(`${guide} names only files, folders and make targets that are there`, async () => {
    assert.deepEqual(missingPaths(text, await repositoryPaths()), []);
    for (const [, target = ''] of text.matchAll(/(?:`| {4})make ([a-z\d]+)/g)) assert.ok(makeTargets.includes(target), `make ${target}`);
  });
}

test('a path that leads nowhere, or to another folder than its paragraph names, is noticed', () => {
  const there = ['README.md', 'src/a', 'src/a/one.ts', 'src/a/b', 'src/a/b/two-x.ts', 'src/c', 'src/c/three.ts'];
  for (const [text, missing] of [
    ['`src/a/one.ts`, `b/two-x.ts` and `a/`; `README.md`, `/etc/fstab`, `../else/where`, `x.csv`, `word`', []],
    ['`src/a/<name>.ts`, `src/*/three.ts`, `src/a/`', []],
    ['`src/c`: `one.ts`', ['one.ts']],
    ['`src/a/b`\n\n`two-x.ts`', ['two-x.ts']],
    ['`src/a/two-x.ts`, `src/<name>.ts`, `src/a-one.ts`', ['src/a/two-x.ts', 'src/<name>.ts', 'src/a-one.ts']],
    ['`node --test src/a/no.ts` or\n    make watch TEST=src/no.ts', ['src/a/no.ts', 'src/no.ts']],
  ] as const)
    assert.deepEqual(missingPaths(text, there), missing, text);
});

test('docs/decisions.md: each entry has three lines, what, why, and since when', async () => {
  const entries = (GUIDES.get('docs/decisions.md') ?? '').split(/^### .*\n/m).slice(1);
  assert.ok(entries.length >= 15, `only ${entries.length} entries`);
  for (const entry of entries) assert.match(entry.trim(), /^.+\n.+\nSince \d{4}-\d\d-\d\d\b.*\. .+\.$/);
});

/** Paths from the root of the repository. */
const WHOLE = /^(src|test|docs|recipes|overlay|schema|\.ci)(\/|$)/;

/** A path that does not begin at the root is meant from there, or from a folder of a whole path in the same paragraph. */
function missingPaths(text: string, there: readonly string[]): string[] {
  return text.split(/\n\n+/).flatMap((paragraph) => {
    const paths = pathsIn(paragraph);
    const whole = paths.filter((path) => WHOLE.test(path));
    const folders = ['', ...whole.flatMap((path) => path.split('/').map((_, at, parts) => `${parts.slice(0, at + 1).join('/')}/`))];
    return paths.filter((path) => {
      const patterns = (WHOLE.test(path) ? [''] : folders).map((folder) => patternOf(`${folder}${path}`));
      return !patterns.some((pattern) => there.some((one) => pattern.test(one)));
    });
  });
}

/** What looks like a path: a word in backticks with a slash or the ending of a source; of a command what begins with a folder. */
function pathsIn(paragraph: string): string[] {
  const quoted = [...paragraph.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
  const commands = [...quoted.filter((span) => /\s/.test(span)), ...(paragraph.match(/^ {4}.*$/gm) ?? [])];
  const words = commands.flatMap((command) => command.split(/[\s=]+/)).filter((word) => WHOLE.test(word));
  const isPath = (word: string): boolean => /^(?!\.\.?\/)[\w.<*][\w.<>*@-]*(\/[\w.<>*@-]*)+$|^[\w-]+\.(ts|tsx|md|json|xml|sh)$/.test(word);
  return [...quoted, ...words].filter(isPath);
}

/** `<name>` and `*` stand for any name. */
function patternOf(path: string): RegExp {
  const parts = path.replace(/\/$/, '').split(/<[^>]*>|\*/);
  return new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('[^/]+')}$`);
}

/** All files of the repository, and all folders. */
async function repositoryPaths(): Promise<string[]> {
  const files = await repositoryFiles();
  const folders = files.flatMap((file) => file.split('/').map((_, at, parts) => parts.slice(0, at).join('/')));
  return [...new Set([...files, ...folders])].filter((path) => path !== '');
}

/** The text below a heading, up to the next one of any level. */
function section(text: string | undefined, heading: string): string {
  const found = text?.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`));
  assert.ok(found !== undefined, `there is no section "${heading}"`);
  return found;
}
