import { ReconError } from '../../domain/errors.ts';
import type { NewNode, NodePatch } from '../../domain/pool/node-patch.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import type { PoolNode } from '../../domain/pool/pool-settings.ts';
import { counted } from '../../domain/values/counted.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { parseMac } from '../../domain/values/mac.ts';
import { nearestWord } from '../../domain/values/nearest-word.ts';
import { withRenamedEntry } from '../../settings/rename-entry.ts';
import { nodeOf } from '../decide/known-node.ts';
import { UnknownNode } from '../select/unknown-node.ts';
import { type FileSetting, keySettings, type PoolEdit, poolOf, withFileSettings, writtenAt } from './pool-edit.ts';

/** New nodes, all or none. @throws ReconError `usage` for a name that is taken */
export function addNodes(nodes: readonly NewNode[]): PoolEdit {
  const [first] = nodes;
  return {
    what: nodes.length === 1 && first !== undefined ? `${first.name} is new` : `${counted(nodes.length, 'node')} are new`,
    edit: function* (files) {
      const pool = poolOf(files);
      const settings = nodes.map(({ name, ...node }): FileSetting => {
        if (pool.nodes.has(name))
          throw new ReconError('usage', `there is a node ${name} already (${pool.places.get(`node ${name}`) ?? ''})`, {
            hint: `recon node set ${name} changes it`,
          });
        const { file, path } = writtenAt(pool, 'node', name);
        return { file, change: [path, node] };
      });
      return yield* withFileSettings(files, settings);
    },
  };
}

/** Changes what is written of a node; `null` takes a value out. @throws ReconError `not-found` */
export function setNode(name: string, patch: NodePatch): PoolEdit {
  const words = Object.entries(patch).map(([key, value]) => `${key} ${value === null ? 'taken out' : [value].flat().join(', ')}`);
  return {
    what: `${name}: ${words.join('; ')}`,
    edit: function* (files) {
      const pool = poolOf(files);
      requireNode(pool, name);
      return yield* withFileSettings(files, keySettings(writtenAt(pool, 'node', name), patch));
    },
  };
}

/**
 * Gives a node another name; what is written of it, its cards and its place in the file stay.
 * @throws ReconError `not-found`, `usage` for a name that is taken
 */
export function renameNode(name: string, to: string): PoolEdit {
  return {
    what: `${name} is called ${to}`,
    renamed: { from: name, to },
    edit: function* (files) {
      const pool = poolOf(files);
      requireNode(pool, name);
      if (name === to) return files;
      if (pool.nodes.has(to))
        throw new ReconError('usage', `there is a node ${to} already (${pool.places.get(`node ${to}`) ?? ''})`, {
          hint: 'Take that one out, or give it another name first.',
        });
      const { file, path } = writtenAt(pool, 'node', name);
      yield;
      return new Map([...files, [file, withRenamedEntry(files.get(file) ?? '', path, to)]]);
    },
  };
}

/** @throws ReconError `not-found` */
export function removeNode(name: string): PoolEdit {
  return {
    what: `${name} is taken out`,
    edit: function* (files) {
      const pool = poolOf(files);
      requireNode(pool, name);
      const { file, path } = writtenAt(pool, 'node', name);
      return yield* withFileSettings(files, [{ file, change: [path, undefined] }]);
    },
  };
}

/**
 * Gives a node a new card. The old one stays known, as the last: the address hangs on both until its lease is over, and the node would get
 * a stray one otherwise.
 * @throws ReconError `not-found` for the node, `usage` for cards that are not as they are said to be
 */
export function replaceNic(name: string, oldText: string, newText: string): PoolEdit {
  const [before, after] = [macFrom(oldText), macFrom(newText)];
  return {
    what: `${name}: card ${before} is replaced by ${after}`,
    edit: function* (files) {
      const pool = poolOf(files);
      const { macs } = requireNode(pool, name);
      if (!macs.includes(before)) throw new ReconError('usage', `${name} has no card ${before}`, { hint: `It has ${macs.join(', ')}.` });
      const holder = nodeOf(pool, after);
      if (holder !== undefined && holder !== name)
        throw new ReconError('usage', `the card ${after} is one of ${holder} already (${pool.places.get(`node ${holder}`) ?? ''})`, {
          hint: `recon node rm ${holder}, if that was a mistake`,
        });
      const others = macs.filter((mac) => mac !== after);
      const replaced = [...others.map((mac) => (mac === before ? after : mac)), before];
      return yield* withFileSettings(files, keySettings(writtenAt(pool, 'node', name), { macs: replaced }));
    },
  };
}

/** What is known of a machine that becomes a node. @throws ReconError `usage` when its card is one of a node already */
export function adoptMachine(pool: Pool, name: string, machine: { mac: string; serial?: string; uuid?: string }): PoolEdit {
  const mac = macFrom(machine.mac);
  const holder = nodeOf(pool, mac);
  if (holder !== undefined) throw new ReconError('usage', `${mac} is ${holder} already`, { hint: `recon node show ${holder}` });
  const node: PoolNode = { macs: [mac], ...definedOnly({ serial: machine.serial, uuid: machine.uuid }) };
  return { ...addNodes([{ name, ...node }]), what: `${name} is ${mac}, adopted` };
}

/** @throws ReconError `not-found`, with the name that was meant */
export function requireNode({ nodes }: Pick<Pool, 'nodes'>, name: string): PoolNode {
  const node = nodes.get(name);
  if (node !== undefined) return node;
  const mac = parseMac(name);
  const holder = mac === undefined ? undefined : nodeOf({ nodes }, mac);
  const near = holder ?? nearestWord(name, [...nodes.keys()]);
  throw new UnknownNode('not-found', name, {
    message: `there is no node ${name.slice(0, 80)}`,
    hint:
      near === undefined
        ? 'recon node list shows those that are there'
        : holder === undefined
          ? `Did you mean ${near}?`
          : `It is a card of ${holder}; name the node.`,
  });
}

function macFrom(text: string): string {
  const mac = parseMac(text);
  if (mac === undefined)
    throw new ReconError('usage', `${text.slice(0, 40)} is not a MAC address`, { hint: 'One looks like 52:54:00:12:34:56.' });
  return mac;
}
