import { z } from 'zod';
import { ReconError } from '../../../domain/errors.ts';
import { ChangeReport, FolderFiles, PoolDiff, type PoolMistake, PoolOverview, RevisionSummary } from '../../../domain/pool/api-views.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { inTurns } from '../../../platform/in-turns.ts';
import { replaceFiles } from '../../change/part-edits.ts';
import { type FileMistake, isPoolFile, poolInTurns } from '../../folder/parse-folder.ts';
import type { PoolState } from '../../store/pool-store.ts';
import { changesBetween, type Revision, type RevisionHead } from '../../store/revision.ts';
import type { PoolApiDeps } from '../parts/deps.ts';
import { lineDiff } from '../parts/line-diff.ts';
import { makeChange } from '../parts/make-change.ts';
import { poolLine } from '../parts/pool-line.ts';
import { type ApiRoute, apiRoute } from '../parts/route.ts';

const FOLDER_BYTES = 32 * 1024 * 1024;
const Files = z.strictObject({ files: FolderFiles.exactOptional().meta({ description: 'a whole folder; missing: the one of the head' }) });
const RevisionNumber = z.coerce.number().int().min(1).max(1e12);

/** The pool as a whole: its state, its history, its files. */
export function wholePoolRoutes(deps: Pick<PoolApiDeps, 'store' | 'audit' | 'certificate'>): ApiRoute[] {
  return [...folderRoutes(deps), applyRoute(deps), ...historyRoutes(deps)];
}

function folderRoutes({ store, certificate }: Pick<PoolApiDeps, 'store' | 'certificate'>): ApiRoute[] {
  return [
    apiRoute({
      ...{ method: 'GET', path: '/pool', may: 'viewer', summary: 'The state of the pool, and what is wrong in its folder' },
      reply: PoolOverview,
      answer: async () => ({ ...overview(await store.refresh()), ...definedOnly({ certificate: certificate.trouble() }) }),
    }),
    apiRoute({
      ...{
        method: 'POST',
        path: '/pool/check',
        may: 'viewer',
        summary: 'What would be wrong with a folder; changes nothing',
        mostBytes: FOLDER_BYTES,
      },
      body: Files,
      reply: PoolOverview.pick({ uncommitted: true, certificate: true, mistakes: true }).extend({ summary: z.string().exactOptional() }),
      answer: async ({ body }) => {
        if (body.files === undefined) {
          const { mistakes, pool, uncommitted } = await store.refresh();
          return {
            summary: poolLine(pool),
            mistakes: mistakes.map(mistakeView),
            ...definedOnly({ uncommitted, certificate: certificate.trouble() }),
          };
        }
        const outcome = await inTurns(poolInTurns(folderOf(body.files)));
        return outcome.outcome === 'ok'
          ? { summary: poolLine(outcome.pool), mistakes: [] }
          : { mistakes: outcome.mistakes.map(mistakeView) };
      },
    }),
    apiRoute({
      ...{ method: 'GET', path: '/pool/export', may: 'viewer', summary: 'Every file of the pool' },
      reply: z.object({ revision: z.int(), files: FolderFiles }),
      answer: async () => {
        const { revision, files } = await store.refresh();
        return { revision, files: Object.fromEntries(files) };
      },
    }),
  ];
}

function applyRoute(deps: Pick<PoolApiDeps, 'store' | 'audit'>): ApiRoute {
  const { store } = deps;
  return apiRoute({
    ...{
      method: 'POST',
      path: '/pool/apply',
      may: 'admin',
      summary: 'Takes a whole folder, or what was edited by hand',
      mostBytes: FOLDER_BYTES,
    },
    isChange: true,
    body: Files,
    reply: ChangeReport,
    answer: async ({ body, ...asked }) => {
      if (body.files !== undefined) return makeChange(deps, asked, replaceFiles(folderOf(body.files), 'a whole folder is applied'));
      asked.ifRevision();
      const before = store.state();
      const after = await store.refresh();
      if (after.mistakes.length > 0) throw new ReconError('pool-broken', 'the folder has mistakes', { hint: mistakesIn(after) });
      const [newest] = (await store.history()).slice(-1);
      return { revision: after.revision, isChanged: after.revision !== before.revision, what: newest?.what ?? 'nothing was edited' };
    },
  });
}

