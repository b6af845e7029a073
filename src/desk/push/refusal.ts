import { ReconError } from '../../domain/errors.ts';
import { statusWords } from '../../platform/network/status-words.ts';
import { netboxWords } from './netbox-words.ts';

interface RefusedRequest {
  status: number;
  text: string;
  method: 'GET' | 'POST' | 'PATCH';
  /** `dcim.device`; undefined of what belongs to no kind */
  model: string | undefined;
}

/** What NetBox calls the right to do so (its REST API asks for view, add and change). */
const RIGHTS = { GET: 'view', POST: 'add', PATCH: 'change' } as const;

/** Why a request was turned away, and what to try. */
export function refusal(name: string, { status, text, method, model }: RefusedRequest): ReconError {
  const said = netboxWords(text);
  // NetBox answers 403 for a token that it does not know, and 401 behind some proxies
  if (status === 401 || (status === 403 && /token|credential|authenticat|inactive/i.test(said)))
    return new ReconError('netbox-refused', `${name} does not take the token: ${said}`, {
      hint: 'in NetBox: Admin, API Tokens. The file has the token alone, of version 2 the whole of nbt_KEY.TOKEN; look at its end date and allowed addresses.',
    });
  if (status === 403) {
    const right = model === undefined ? '' : `${model.replace('.', `.${RIGHTS[method]}_`)}`;
    return new ReconError('netbox-refused', `${name} does not let the token's user do that: ${said}`, {
      hint: `${right === '' ? 'the user needs more rights' : `its user needs the permission ${right}`}${method === 'GET' ? '' : ', and the token "write enabled"'}. What was done stays; run it again afterwards.`,
    });
  }
  if (status === 404)
    return new ReconError('netbox-unreachable', `${name} has no such address in its API${model === undefined ? '' : ` (${model})`}`, {
      hint: 'is that the URL that NetBox has in the browser, without /api? It takes NetBox 4.2 or newer.',
    });
  const words = statusWords(status);
  return new ReconError('netbox-unreachable', `${name} answered ${status}${words === undefined ? '' : ` (${words})`}: ${said}`, {
    hint:
      status >= 300 && status < 400
        ? 'it sends us elsewhere, and the token goes nowhere else: give the address that it has now, with https:'
        : 'what was done stays: run it again later, and it goes on',
  });
}
