import { z } from 'zod';
import { ReconError } from '../../../domain/errors.ts';
import { ChangeReport, type ImportLine, ImportPreview, VisitReading } from '../../../domain/pool/api-views.ts';
import { NewNode } from '../../../domain/pool/node-patch.ts';
import type { Pool } from '../../../domain/pool/pool.ts';
import { messageOf } from '../../../domain/values/message-of.ts';
import { inTurns } from '../../../platform/in-turns.ts';
import { type CsvLine, linesOfCsv, nodesFromCsv } from '../../change/import-csv.ts';
import { addNodes } from '../../change/node-edits.ts';
import { planImport } from '../../change/plan-import.ts';
import { poolInTurns } from '../../folder/parse-folder.ts';
import type { PoolApiDeps } from '../parts/deps.ts';
import { requireImagesOf } from '../parts/known-image.ts';
import { makeChange } from '../parts/make-change.ts';
import { type ApiRoute, apiRoute, FILE_TYPE } from '../parts/route.ts';

const IMPORT_BYTES = 16 * 1024 * 1024;
const Order = z.union([
  z.strictObject({
    csv: z.string(),
    update: z.literal(true).exactOptional().meta({ description: 'a line with the name of a node that is there changes it' }),
  }),
  z.strictObject({ nodes: z.array(NewNode).min(1).max(100_000) }),
]);

/** Many nodes at once: looked at first, and taken whole or not at all. */
export function importRoutes(deps: Pick<PoolApiDeps, 'store' | 'audit' | 'visits' | 'images'>): ApiRoute[] {
  return [previewRoute(deps), visitRoute(deps), importRoute(deps)];
}

function previewRoute({ store, images }: Pick<PoolApiDeps, 'store' | 'images'>): ApiRoute {
  return apiRoute({
    ...{ method: 'POST', path: '/nodes/import/preview', may: 'admin', summary: 'What each line of a list would do; changes nothing' },
    ...{ mostBytes: IMPORT_BYTES, body: z.strictObject({ csv: z.string() }), reply: ImportPreview },
    answer: async ({ body: { csv } }) => {
      const { pool, files, revision } = await store.refresh();
      const found = linesOfCsv(csv);
      if ('mistakes' in found) return { revision, lines: found.mistakes.map(refusedLine), mistakes: [] };
      const { lines, edit } = planImport(pool, found.lines);
      const outcome = await inTurns(poolInTurns(await inTurns(edit.edit(files))));
      const missing = await requireListedImages(pool, images, found.lines).then(
        () => [],
        (error: unknown) => [messageOf(error)],
      );
      return {
        revision,
        lines,
        mistakes: [...(outcome.outcome === 'ok' ? [] : outcome.mistakes.map(({ message }) => message)), ...missing],
      };
    },
  });
}

function visitRoute({ store, visits }: Pick<PoolApiDeps, 'store' | 'visits'>): ApiRoute {
  return apiRoute({
    ...{
      method: 'POST',
      path: '/nodes/import/visit',
      may: 'admin',
      summary: 'Nodes that the machines of a visit may become; changes nothing',
    },
    ...{ takesFile: FILE_TYPE, reply: VisitReading },
    answer: async ({ upload }) => {
      const there = [...(await store.refresh()).pool.nodes].map(([name, { macs }]) => ({ name, macs }));
      if (upload === undefined) throw new ReconError('usage', 'no tarball was sent');
      return visits.read(upload, there);
    },
  });
}

function importRoute(deps: Pick<PoolApiDeps, 'store' | 'audit' | 'images'>): ApiRoute {
  const { store, images } = deps;
  return apiRoute({
    ...{ method: 'POST', path: '/nodes/import', may: 'admin', summary: 'Many nodes, all or none: as a list, or as CSV' },
    ...{ mostBytes: IMPORT_BYTES, isChange: true, body: Order, reply: ChangeReport },
    answer: async ({ body, ...asked }) => {
      if ('csv' in body && body.update === true) {
        const { edit, names, listed } = planOf(deps, body.csv);
        await requireListedImages((await store.refresh()).pool, images, listed);
        return makeChange(deps, asked, edit, names);
      }
      const nodes = 'nodes' in body ? body.nodes : nodesOfCsv(body.csv);
      await requireImagesOf((await store.refresh()).pool, images, nodes);
      return makeChange(
        deps,
        asked,
        addNodes(nodes),
        nodes.map(({ name }) => name),
      );
    },
  });
}

/** @throws ReconError `usage` with every line that is refused */
function planOf({ store }: Pick<PoolApiDeps, 'store'>, csv: string): ReturnType<typeof planImport> & { listed: readonly CsvLine[] } {
  const found = linesOfCsv(csv);
  if ('mistakes' in found) throw refused(found.mistakes.map(refusedLine));
  const plan = planImport(store.state().pool, found.lines);
  const bad = plan.lines.filter(({ outcome }) => outcome === 'refused');
  if (bad.length > 0) throw refused(bad);
  return { ...plan, listed: found.lines };
}

/** Of what a list says that is not so already. @throws ReconError `usage` */
async function requireListedImages({ nodes, profiles }: Pool, images: PoolApiDeps['images'], lines: readonly CsvLine[]): Promise<void> {
  const written = lines.flatMap(({ node }) => (node === undefined || nodes.get(node.name)?.boot === node.boot ? [] : [node]));
  await requireImagesOf({ profiles }, images, written);
}

function nodesOfCsv(csv: string): NewNode[] {
  const outcome = nodesFromCsv(csv);
  if (outcome.outcome === 'ok') return outcome.nodes;
  throw refused(outcome.mistakes.map(refusedLine));
}

function refused(lines: readonly ImportLine[]): ReconError {
  const texts = lines.flatMap(({ line, says }) => says.map((text) => `line ${line ?? 1}: ${text}`));
  return new ReconError('usage', 'nothing of this list was taken', { hint: texts.join('\n') });
}

function refusedLine({ line, message, hint }: CsvLine['mistakes'][number]): ImportLine {
  return { line, outcome: 'refused', says: [hint === undefined ? message : `${message}; ${hint}`] };
}
