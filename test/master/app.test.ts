import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { MasterAbout, SHA256_HEADER, TOKEN_HEADER } from '../../src/domain/api.ts';
import { ReconError } from '../../src/domain/errors.ts';
import type { LedgerEvent } from '../../src/domain/ledger.ts';
import { NodeRecord, RECORD_SCHEMA } from '../../src/domain/record/node-record.ts';
import { appFixture, IMAGE } from './app-fixture.ts';
import { recordFor, sha256Of } from './fixture-records.ts';

const MAC = '52:54:00:00:00:01';
const PATH = '/nodes/52-54-00-00-00-01';

describe('HTTP of the master', () => {
  it('serves menu, script and token; the script holds no token', async () => {
    await using fixture = await appFixture();
    const { app, deps } = fixture;
    assert.match((await app.inject('/menu.ipxe')).body, /^#!ipxe\n/);
    assert.equal((await app.inject(`${PATH}/token.cpio`)).statusCode, 404, 'no token before the script');
    const script = await app.inject(`${PATH}/boot.ipxe?serial=%00%ff&buildarch=x86_64&serial=twice`);
    assert.equal(script.statusCode, 200);
    const token = deps.tokens.newest(MAC)?.token ?? '';
    assert.ok(!script.body.includes(token));
    assert.ok((await app.inject(`${PATH}/token.cpio`)).rawPayload.includes(token));
    assert.equal(deps.ledger.machine(MAC)?.stage, 'script');
    await deps.leases.add('52:54:00:00:00:99', '127.0.0.1');
    assert.equal((await app.inject(`${PATH}/token.cpio`)).statusCode, 403, 'another machine asks for it');
  });

  it('binds a token to the address that asked for it, or to the lease of the machine', async () => {
    await using fixture = await appFixture();
    const { app, deps } = fixture;
    const at = (remoteAddress: string, url: string, options = {}) => app.inject({ url, remoteAddress, ...options });
    assert.equal((await at('10.77.1.1', `${PATH}/boot.ipxe`)).statusCode, 200);
    assert.equal((await at('10.77.1.2', `${PATH}/token.cpio`)).json().code, 'forbidden');
    const headers = { [TOKEN_HEADER]: deps.tokens.newest(MAC)?.token ?? '' };
    const report = { method: 'POST', headers, payload: '{"stage":"agent"}' };
    assert.equal((await at('10.77.1.1', `${PATH}/progress`, report)).statusCode, 204);
    assert.equal((await at('10.77.1.2', `${PATH}/progress`, report)).json().code, 'token-wrong');
    await deps.leases.add(MAC, '10.77.1.2');
    assert.equal((await at('10.77.1.2', `${PATH}/progress`, report)).statusCode, 204, 'the machine moved with its lease');
    assert.equal((await at('10.77.1.1', `${PATH}/boot.ipxe`)).json().code, 'forbidden', 'the machine is elsewhere');
    assert.equal(
      (await at('10.77.1.2', '/nodes/52-54-00-00-00-02/boot.ipxe')).json().code,
      'forbidden',
      'the address is of another machine',
    );
    assert.equal(deps.ledger.machine('52:54:00:00:00:02'), undefined);
  });

  it('uses a token for one record, and for the same one again', async () => {
    await using fixture = await appFixture();
    const { app, deps } = fixture;
    const token = await deps.tokens.mint(MAC, '127.0.0.1');
    const put = (serial: string) => {
      const payload = JSON.stringify(recordFor(serial));
      return app.inject({
        method: 'PUT',
        url: `${PATH}/record`,
        headers: { [TOKEN_HEADER]: token, [SHA256_HEADER]: sha256Of(payload) },
        payload,
      });
    };
    const answers = [await put('A'), await put('A'), await put('B')];
    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [200, 200, 403],
    );
    assert.equal(answers[1]?.body, answers[0]?.body);
  });

  it('limits the scripts that one address may ask for, and the machines that there may be', async () => {
    await using fixture = await appFixture({ limits: { scriptBurst: 3, scriptsPerSecond: 0 } });
    const { app } = fixture;
    const ask = (remoteAddress: string, number: number) => app.inject({ url: `/nodes/52-54-00-00-01-0${number}/boot.ipxe`, remoteAddress });
    const statuses: number[] = [];
    for (let number = 0; number < 5; number += 1) statuses.push((await ask('10.77.1.1', number)).statusCode);
    assert.deepEqual(statuses, [200, 200, 200, 503, 503]);
    const refused = await ask('10.77.1.1', 9);
    assert.deepEqual([refused.json().code, Number(refused.headers['retry-after']) > 0], ['busy', true]);
    assert.equal((await ask('10.77.1.2', 1)).statusCode, 200);
    const ofOneNetwork = await Promise.all([1, 2, 3, 4].map((host) => ask(`2001:db8::${host}`, host + 3)));
    assert.deepEqual(ofOneNetwork.map(({ statusCode }) => statusCode).sort(), [200, 200, 200, 503], 'a /64 is one client');
  });

  it('notes bytes, rate and resumption of a transfer', async () => {
    await using fixture = await appFixture();
    const { app, deps } = fixture;
    await deps.leases.add(MAC, '127.0.0.1');
    const base = await app.listen({ host: '127.0.0.1', port: 0 });
    const load = async (headers: Record<string, string>): Promise<LedgerEvent> => {
      const noted = new Promise<LedgerEvent>((resolve) => {
        const leave = deps.ledger.subscribe((event) => {
          leave();
          resolve(event);
        });
      });
      await (await fetch(`${base}/install/recon/recon-13.0.1.squashfs`, { headers })).arrayBuffer();
      return noted;
    };
    const resumed = await load({ range: 'bytes=400-' });
    assert.deepEqual([resumed.stage, resumed.bytes, resumed.totalBytes, resumed.resumedAtBytes], ['root-image', 1000, 1000, 400]);
    assert.ok((resumed.bytesPerSecond ?? 0) > 0);
    const whole = await load({});
    assert.deepEqual([whole.bytes, whole.totalBytes, whole.resumedAtBytes], [1000, 1000, undefined]);
    assert.equal(deps.ledger.history(MAC).length, 2);
  });

  it('serves the image with ranges, and nothing else of the medium', async () => {
    await using fixture = await appFixture();
    const { app } = fixture;
    const url = '/install/recon/recon-13.0.1.squashfs';
    const whole = await app.inject(url);
    assert.deepEqual(whole.rawPayload, IMAGE.rootImage);
    assert.equal(whole.headers.etag, `"${sha256Of(IMAGE.rootImage)}"`);
    const part = await app.inject({ url, headers: { range: 'bytes=5-14', 'if-range': String(whole.headers.etag) } });
    assert.equal(part.statusCode, 206);
    assert.equal(part.body, '5678901234');
    assert.equal(part.headers['content-range'], 'bytes 5-14/1000');
    assert.equal((await app.inject({ url, headers: { range: 'bytes=5-14', 'if-range': '"old"' } })).statusCode, 200);
    assert.equal((await app.inject({ url, headers: { range: 'bytes=1000-' } })).statusCode, 416);
    assert.equal((await app.inject({ url, headers: { 'if-none-match': String(whole.headers.etag) } })).statusCode, 304);
    const head = await app.inject({ method: 'HEAD', url });
    assert.equal(head.headers['content-length'], '1000');
    assert.equal(head.body, '');
    for (const other of ['manifest.json', '..%2f..%2frecon%2fmanifest.json', 'squashfs.img']) {
      assert.equal((await app.inject(`/install/recon/${other}`)).statusCode, 404, other);
    }
    assert.equal((await app.inject('/install/loader/snponly.efi')).body, 'efi loader');
    assert.equal((await app.inject('/install/loader/..%2ftokens.jsonl')).statusCode, 404);
  });

  it('serves ISO images by name only', async () => {
    await using fixture = await appFixture();
    const { app } = fixture;
    assert.deepEqual((await app.inject('/isos/')).json(), [{ name: 'rescue.iso', sizeBytes: 8 }]);
    assert.equal((await app.inject('/isos/rescue.iso')).body, 'an image');
    assert.equal((await app.inject('/isos/notes.txt')).statusCode, 404);
  });

  it('serves the built-in workload, or the one on the stick', async () => {
    await using fixture = await appFixture();
    assert.equal((await fixture.app.inject('/post.tgz')).body, 'built-in workload');
    await writeFile(join(fixture.deps.dataDirectory, 'post.tgz'), 'replaced');
    assert.equal((await fixture.app.inject('/post.tgz')).body, 'replaced');
    const { headers } = await fixture.app.inject({ method: 'HEAD', url: '/post.tgz' });
    assert.deepEqual([headers['content-length'], headers['accept-ranges']], ['8', 'bytes']);
    const rest = await fixture.app.inject({ url: '/post.tgz', headers: { range: 'bytes=3-', 'if-range': String(headers.etag) } });
    assert.deepEqual([rest.statusCode, rest.body], [206, 'laced']);
    assert.equal((await fixture.app.inject({ url: '/post.tgz', headers: { 'if-none-match': String(headers.etag) } })).statusCode, 304);
  });

  it('takes a record, shows it, and exports it from RAM when asked', async () => {
    await using fixture = await appFixture();
    const { app, deps } = fixture;
    const token = await deps.tokens.mint(MAC, '127.0.0.1');
    const payload = JSON.stringify(recordFor('S1'));
    const headers = { [TOKEN_HEADER]: token, [SHA256_HEADER]: sha256Of(payload), 'content-type': 'application/json' };
    const put = await app.inject({ method: 'PUT', url: `${PATH}/record`, headers, payload });
    assert.equal(put.statusCode, 200, put.body);
    assert.equal(put.json().recordSha256, sha256Of(payload));
    const [node] = (await app.inject('/nodes')).json();
    assert.deepEqual([node.mac, node.serial, node.hasReceipt, node.stage], [MAC, 'S1', true, 'receipt']);
    assert.deepEqual((await app.inject(`${PATH}/record`)).json(), recordFor('S1'));
    const [listed] = (await app.inject('/export/')).json();
    assert.equal(listed.name, 'recon-lab-2026-11-20.tar.gz');
    assert.equal((await app.inject(`/export/${listed.name}`)).rawPayload.length, listed.sizeBytes);
    assert.equal((await app.inject('/ready')).json().records, 1);
  });

  it('says who it is, to whoever asks, in a form that the asking machine takes', async () => {
    await using fixture = await appFixture();
    const { app } = fixture;
    const about = MasterAbout.parse((await app.inject('/about')).json());
    assert.deepEqual(about, { program: 'recon', role: 'master', version: '13.0.1', recordSchema: RECORD_SCHEMA });
    const record = { ...recordFor('SN-1'), schemaVersion: about.recordSchema };
    assert.equal(NodeRecord.safeParse(record).success, true, 'the form that it takes');
    assert.equal(NodeRecord.safeParse({ ...record, schemaVersion: about.recordSchema + 1 }).success, false);
  });

  it('takes progress from the machine itself only', async () => {
    await using fixture = await appFixture();
    const { app, deps } = fixture;
    const token = await deps.tokens.mint(MAC, '127.0.0.1');
    const post = (headers: Record<string, string>, payload: string) =>
      app.inject({ method: 'POST', url: `${PATH}/progress`, headers, payload });
    assert.equal((await post({ [TOKEN_HEADER]: token }, '{"stage":"collect","detail":"dmidecode"}')).statusCode, 204);
    assert.equal(deps.ledger.machine(MAC)?.detail, 'dmidecode');
    assert.equal((await post({}, '{"stage":"collect"}')).json().code, 'token-wrong');
    assert.equal((await post({ [TOKEN_HEADER]: token }, '{"stage":"receipt"}')).json().code, 'body-malformed');
    assert.equal(
      (await post({ [TOKEN_HEADER]: token }, `{"stage":"collect","detail":"${'x'.repeat(10_000)}"}`)).json().code,
      'body-too-large',
    );
  });

  it('while the stick is gone it says so wherever it matters, and shows no empty list', async () => {
    const gone = new ReconError('medium-failed', 'the stick is gone: nothing is stored');
    const medium = {
      requireThere: () => {
        throw gone;
      },
      explain: async (error: unknown) => (error instanceof Error && 'code' in error && error.code === 'EIO' ? gone : error),
    };
    const storageTrouble = { state: 'gone', sentence: 'The stick is gone.', hint: 'Plug it in.' } as const;
    const seal = async (): Promise<never> => {
      throw Object.assign(new Error('i/o error'), { code: 'EIO' });
    };
    await using fixture = await appFixture({ medium, storageTrouble, seal });
    const { app } = fixture;
    for (const url of ['/export/', '/export/recon-x.tar.gz', '/isos/', '/isos/rescue.iso', '/post.tgz']) {
      const answer = await app.inject(url);
      assert.deepEqual([answer.statusCode, answer.headers['retry-after'], answer.json().code], [503, '15', 'medium-failed'], url);
    }
    assert.equal((await app.inject({ method: 'POST', url: '/control/seal' })).statusCode, 503);
    assert.equal((await app.inject('/ready')).json().storageTrouble.state, 'gone');
    assert.equal((await app.inject('/visit')).json().storageTrouble.sentence, 'The stick is gone.');
  });

  it('hides the text of its own failures, and seals for itself only', async () => {
    const secret = new Error('secret path');
    await using fixture = await appFixture({ seal: () => Promise.reject(secret) });
    const { app } = fixture;
    const failed = await app.inject({ method: 'POST', url: '/control/seal' });
    assert.equal(failed.statusCode, 500);
    assert.ok(!failed.body.includes('secret'));
    assert.equal((await app.inject({ method: 'POST', url: '/control/seal', remoteAddress: '10.77.1.1' })).json().code, 'pin-wrong');
    assert.equal((await app.inject('/nodes/not-a-mac')).statusCode, 404);
    assert.equal((await app.inject('/nothing')).json().code, 'not-found');
  });
});
