import { ReconError } from '../../domain/errors.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import { counted } from '../../domain/values/counted.ts';
import { nearestWord } from '../../domain/values/nearest-word.ts';
import { isLike } from '../decide/match-rule.ts';
import { UnknownNode } from './unknown-node.ts';

/** More numbers than any room has nodes. */
const MOST_NUMBERS = 100_000;

/**
 * The nodes that a person means, in the order of the pool: `node-000`, `node-0*`, `node-[000-039]`, `group:rack1`, `tag:gpu`, `serial:CZ3*`, `all`; several
 * with commas between them.
 * @throws ReconError `usage` for a selector that is none, and for one that matches no node
 */
export function selectNodes(pool: Pick<Pool, 'nodes' | 'groups'>, text: string): string[] {
  const chosen = new Set(partsOf(text).flatMap((part) => matching(pool, part)));
  return [...pool.nodes.keys()].filter((name) => chosen.has(name));
}

/** Commas inside of brackets belong to the numbers. */
function partsOf(text: string): string[] {
  return text
    .split(/,(?![^[]*\])/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function matching(pool: Pick<Pool, 'nodes' | 'groups'>, part: string): string[] {
  const nodes = [...pool.nodes];
  const [, kind, value = ''] = /^([a-z]+):(.+)$/.exec(part) ?? [];
  const names = (matches: (node: (typeof nodes)[number]) => boolean): string[] => nodes.filter(matches).map(([name]) => name);
  const found =
    part === 'all'
      ? names(() => true)
      : kind === 'group'
        ? names(([, node]) => node.groups?.some((group) => isLike(group, value)) === true)
        : kind === 'tag'
          ? names(([, node]) => node.tags?.some((tag) => isLike(tag, value)) === true)
          : kind === 'serial'
            ? names(([, node]) => node.serial !== undefined && isLike(node.serial, value))
            : kind === undefined
              ? byName(pool, part)
              : undefined;
  if (found === undefined)
    throw new ReconError('usage', `${part}: nodes are chosen by group:, tag:, serial:, by name, or all`, {
      hint: 'For example group:rack1',
    });
  if (found.length > 0) return found;
  const known =
    kind === 'group' ? [...pool.groups.keys()] : kind === 'tag' ? nodes.flatMap(([, { tags = [] }]) => tags) : [...pool.nodes.keys()];
  const near = nearestWord(kind === undefined ? part : value, known);
  const hint =
    near === undefined
      ? `The pool has ${counted(nodes.length, 'node')}; recon node list shows what is there.`
      : `Did you mean ${kind === undefined ? '' : `${kind}:`}${near}?`;
  if (kind === 'group' && pool.groups.has(value))
    throw new ReconError('usage', `no node is in the group ${value} yet`, { hint: `recon node set NODE groups=${value}` });
  if (kind === undefined) throw new UnknownNode('usage', part, { message: `${part} matches no node`, hint });
  throw new ReconError('usage', `${part} matches no node`, { hint });
}

function byName({ nodes }: Pick<Pool, 'nodes'>, part: string): string[] {
  if (/[[\]]/.test(part) && !/^[^[\]]*\[[0-9,-]+\][^[\]]*$/.test(part))
    throw new ReconError('usage', `${part}: what is in brackets is no range of numbers`, { hint: 'For example node-[000-039]' });
  const [, before, ranges, behind] = /^([^[\]]*)\[([0-9,-]+)\]([^[\]]*)$/.exec(part) ?? [];
  if (ranges === undefined) return [...nodes.keys()].filter((name) => isLike(name, part));
  const wanted = new Set(
    ranges
      .split(',')
      .flatMap((range) => numbersOf(range, part))
      .map((number) => `${before}${number}${behind}`),
  );
  return [...nodes.keys()].filter((name) => wanted.has(name));
}

/** `000-039`: with zeros in front, as many digits as the first has. */
function numbersOf(range: string, part: string): string[] {
  const [, from, to = from] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(range) ?? [];
  if (from === undefined || to === undefined || Number(to) < Number(from) || Number(to) - Number(from) >= MOST_NUMBERS)
    throw new ReconError('usage', `${part}: ${range} is no range of numbers`, { hint: 'For example node-[000-039]' });
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => String(Number(from) + at).padStart(from.length, '0'));
}
