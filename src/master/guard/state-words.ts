import type { SegmentState } from './segment-state.ts';

/** A state in words: what is, and what the person can do. */
export interface StateWords {
  sentence: string;
  hint: string;
}

/** Every state that an interface can be in, in words; a refusal has one pair per reason. */
export function stateWords(name: string, state: SegmentState): StateWords[] {
  switch (state.state) {
    case 'probing':
      return [{ sentence: `${name} is listened to before it is served.`, hint: 'Nothing to do: it takes about ten seconds.' }];
    case 'quiet':
      return [
        { sentence: `${name} is quiet: nobody else gives addresses there.`, hint: 'Power the machines on (network boot).' },
        ...rangeWords(state),
        ...(state.heard ?? []).map(({ code, sentence, hint }) => ({
          sentence,
          hint: code === 'other-recon' ? hint : `It is served all the same. ${hint}`,
        })),
      ];
    case 'proxy-dhcp':
      return [
        {
          sentence: `On ${name} the DHCP server ${state.server} gives the addresses; boot files are served beside it.`,
          hint: 'Power the machines on (network boot). Some UEFI firmware (HP DL380 Gen9, Dell T430, laptops) does not take both.',
        },
      ];
    case 'no-link':
      return [
        {
          sentence: `${name} has no link: no cable, or the other end is off.`,
          hint: 'Plug it into a switch of its own, or switch that on.',
        },
      ];
    case 'gone':
      if (state.renamedTo !== undefined)
        return [{ sentence: `${name} is called ${state.renamedTo} now.`, hint: 'Nothing to do: it is looked at anew under that name.' }];
      return [{ sentence: `${name} is gone: the card was pulled, or its driver has ended.`, hint: 'Put it back in, or use another one.' }];
    case 'refused':
      return state.reasons.map(({ sentence, hint }) => ({ sentence, hint }));
  }
}

/** Why it is not the usual range. */
function rangeWords({ chosen }: Extract<SegmentState, { state: 'quiet' }>): StateWords[] {
  const [first] = chosen?.used ?? [];
  if (chosen === undefined || first === undefined) return [];
  return [
    {
      sentence: `Somebody has ${first.address} there (hardware address ${first.mac}), so it is served with ${chosen.range.subnet}.`,
      hint: 'Nothing to do: no address of that network is used. If that surprises you, check where this cable leads.',
    },
  ];
}
