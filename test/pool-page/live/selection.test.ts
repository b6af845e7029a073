import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  NOTHING_CHOSEN,
  type NodeSelection,
  revisionFor,
  stillThere,
  withAll,
  without,
  withPressed,
} from '../../../src/pool-page/live/selection.ts';
import { nodeView } from '../nodes.ts';

const shown = ['a', 'b', 'c', 'd', 'e'].map((name) => nodeView(name));
const names = ({ chosen }: NodeSelection): string => [...chosen.keys()].sort().join('');
const press = (before: NodeSelection, at: number, isRange = false): NodeSelection => {
  const node = shown[at];
  assert.ok(node !== undefined);
  return withPressed(before, { node, isRange, shown, revision: 5 });
};

test('one after the other, and with Shift all between, in both directions, on and off', () => {
  const first = press(NOTHING_CHOSEN, 3);
  assert.equal(names(press(first, 1, true)), 'bcd');
  assert.equal(names(press(press(first, 1, true), 2)), 'bd');
  const all = withAll(NOTHING_CHOSEN, shown, 5);
  assert.equal(names(press(press(all, 1), 3, true)), 'ae', 'a range goes off when its beginning went off');
  assert.equal(names(press(NOTHING_CHOSEN, 2, true)), 'c', 'without a beginning it is one');
  assert.equal(names(without(all, ['b', 'x', 'e'])), 'acd');
  assert.equal(names(stillThere(withAll(NOTHING_CHOSEN, shown, 5), shown.slice(0, 2))), 'ab');
});

test('a change is for the revision that is shown, unless one of the chosen was overtaken', () => {
  const selection = press(NOTHING_CHOSEN, 0);
  assert.equal(revisionFor(selection, shown, 9), 9);
  const others = [nodeView('a'), nodeView('b', { boot: 'failsafe' })];
  assert.equal(revisionFor(selection, others, 9), 9, 'another node is not of this change');
  assert.equal(revisionFor(selection, [nodeView('a', { boot: 'failsafe' })], 9), 5);
  assert.equal(revisionFor(selection, [nodeView('a', { once: 'failsafe' })], 9), 5);
  assert.equal(revisionFor(selection, [nodeView('a', { wouldDiffer: true })], 9), 9, 'what a machine does is nobody else');
});
