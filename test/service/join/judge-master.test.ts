import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MasterAbout } from '../../../src/domain/api.ts';
import { RECORD_SCHEMA } from '../../../src/domain/record/node-record.ts';
import type { HttpAnswer } from '../../../src/peer/http-answer.ts';
import { judgeMaster } from '../../../src/service/join/judge-master.ts';

const OURS = '13.1.1';
const answer = (status: number, body: unknown): HttpAnswer => ({
  ...{ kind: 'answer', status, retryAfterMs: undefined },
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const about = (change: Partial<MasterAbout> | Record<string, unknown> = {}): HttpAnswer =>
  answer(200, { program: 'recon', role: 'master', version: OURS, recordSchema: RECORD_SCHEMA, ...change });

for (const [what, given, kind, words] of [
  ['the same version', about(), 'master', /same version, 13\.1\.1/],
  [
    'another version, the same form of records: said, and sent all the same',
    about({ version: '14.0.1' }),
    'master',
    /another version, 14\.0\.1; this machine has 13\.1\.1/,
  ],
  ['more than we know of it', about({ colour: 'red' }), 'master', /same version/],
  [
    'another form of records',
    about({ version: '20.0.1', recordSchema: RECORD_SCHEMA + 1 }),
    'other',
    /takes records of form 2.*boot it from the network/,
  ],
  ['a peer that answers', about({ role: 'peer' }), 'other', /does not say that it is a Recon master/],
  ['a router with a page', answer(200, '<html>'), 'other', /does not say/],
  ['a server that has not that page', answer(404, {}), 'other', /does not say/],
  ['one that is busy', answer(503, {}), 'silent', /503/],
  ['one that asks for patience', answer(429, {}), 'silent', /429/],
  ['nobody', { kind: 'none', why: 'connection refused' } as const, 'silent', /connection refused/],
] as const)
  test(what, () => {
    const verdict = judgeMaster(given, OURS);
    assert.equal(verdict.kind, kind);
    assert.match(verdict.kind === 'master' ? verdict.words : verdict.why, words);
  });
