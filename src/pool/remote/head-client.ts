import { z } from 'zod';
import { ERRORS, type ErrorCode, ReconError } from '../../domain/errors.ts';
import { POOL_API, ROUTES_HINT } from '../../domain/pool/api-path.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { errorCode } from '../../platform/files/files.ts';
import { type HttpReply, httpExchange, UntrustedCertificate } from '../../platform/network/http-exchange.ts';
import { BothSides, conflictText } from './conflict-text.ts';
import type { HeadConnection } from './head-connection.ts';

type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Asks a head. Each method throws what the head answered as a ReconError, or `head-unreachable`. */
export interface HeadClient {
  get<T>(path: string, reply: z.ZodType<T>, query?: Readonly<Record<string, string | undefined>>): Promise<T>;
  /** `ifRevision`: the state that a change was thought out on; missing: whatever is there */
  send<T>(method: Method, path: string, reply: z.ZodType<T>, given?: { body?: unknown; ifRevision?: number | undefined }): Promise<T>;
}

export function headClient(connection: HeadConnection): HeadClient {
  const ask = async <T>(
    method: 'GET' | Method,
    path: string,
    reply: z.ZodType<T>,
    more: { body?: string; headers?: Record<string, string> },
  ) => {
    const authorization = connection.token === undefined ? {} : { authorization: `Bearer ${connection.token}` };
    const got = await httpExchange(connection.target, {
      ...{ method, path: `${POOL_API}${path}`, headers: { accept: 'application/json', ...authorization, ...more.headers } },
      ...definedOnly({ body: more.body }),
    }).catch((cause: unknown) => {
      throw unreachable(connection, cause);
    });
    return readReply(connection, got, reply);
  };
  return {
    get: (path, reply, query = {}) => {
      const text = new URLSearchParams(definedOnly(query) as Record<string, string>).toString();
      return ask('GET', text === '' ? path : `${path}?${text}`, reply, {});
    },
    send: (method, path, reply, { body, ifRevision } = {}) =>
      ask(method, path, reply, {
        headers: {
          'if-match': ifRevision === undefined ? '*' : `"${ifRevision}"`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** Who types a command has no route before the eyes. */
const COMMAND_HINT = 'The same command with --help says how it is written.';

const Failure = z.looseObject({ code: z.string(), message: z.string(), hint: z.string().exactOptional() });

function readReply<T>({ name }: HeadConnection, { status, text }: HttpReply, reply: z.ZodType<T>): T {
  const json = jsonOf(text);
  if (status >= 200 && status < 300) {
    const parsed = reply.safeParse(json);
    if (parsed.success) return parsed.data;
    throw new ReconError('head-unreachable', `${name} does not answer as a head of this version does`, {
      hint: 'recon --version, here and there',
    });
  }
  const failure = Failure.safeParse(json);
  if (!failure.success)
    throw new ReconError('head-unreachable', `${name} answered with status ${status}, and not as a head does`, {
      hint: 'Is that its URL?',
    });
  const { code, message, hint } = failure.data;
  const conflict = BothSides.safeParse(json);
  throw new ReconError(isErrorCode(code) ? code : 'head-unreachable', message, {
    ...definedOnly({ hint: conflict.success ? conflictText(conflict.data) : hint === ROUTES_HINT ? COMMAND_HINT : hint }),
  });
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}

function unreachable({ name, target }: HeadConnection, cause: unknown): ReconError {
  if (cause instanceof UntrustedCertificate)
    return new ReconError('head-unreachable', `nothing was sent to ${name}: its certificate is not trusted (${cause.message})`, {
      ...{
        cause,
        hint: `Its fingerprint is ${cause.fingerprint}. If the head's log says the same, give it: --fingerprint ${cause.fingerprint}`,
      },
    });
  const code = errorCode(cause);
  const isLocal = 'socketPath' in target;
  if (isLocal && code === 'EACCES')
    return new ReconError('head-unreachable', `only root may use ${name}`, { cause, hint: 'sudo, or --head URL with --token-file' });
  if (code === 'EPIPE' || code === 'ECONNRESET')
    return new ReconError('head-unreachable', `${name} took no more of what was sent: ${messageOf(cause)}`, {
      ...{ cause, hint: 'Was that the right file? A head takes lists of some megabytes; recon pool check says whether it is up.' },
    });
  if (isLocal && (code === 'ENOENT' || code === 'ECONNREFUSED'))
    return new ReconError('head-unreachable', `no head runs on this machine`, {
      ...{ cause, hint: 'recon head serve starts one; --head URL names one elsewhere, --socket another socket' },
    });
  return new ReconError('head-unreachable', `${name} cannot be reached: ${messageOf(cause)}`, {
    cause,
    hint: 'Is it up, and is that its URL?',
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
