import { z } from 'zod';
import { ReconError } from '../../../domain/errors.ts';
import { ChangeReport, NewMachine, NodeDmesg, NodeView } from '../../../domain/pool/api-views.ts';
import { NewNode, NodePatch } from '../../../domain/pool/node-patch.ts';
import { PoolName } from '../../../domain/pool/pool-name.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { parseMac } from '../../../domain/values/mac.ts';
import { addNodes, adoptMachine, removeNode, renameNode, replaceNic, requireNode, setNode } from '../../change/node-edits.ts';
import { whyText } from '../../decide/why-text.ts';
import { selectNodes } from '../../select/selector.ts';
import type { PoolApiDeps } from '../parts/deps.ts';
import { requireImagesOf } from '../parts/known-image.ts';
import { makeChange } from '../parts/make-change.ts';
import { decisionFor, newMachines, nodeViews } from '../parts/node-views.ts';
import { type ApiRoute, apiRoute } from '../parts/route.ts';

const ByName = z.strictObject({ name: z.string().min(1).max(80) });

/** Nodes, and machines that are to become some. */
export function nodeRoutesOfPool(deps: Pick<PoolApiDeps, 'store' | 'audit' | 'boots' | 'images'>): ApiRoute[] {
  const { store, boots, images } = deps;
  return [
    apiRoute({
      ...{ method: 'GET', path: '/nodes', may: 'viewer', summary: 'Nodes with what they run, what is assigned, and what they boot next' },
      query: z.strictObject({ selector: z.string().min(1).max(4000).exactOptional() }),
      reply: z.object({ revision: z.int(), nodes: z.array(NodeView), newMachines: z.array(NewMachine) }),
      answer: async ({ query: { selector } }) => {
        const { pool, revision } = await store.refresh();
        const names = selector === undefined ? [...pool.nodes.keys()] : selectNodes(pool, selector);
        const nodes = await nodeViews(pool, { boots, images: await images.list() }, names);
        return { revision, nodes, newMachines: selector === undefined ? await newMachines(pool, boots) : [] };
      },
    }),
    apiRoute({
      ...{ method: 'GET', path: '/nodes/{name}', may: 'viewer', summary: 'One node' },
      params: ByName,
      reply: NodeView.extend({ revision: z.int() }),
      answer: async ({ params: { name } }) => {
        const { pool, revision } = await store.refresh();
        requireNode(pool, name);
        const [view] = await nodeViews(pool, { boots, images: await images.list() }, [name]);
        if (view === undefined) throw new ReconError('not-found', `there is no node ${name}`);
        return { ...view, revision };
      },
    }),
    apiRoute({
      ...{
        method: 'GET',
        path: '/nodes/{name}/why',
        may: 'viewer',
        summary: 'Which line decides what a node or MAC address boots, and which would have',
      },
      params: ByName,
      reply: z.object({ text: z.string(), because: z.array(z.looseObject({ by: z.string(), outcome: z.string() })) }),
      answer: async ({ params: { name } }) => {
        const { pool } = await store.refresh();
        const mac = parseMac(name) ?? requireNode(pool, name).macs[0] ?? '';
        const machine = boots.machines().find((one) => one.mac === mac);
        const decision = decisionFor(pool, mac, machine, boots.historyOf(mac), boots.nowMs());
        return { text: whyText(name, decision), because: decision.because.map((line) => ({ ...line })) };
      },
    }),
    dmesgRoute(deps),
    releaseRoute(deps),
    ...changingRoutes(deps),
  ];
}

function dmesgRoute({ store, boots }: Pick<PoolApiDeps, 'store' | 'boots'>): ApiRoute {
  return apiRoute({
    ...{
      method: 'GET',
      path: '/nodes/{name}/dmesg',
      may: 'viewer',
      summary: "The kernel's messages that a node, or a machine by its MAC address, sent last",
    },
    params: ByName,
    reply: NodeDmesg,
    answer: async ({ params: { name } }) => {
      const { pool } = await store.refresh();
      const found = await boots.dmesgOf(parseMac(name) ?? requireNode(pool, name).macs[0] ?? '');
      if (found === undefined)
        throw new ReconError('not-found', `${name} has sent no messages of its kernel`, {
          hint: 'failsafe sends them with send-dmesg; a ramdisk does so itself when it does not go on.',
        });
      return found;
    },
  });
}

