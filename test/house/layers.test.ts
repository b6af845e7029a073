import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { circles, isBelow, objection, place } from './layer-rules.ts';
import { PACKAGE_HOMES, SOCKET_GLOBALS, SOCKET_HOMES, WINGS } from './layers.ts';
import { type Import, sourceImports } from './source-imports.ts';

const ROOT = join(import.meta.dirname, '../..');
const PROJECTS = [
  ['tsconfig.json', 'src'],
  ['src/web/tsconfig.json', 'src/web'],
  ['src/pool-page/tsconfig.json', 'src/pool-page'],
  ['src/report-page/tsconfig.json', 'src/report-page'],
] as const;

const projects = PROJECTS.map(([project, below]) => sourceImports(ROOT, project, below));
const files = [...new Set(projects.flatMap((project) => project.files))].sort();
const imports = projects.flatMap((project) => project.imports);

test('every import is one that the table of layers allows', () => {
  assert.ok(files.length > 500 && imports.length > 2000, `only ${files.length} files and ${imports.length} imports were read`);
  assert.deepEqual(
    imports.map(objection).filter((found) => found !== undefined),
    [],
  );
});

test('every folder is in the table, and the table names no other', () => {
  assert.deepEqual(
    files.filter((file) => place(file) === undefined),
    [],
  );
  const rooms = WINGS.flatMap(({ name, rooms: own = ['.'] }, wing) =>
    own.map((room, number) => ({ name: `${name} ${room}`, wing, number })),
  );
  const used = new Set(files.map((file) => place(file)).map((found) => `${WINGS.indexOf(found?.wing as never)} ${found?.room}`));
  assert.deepEqual(
    rooms.filter(({ wing, number }) => !used.has(`${wing} ${number}`)).map(({ name }) => name),
    [],
  );
});

test('a wing imports only what stands above it in the table, and everything that it may import', () => {
  for (const [at, { name, imports: allowed }] of WINGS.entries()) {
    const own = imports.filter(({ from, isOwn }) => isOwn && place(from)?.wing.name === name);
    for (const one of allowed) {
      assert.ok(
        WINGS.slice(0, at).some((wing) => wing.name === one.split('/')[0]),
        `${name}: ${one} does not stand before it`,
      );
      assert.ok(
        own.some(({ module }) => isBelow([one], module)),
        `${name}: ${one} is allowed and not used`,
      );
    }
  }
});

test('no file imports itself in a circle, by types neither', () => {
  assert.deepEqual(circles(imports), []);
});

