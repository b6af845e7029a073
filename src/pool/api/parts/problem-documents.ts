import type { FastifyInstance } from 'fastify';
import { ROUTES_HINT } from '../../../domain/pool/api-path.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { statusWords } from '../../../platform/network/status-words.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/**
 * Makes each refusal a problem document (RFC 9457), for programs that know nothing of us; `code`, `message` and `hint` stay beside its members. What has no hint of
 * its own gets one: nobody is left with a number.
 */
export function answerProblems(app: FastifyInstance): void {
  app.addHook('preSerialization', (_request, reply, payload, done) => {
    if (reply.statusCode < 400 || !isFailure(payload)) return done(null, payload);
    void reply.type(PROBLEM_TYPE);
    const message = payload.code === 'internal' ? 'the head failed' : payload.message;
    const members = { type: 'about:blank', title: statusWords(reply.statusCode) ?? 'refused', status: reply.statusCode, detail: message };
    return done(null, { ...members, ...payload, message, ...definedOnly({ hint: payload.hint ?? HINTS[payload.code] }) });
  });
}

const HINTS: Readonly<Record<string, string>> = {
  internal: 'Its log says why: journalctl -u recon-head',
  forbidden: 'recon user list, on the head, says who has which role.',
  busy: 'Ask again in a moment.',
  'not-found': ROUTES_HINT,
  'body-malformed': ROUTES_HINT,
  'body-too-large': 'Send less at once.',
};

function isFailure(payload: unknown): payload is { code: string; message: string; hint?: string } {
  return typeof payload === 'object' && payload !== null && 'code' in payload && 'message' in payload;
}
