import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Extra, extrasOf } from '../recordings/record-subset.ts';
import { recordedTexts } from '../recordings/recorded-texts.ts';
import { damagedText, LOSSES } from './damages.ts';
import { propertyRuns } from './property-runs.ts';
import { dataOfSections, leavesOf } from './record-leaves.ts';
import { syntheticTexts } from './synthetic-texts.ts';
import { recordOfTexts, type ToolTexts } from './tool-texts.ts';

/** One output of a capture, and where it stops as a share of its length. */
function cutTexts(captures: readonly ToolTexts[]): fc.Arbitrary<{ texts: ToolTexts; id: string; text: string; share: number }> {
  return fc.constantFrom(...captures).chain((texts) =>
    fc
      .record({ id: fc.constantFrom(...Object.keys(texts.outputs)), share: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }) })
      .map(({ id, share }) => {
        const cut = { texts, id, text: texts.outputs[id] ?? '', share };
        return Object.assign(cut, { [fc.toStringMethod]: () => `${texts.name}: the first ${share} of ${id}` });
      }),
  );
}

/** What the record of a capture with another text of `id` says beyond that of the whole, and beyond what the other outputs say alone. */
function extras(texts: ToolTexts, id: string, text: string): Extra[] {
  const sections = (output: string): Map<string, unknown> =>
    dataOfSections(recordOfTexts({ ...texts, outputs: { ...texts.outputs, [id]: output } }));
  const [whole, without] = [sections(texts.outputs[id] ?? ''), sections('')];
  return [...sections(text)].flatMap(([name, data]) => extrasOf(data, [whole.get(name), without.get(name)], name));
}

for (const [what, captures, runs] of [
  ['made by hand', syntheticTexts(), 150],
  ['of real machines', recordedTexts(), 40],
] as const) {
  test(`captures ${what}: a text that stops anywhere says a part of what the whole says, and nothing else`, () => {
    fc.assert(
      fc.property(cutTexts(captures), ({ texts, id, text, share }) => {
        assert.deepEqual(extras(texts, id, text.slice(0, Math.floor(text.length * share))), []);
      }),
      propertyRuns(runs),
    );
  });

  test(`captures ${what}: lost and doubled lines bring no identity that no line has`, () => {
    fc.assert(
      fc.property(cutTexts(captures), fc.constantFrom(...LOSSES), fc.nat(), ({ texts, id, text }, kind, seed) => {
        const identities = (output: string): string[] =>
          leavesOf(recordOfTexts({ ...texts, outputs: { ...texts.outputs, [id]: output } }))
            .filter(({ path }) =>
              /\.(serial|uuid|mac|permanentMac|partNumber|assetTag|address|pciAddress|wwn|chassisId|portId)$/.test(path),
            )
            .map(({ value }) => String(value));
        const known = new Set([...identities(text), ...identities('')]);
        const lost = damagedText(text, kind, seed);
        assert.deepEqual(
          identities(lost).filter((value) => !known.has(value) && !isWhole(text, value)),
          [],
        );
      }),
      propertyRuns(runs),
    );
  });
}

/** A structure that lost a line may show a value that the whole one hid; it must then be a whole value of the original. */
function isWhole(text: string, value: string): boolean {
  const escaped = value.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(`(?:[:=>"]\\s*|^\\s*)${escaped}\\s*(?:$|["<(,])`, 'im').test(text);
}