function historyRoutes(deps: Pick<PoolApiDeps, 'store' | 'audit'>): ApiRoute[] {
  const { store } = deps;
  return [
    apiRoute({
      ...{ method: 'GET', path: '/pool/history', may: 'viewer', summary: 'The accepted states, the newest first' },
      query: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
      reply: z.array(RevisionSummary),
      answer: async ({ query: { limit } }) => (await store.history()).slice(-limit).reverse().map(summaryOf),
    }),
    apiRoute({
      ...{ method: 'GET', path: '/pool/revisions/{revision}', may: 'viewer', summary: 'One accepted state, with its files' },
      params: z.strictObject({ revision: RevisionNumber }),
      reply: RevisionSummary.extend({ files: FolderFiles }),
      answer: async ({ params }) => {
        const revision = await oneRevision(deps, params.revision);
        return { ...summaryOf(revision), files: revision.files };
      },
    }),
    apiRoute({
      ...{ method: 'GET', path: '/pool/diff', may: 'viewer', summary: 'What differs between two revisions, line by line' },
      query: z.strictObject({ from: RevisionNumber, to: RevisionNumber }),
      reply: PoolDiff,
      answer: async ({ query: { from, to } }) => {
        const [before, after] = [await filesOf(deps, from), await filesOf(deps, to)];
        const files = changesBetween(before, after).map((change) => ({ path: change.path, lines: lineDiff(change) }));
        return { from, to, files };
      },
    }),
    apiRoute({
      ...{ method: 'POST', path: '/pool/rollback', may: 'admin', summary: 'Makes an earlier state the newest again' },
      isChange: true,
      body: z.strictObject({ revision: z.int().min(1) }),
      reply: ChangeReport,
      answer: async ({ body, ...asked }) =>
        makeChange(deps, asked, replaceFiles(await filesOf(deps, body.revision), `back to revision ${body.revision}`)),
    }),
  ];
}

function overview({ revision, pool, mistakes, uncommitted }: PoolState): PoolOverview {
  return {
    ...{ revision, summary: poolLine(pool), nodes: pool.nodes.size, groups: pool.groups.size, profiles: pool.profiles.size },
    ...{ unknown: pool.settings.unknown, default: pool.settings.default, rules: pool.settings.rules },
    mistakes: mistakes.map(mistakeView),
    ...definedOnly({ uncommitted }),
  };
}

function mistakeView({ file, line, message, hint }: FileMistake): z.infer<typeof PoolMistake> {
  return { file, line, message, ...definedOnly({ hint }) };
}

function mistakesIn({ mistakes }: PoolState): string {
  return mistakes.map(({ file, line, message }) => `${file} line ${line}: ${message}`).join('\n');
}

function summaryOf({ number, at, by, what }: RevisionHead): z.infer<typeof RevisionSummary> {
  return { revision: number, at, by, what };
}

async function oneRevision({ store }: Pick<PoolApiDeps, 'store'>, number: number): Promise<Revision> {
  const found = await store.revision(number);
  if (found !== undefined) return found;
  throw new ReconError('not-found', `there is no revision ${number}`, { hint: 'recon pool history shows those that are kept' });
}

async function filesOf(deps: Pick<PoolApiDeps, 'store'>, number: number): Promise<ReadonlyMap<string, string>> {
  return new Map(Object.entries((await oneRevision(deps, number)).files));
}

/** Only what says something in a pool's folder: a path from outside is never anything else. */
function folderOf(files: Record<string, string>): ReadonlyMap<string, string> {
  const stray = Object.keys(files).find((path) => !isPoolFile(path));
  if (stray !== undefined)
    throw new ReconError('usage', `${stray.slice(0, 80)} is no file of a pool`, {
      hint: 'It has pool.yaml, nodes.yaml, groups.yaml, nodes.d/ and profiles/.',
    });
  return new Map(Object.entries(files));
}
