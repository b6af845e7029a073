import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { messageOf, stackOf } from '../../domain/values/message-of.ts';
import type { Log } from '../../platform/log.ts';

/** Seconds until a refused peer should try again. */
const RETRY_AFTER_SECONDS = 15;

/**
 * Turns failures into `{code, message, hint}`; the text of unexpected ones stays in our log. `explain`: a failure in better words, where there
 * are some. `alsoSays`: what else the answer to one holds.
 */
export function answerErrors(
  app: FastifyInstance,
  log: Log,
  explain: (error: unknown) => Promise<unknown>,
  alsoSays: (error: unknown) => object = () => ({}),
): void {
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ code: 'not-found', message: `there is nothing at ${request.url.slice(0, 200)}` }),
  );
  // before its body is read: who sends it slowly would hold its connection for a quarter of an hour
  app.addHook('onRequest', ({ is404, url }, _reply, done) => {
    done(is404 ? new ReconError('not-found', `there is nothing at ${url.slice(0, 200)}`) : undefined);
  });
  const answer = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const failure = asReconError(error);
    if (failure === undefined || failure.httpStatus === 500) {
      log.warn(`${request.method} ${request.url} from ${request.ip}: ${stackOf(error)}`);
    }
    if (failure === undefined)
      return reply.code(500).send({ code: 'internal', message: 'the server failed; its journal says why, and the screen of a master' });
    if (failure.httpStatus === 503) void reply.header('retry-after', RETRY_AFTER_SECONDS);
    const { code, message, hint } = failure;
    return reply.code(failure.httpStatus).send({ code, message, ...definedOnly({ hint }), ...alsoSays(error) });
  };
  // who has words for it already is answered at once: a request with garbage behind it gets its answer before the parser reaches that
  app.setErrorHandler((error, request, reply) => {
    if (asReconError(error) !== undefined && !(error instanceof ReconError && error.code === 'verify-failed'))
      return answer(error, request, reply);
    return explain(error).then((explained) => answer(explained, request, reply));
  });
}

function asReconError(error: unknown): ReconError | undefined {
  if (error instanceof ReconError) return error;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (status === 413) return new ReconError('body-too-large', 'the body is too large');
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  return new ReconError('body-malformed', messageOf(error));
}