test('every package of package.json has a home that uses it, and every home is one of its packages', async () => {
  const { dependencies, devDependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  assert.deepEqual(
    Object.keys(PACKAGE_HOMES).filter((name) => !(name in { ...dependencies, ...devDependencies })),
    [],
  );
  assert.deepEqual(
    Object.keys(dependencies).filter((name) => !(name in PACKAGE_HOMES)),
    [],
  );
  for (const [name, homes] of Object.entries(PACKAGE_HOMES))
    for (const home of homes) {
      const isUsed = imports.some(({ from, module }) => isBelow([home], from) && (module === name || module.startsWith(`${name}/`)));
      assert.ok(isUsed, `${name} is not used in ${home}`);
    }
});

test('sockets are opened in src/platform, and in a browser', async () => {
  const found: string[] = [];
  for (const file of files.filter((one) => !isBelow(SOCKET_HOMES, one)))
    for (const name of opensSocket(await readFile(join(ROOT, file), 'utf8'))) found.push(`${file}: ${name}`);
  assert.deepEqual(found, []);
});

test('what is forbidden is found, and what is allowed is not', () => {
  const own = (from: string, module: string): Import => ({ from, module, isOwn: true, names: ['x'] });
  const other = (from: string, module: string, ...names: string[]): Import => ({ from, module, isOwn: false, names });
  const forbidden = [
    own('src/domain/x.ts', 'src/platform/files/files.ts'),
    own('src/domain/values/x.ts', 'src/domain/api.ts'),
    own('src/inventory/x.ts', 'src/platform/files/files.ts'),
    own('src/platform/x.ts', 'src/master/boot/ipxe.ts'),
    own('src/builder/x.ts', 'src/peer/capture/capture.ts'),
    own('src/master/x.ts', 'src/inventory/normalise.ts'),
    own('src/master/boot/x.ts', 'src/master/app.ts'),
    own('src/peer/x.ts', 'src/master/boot/ipxe.ts'),
    own('src/desk/x.ts', 'src/master/intake/store.ts'),
    own('src/lab/x.ts', 'src/master/intake/commit.ts'),
    own('src/web/x.tsx', 'src/master/show/pin.ts'),
    own('src/report/x.ts', 'src/report-page/main.ts'),
    own('src/peer/x.ts', 'test/peer/fake-peer.ts'),
    own('src/new-wing/x.ts', 'src/domain/api.ts'),
    own('src/master/new-room/x.ts', 'src/domain/api.ts'),
    other('src/master/x.ts', 'execa', 'execa'),
    other('src/main.ts', 'commander', 'Command'),
    other('src/web/x.ts', 'zod', 'z'),
    other('src/peer/x.ts', 'left-pad', '*'),
    other('src/domain/x.ts', 'node:crypto', 'createHash'),
    other('src/web/x.ts', 'node:path', 'join'),
    other('src/desk/x.ts', 'node:fs/promises', 'readFile', 'writeFile'),
    other('src/desk/x.ts', 'node:fs', '*'),
    other('src/builder/x.ts', 'node:child_process', 'spawn'),
    other('src/lab/x.ts', 'node:net', 'connect'),
    other('src/service/x.ts', 'node:dgram', 'createSocket'),
  ];
  const allowed = [
    own('src/domain/api.ts', 'src/domain/values/mac.ts'),
    own('src/inventory/x.ts', 'src/domain/api.ts'),
    own('src/master/x.ts', 'src/master/boot/ipxe.ts'),
    own('src/service/x.ts', 'src/master/master.ts'),
    own('src/report-page/x.ts', 'src/report/html-text.ts'),
    other('src/platform/files/x.ts', 'node:fs/promises', 'writeFile'),
    other('src/platform/process/x.ts', 'execa', 'execa'),
    other('src/desk/x.ts', 'node:fs/promises', 'readFile'),
    other('src/master/http/x.ts', 'node:net'),
    other('src/master/x.ts', 'fastify', '*'),
  ];
  assert.deepEqual(
    forbidden.filter((one) => objection(one) === undefined),
    [],
  );
  assert.deepEqual(
    allowed.map(objection).filter((found) => found !== undefined),
    [],
  );
  assert.deepEqual(circles([own('a', 'b'), own('b', 'c'), own('c', 'a'), own('d', 'a')]), ['a → b → c → a']);
  assert.deepEqual(circles([own('a', 'b'), own('a', 'c'), own('b', 'c')]), []);
  assert.deepEqual(['await fetch(url)', 'new EventSource(a)', 'const f = globalThis.fetch;'].map(opensSocket), [
    ['fetch'],
    ['EventSource'],
    ['fetch'],
  ]);
  assert.deepEqual(
    ['deps.fetch(url)', 'prefetch(x)', 'typeof globalThis.fetch', 'function f(fetch: F) { fetch(x) }'].flatMap(opensSocket),
    [],
  );
});

/** Globals that open sockets, unless the text names a parameter or a member like them. */
function opensSocket(text: string): string[] {
  const code = text.replaceAll(/^\s*(\/\/|\/?\*).*$/gm, '');
  return SOCKET_GLOBALS.filter((name) => {
    const isOwnName = new RegExp(`[({,]\\s*${name}\\s*[:,}]`).test(code.replaceAll(/typeof globalThis\.\w+/g, 'F'));
    return new RegExp(`(?<!typeof )globalThis\\.${name}\\b`).test(code) || (!isOwnName && new RegExp(`(?<![.\\w])${name}\\(`).test(code));
  });
}
