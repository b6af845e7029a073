import assert from 'node:assert/strict';
import test from 'node:test';
import { withIndexByHand } from '../../src/inventory/capture-by-hand.ts';
import { captureFromFiles } from '../../src/inventory/capture-from-files.ts';
import { normalise } from '../../src/inventory/normalise.ts';
import { outputId } from '../../src/inventory/output-id.ts';
import { FORMATS } from '../../src/inventory/raw-formats.ts';
import { captureExamples, captureRows, refusedRows } from './capture-document.ts';

const EXAMPLES = captureExamples();
const accepted = EXAMPLES.filter(({ state }) => state === undefined);

for (const { heading, path, files, values, state } of EXAMPLES) {
  test(`docs/capture-examples.md, ${heading}`, () => {
    assert.ok(files.has(path) && (values.size > 0 || state !== undefined), 'it has no text, or does not say what becomes of it');
    const record = normalise(captureFromFiles(withIndexByHand(files)));
    for (const [at, value] of values) assert.equal(valueAt(record.sections, at), value, at);
    const told = (record.rawFiles ?? []).filter((file) => file.path === path).map((file) => `${file.state}: ${file.reason}`);
    assert.deepEqual(told, state === undefined ? [] : [state]);
  });
}

test('every file that a parser reads has an example, and what is expected in it is one of its calls', () => {
  for (const [pattern, format] of FORMATS) {
    const own = accepted.filter(({ path }) => pattern.test(idOf(path)));
    const isOurs = pattern.test('custom-x') || pattern.test('smartctl-scan');
    assert.ok(own.length > 0 || isOurs, `${pattern} (${format}) has no example`);
  }
});

test('every file and every call of docs/capture.md has an example', () => {
  const rows = captureRows();
  assert.ok(rows.length >= 35, `only ${rows.length} rows were found`);
  const programs = new Set(accepted.flatMap(({ calls }) => calls.map((call) => call.split(' ')[0])));
  const missing = rows.flatMap(({ files, spans }) => {
    const names = files.map(patternOf);
    const own = accepted.filter(({ path }) => names.some((name) => name.test(idOf(path))));
    if (own.length === 0) return files;
    const calls = own.flatMap((example) => example.calls);
    const named = spans.filter((span) => programs.has(span.split(' ')[0]) || /^(\/c|show\b|-\w)/.test(span));
    return named.filter((span) => !calls.some((call) => isPart(call, span) || isPart(span, call)));
  });
  assert.deepEqual(missing, []);
});

test('every call that docs/capture.md does not accept has an example, and no other has one', () => {
  const refused = EXAMPLES.filter(({ state }) => state?.startsWith('not understood') === true).map(({ path, calls }) => ({ path, calls }));
  const rows = refusedRows().flatMap(({ files, spans }) => spans.map((span) => ({ file: files[0] ?? '', span })));
  const isTold = ({ path, calls }: (typeof refused)[number]): boolean =>
    rows.some(({ file, span }) => patternOf(file).test(idOf(path)) && calls.includes(span));
  assert.deepEqual(
    rows.filter(({ file, span }) => !refused.some(({ path, calls }) => patternOf(file).test(idOf(path)) && calls.includes(span))),
    [],
  );
  assert.deepEqual(
    refused.filter((example) => example.calls.length > 0 && !isTold(example)),
    [],
  );
});

/** The words of one call are among those of the other, which has more options or names the program, too. */
function isPart(call: string, other: string): boolean {
  const words = new Set(other.split(' '));
  return call.split(' ').every((word) => words.has(word));
}

function idOf(path: string): string {
  const name = outputId(path);
  return name !== undefined && 'id' in name ? name.id : path;
}

/** `smartctl-<disk>.out`. */
function patternOf(file: string): RegExp {
  const parts = file.replace(/\.(out|bin)$/, '').split(/<[^>]*>/);
  return new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('.+')}$`);
}

/** `disks[0].name` below the data of the sections, as text. */
function valueAt(sections: object, path: string): string | undefined {
  const [section = '', ...keys] = path.match(/[^.[\]]+/g) ?? [];
  let at: unknown = (sections as Record<string, { data?: unknown }>)[section]?.data;
  for (const key of keys) at = (at as Record<string, unknown> | undefined)?.[key];
  return at === undefined ? undefined : String(at);
}
