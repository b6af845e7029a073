import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { rateLimit } from '../../master/http/rate-limit.ts';
import { DMESG_BYTES } from '../history/kernel-messages.ts';
import { RamdiskReport } from '../history/ramdisk-report.ts';
import { type AskingMachine, askingMachine } from './asking-machine.ts';
import { requireToken } from './known-token.ts';
import type { MachinesDeps } from './machines-deps.ts';

type Deps = Pick<MachinesDeps, 'pool' | 'leases' | 'tokens' | 'limits' | 'book' | 'kernelMessages' | 'now'>;

const PROGRESS_BYTES = 8 * 1024;
/** A boot says some four things, and is tried again at most as often as the loop guard lets it. */
const REPORTS = { burst: 30, perSecond: 0.2 };

/** What a ramdisk says while nothing else can: how far it is, why it stops, and its kernel's messages. All of it is data for people. */
export function reportRoutes(app: FastifyInstance, deps: Deps): void {
  const perAddress = rateLimit({ ...REPORTS, keys: deps.limits.machines });
  const admitted = (request: FastifyRequest): AskingMachine => {
    const asker = askingMachine(request, deps);
    requireToken(deps, asker, request);
    return asker;
  };
  // before a byte of the body is read
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    const { address } = admitted(request);
    if (!perAddress.take(address)) throw new ReconError('busy', `${address} reports too often`, { hint: 'Wait a minute.' });
  };
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.post('/nodes/:mac/progress', { bodyLimit: PROGRESS_BYTES, onRequest }, async (request, reply) => {
    const report = RamdiskReport.safeParse(request.body);
    if (!report.success) throw new ReconError('body-malformed', `not a report of a ramdisk: ${report.error.issues[0]?.message ?? ''}`);
    noteProgress(deps, admitted(request), report.data);
    return reply.code(204).send();
  });
  app.post('/nodes/:mac/dmesg', { bodyLimit: DMESG_BYTES, onRequest }, async (request, reply) => {
    const { body } = request;
    if (!Buffer.isBuffer(body)) throw new ReconError('body-malformed', "kernel's messages come as application/octet-stream");
    const asker = admitted(request);
    await deps.kernelMessages.keep(asker.mac, body);
    deps.book.note(asker, () => ({ dmesgAt: deps.now().toISOString() }));
    return reply.code(204).send();
  });
}

function noteProgress({ book, now }: Pick<Deps, 'book' | 'now'>, asker: AskingMachine, report: RamdiskReport): void {
  const progress = { at: now().toISOString(), report };
  const problem = report.problem === undefined ? {} : { problem: progress };
  book.note(asker, () => ({ progress, ...problem, ...definedOnly({ linkSeconds: report.facts?.linkSeconds }) }));
}
