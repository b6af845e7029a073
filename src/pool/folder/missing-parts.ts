import { parseBootChoice } from '../../domain/pool/boot-choice.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import { eachInTurns, type Turns } from '../../platform/in-turns.ts';
import { type Contradiction, meant } from './contradiction.ts';

type SaidChoice = readonly [of: string, key: string, text: string | undefined];

/** What is said to be booted, and is no profile, or has no versions. */
export function* missingProfiles({ settings, nodes, groups, profiles }: Pool): Turns<Contradiction[]> {
  const look = (choice: SaidChoice): Contradiction[] => profileFault(profiles, choice);
  const first: SaidChoice[] = [
    ['default', 'default', settings.default],
    ['unknown', 'unknown', settings.unknown],
    ...settings.rules.map(({ boot }, index): SaidChoice => [`rule ${index + 1}`, 'boot', boot]),
  ];
  const last: SaidChoice[] = [
    ...[...groups].map(([name, { boot }]): SaidChoice => [`group ${name}`, `${name}: boot`, boot]),
    ...(settings.menu === undefined ? [] : [...settings.menu.items, settings.menu.default]).map(
      (item): SaidChoice => ['menu', 'menu', item],
    ),
    ...[...profiles].flatMap(([name, profile]) =>
      profile.kind === 'menu' ? [...profile.items, profile.default].map((item): SaidChoice => [`profile ${name}`, 'items', item]) : [],
    ),
  ];
  const ofNodes = yield* eachInTurns(nodes, ([name, { boot, once }]) => [
    ...(boot === undefined ? [] : look([`node ${name}`, `${name}: boot`, boot])),
    ...(once === undefined ? [] : look([`node ${name}`, `${name}: once`, once])),
  ]);
  return [...first.flatMap(look), ...ofNodes, ...last.flatMap(look)];
}

function profileFault(profiles: Pool['profiles'], [of, key, text]: SaidChoice): Contradiction[] {
  const choice = text === undefined ? undefined : parseBootChoice(text);
  if (choice === undefined) return [];
  const profile = profiles.get(choice.profile);
  if (profile === undefined)
    return [{ of, message: `${key}: there is no profile ${choice.profile}`, hint: meant(choice.profile, [...profiles.keys()]) }];
  if (choice.imageVersion === undefined || profile.kind === 'compute' || profile.kind === 'failsafe') return [];
  return [{ of, message: `${key}: ${choice.profile} is of kind ${profile.kind}, which has no versions`, hint: `write ${choice.profile}` }];
}

export function* missingGroups({ settings, nodes, groups }: Pool): Turns<Contradiction[]> {
  const look = (of: string, group: string): Contradiction[] =>
    groups.has(group)
      ? []
      : [{ of, message: `there is no group ${group}`, hint: meant(group, [...groups.keys()]) ?? 'write it into groups.yaml' }];
  const ofNodes = yield* eachInTurns(nodes, ([name, node]) => (node.groups ?? []).flatMap((group) => look(`node ${name}`, group)));
  return [...ofNodes, ...settings.rules.flatMap(({ group }, index) => (group === undefined ? [] : look(`rule ${index + 1}`, group)))];
}
