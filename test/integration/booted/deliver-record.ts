/** One machine's upload to a master on 127.0.0.1, with the token of its boot: arguments are its address and serial number. Prints the receipt. */
import {
  bootScriptPath,
  CAPTURE_HEADER,
  capturePath,
  recordPath,
  SHA256_HEADER,
  TOKEN_HEADER,
  tokenArchivePath,
} from '../../../src/domain/api.ts';
import { captureOf, recordFor, sha256Of } from '../../master/fixture-records.ts';

const [, , mac = '', serial = ''] = process.argv;
const ask = (path: string, init?: RequestInit): Promise<Response> => fetch(`http://127.0.0.1${path}`, init);

await ask(bootScriptPath(mac));
const archive = Buffer.from(await (await ask(tokenArchivePath(mac))).arrayBuffer()).toString('latin1');
const [, token = ''] = /recon-token\0+([0-9a-f]{64})/.exec(archive) ?? [];
const send = (path: string, body: Buffer, headers: Record<string, string> = {}): Promise<Response> =>
  ask(path, { method: 'PUT', body: new Uint8Array(body), headers: { [TOKEN_HEADER]: token, [SHA256_HEADER]: sha256Of(body), ...headers } });
const capture = captureOf({ 'capture.json': '{"captureVersion":1,"commands":[]}', 'fs/sys/x': serial });
await send(capturePath(mac), capture);
const answer = await send(recordPath(mac), Buffer.from(JSON.stringify(recordFor(serial))), { [CAPTURE_HEADER]: sha256Of(capture) });
console.log(await answer.text());
process.exitCode = answer.status === 200 ? 0 : 1;
