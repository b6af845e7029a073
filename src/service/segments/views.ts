import type { SegmentView } from '../../domain/web-api.ts';
import type { SegmentState } from '../../master/guard/segment-state.ts';
import { stateWords } from '../../master/guard/state-words.ts';

/** What the page says about an interface; `address` is the master's there, while it is served; `earlier`: why it was not before. */
export function segmentView(
  name: string,
  state: SegmentState,
  address: string | undefined,
  earlier: SegmentView['earlier'] = [],
): SegmentView {
  return { ...currentView(name, state, address), ...(earlier.length === 0 ? {} : { earlier }) };
}

function currentView(name: string, state: SegmentState, address: string | undefined): SegmentView {
  const words = stateWords(name, state);
  const sentence = words.map((one) => one.sentence).join(' ');
  const hint = words.map((one) => one.hint).join(' ');
  if (address === undefined) return { interface: name, state: state.state === 'proxy-dhcp' ? 'quiet' : state.state, sentence, hint };
  // that it is quiet is said by its being served
  const told = state.state === 'quiet' ? words.slice(1) : [];
  const more = { sentence: told.map((one) => one.sentence).join(' '), hint: told.map((one) => one.hint).join(' ') };
  return { interface: name, state: 'serving', address, ...(state.state === 'proxy-dhcp' ? { sentence } : told.length > 0 ? more : {}) };
}