function releaseRoute({ store, boots, audit }: Pick<PoolApiDeps, 'store' | 'boots' | 'audit'>): ApiRoute {
  return apiRoute({
    ...{
      method: 'POST',
      path: '/nodes/{name}/release',
      may: 'admin',
      summary: 'Lets a node, or a machine by its MAC address, go on whose files are frozen, or that is held',
    },
    params: ByName,
    reply: z.object({ released: z.string(), why: z.string().meta({ description: 'what it was frozen or held for' }) }),
    answer: async ({ params: { name }, person, from }) => {
      const { pool } = await store.refresh();
      const mac = parseMac(name) ?? requireNode(pool, name).macs[0] ?? '';
      const { isReleased, why = '' } = boots.release(mac);
      if (!isReleased) throw new ReconError('nothing-to-do', `${name} is neither frozen nor held`);
      await audit.note({ who: person.name, from, what: `${name} is released; ${why}`, nodes: [name] });
      return { released: name, why };
    },
  });
}

function changingRoutes(deps: Pick<PoolApiDeps, 'store' | 'audit' | 'boots' | 'images'>): ApiRoute[] {
  const { store, images } = deps;
  return [
    apiRoute({
      ...{ method: 'POST', path: '/nodes', may: 'admin', summary: 'A new node' },
      ...{ isChange: true, body: NewNode, reply: ChangeReport },
      answer: async ({ body, ...asked }) => {
        await requireImagesOf((await store.refresh()).pool, images, [body]);
        return makeChange(deps, asked, addNodes([body]), [body.name]);
      },
    }),
    apiRoute({
      ...{ method: 'PATCH', path: '/nodes/{name}', may: 'admin', summary: 'Changes a node; null takes a value out' },
      ...{ isChange: true, params: ByName, body: NodePatch, reply: ChangeReport },
      answer: async ({ params: { name }, body, ...asked }) => {
        const { pool } = await store.refresh();
        const { boot, once } = pool.nodes.get(name) ?? {};
        // what was there before may be one whose image is gone: a form sends it along
        await requireImagesOf(pool, images, [{ boot: body.boot === boot ? null : body.boot, once: body.once === once ? null : body.once }]);
        return makeChange(deps, asked, setNode(name, body), [name]);
      },
    }),
    apiRoute({
      ...{ method: 'POST', path: '/nodes/{name}/rename', may: 'admin', summary: 'Gives a node another name; its history comes along' },
      ...{ isChange: true, params: ByName, body: z.strictObject({ to: PoolName }), reply: ChangeReport },
      answer: ({ params: { name }, body: { to }, ...asked }) => makeChange(deps, asked, renameNode(name, to), [name, to]),
    }),
    apiRoute({
      ...{ method: 'DELETE', path: '/nodes/{name}', may: 'admin', summary: 'Takes a node out' },
      ...{ isChange: true, params: ByName, reply: ChangeReport },
      answer: ({ params: { name }, ...asked }) => makeChange(deps, asked, removeNode(name), [name]),
    }),
    apiRoute({
      ...{ method: 'POST', path: '/nodes/{name}/replace-nic', may: 'admin', summary: 'Says that a node has another network card now' },
      ...{
        isChange: true,
        params: ByName,
        body: z.strictObject({ old: z.string().max(40), new: z.string().max(40) }),
        reply: ChangeReport,
      },
      answer: ({ params: { name }, body, ...asked }) => makeChange(deps, asked, replaceNic(name, body.old, body.new), [name]),
    }),
    apiRoute({
      ...{ method: 'POST', path: '/nodes/adopt', may: 'admin', summary: 'Makes a node of a machine that was seen' },
      ...{ isChange: true, body: z.strictObject({ mac: z.string().max(40), name: PoolName }), reply: ChangeReport },
      answer: ({ body: { mac, name }, ...asked }) => {
        const machine = deps.boots.machines().find((one) => one.mac === parseMac(mac));
        const facts = { mac, ...definedOnly({ serial: machine?.serial, uuid: machine?.uuid }) };
        return makeChange(deps, asked, adoptMachine(deps.store.state().pool, name, facts), [name]);
      },
    }),
  ];
}
