import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type IssuerMischief, issuerYaml, labIssuer } from '../people/lab-issuer.ts';
import { HOST, PASSWORD, poolRig } from './pool-rig.ts';

const RETURN = '/api/v1/session/issuer/return';

/** A head with the issuer in its users.yaml, and a browser that keeps cookies and follows one step at a time. */
async function issuerRig(t: TestContext, more: Record<string, unknown> = {}) {
  const lab = await labIssuer();
  t.after(() => lab[Symbol.asyncDispose]());
  const rig = await poolRig(t);
  await rig.people.setUp(await rig.people.addUser('ada', { role: 'admin' }), PASSWORD, 'rig');
  const file = join(rig.directory, 'users.yaml');
  const setIssuer = async (changes: Record<string, unknown>): Promise<void> => {
    const local = (await readFile(file, 'utf8')).replace(/^oidc:.*\n/m, '');
    await writeFile(file, `${local}${issuerYaml(lab.issuer, changes)}`);
  };
  await setIssuer(more);
  /** as a browser that begins at our page: gives where the issuer sends it back to, and the cookie */
  const away = async (): Promise<{ back: URL; cookie: string }> => {
    const begun = await rig.ask('GET', '/session/issuer');
    assert.equal(begun.status, 303);
    const cookie = String(begun.headers['set-cookie']).split(';')[0] ?? '';
    const there = await fetch(String(begun.headers.location), { redirect: 'manual' });
    return { back: new URL(there.headers.get('location') ?? ''), cookie };
  };
  const back = async (query: string, cookie: string) =>
    rig.ask('GET', `${RETURN}${query}`, { headers: { cookie, 'sec-fetch-site': 'cross-site' } });
  const signIn = async (mischief: IssuerMischief = {}) => {
    lab.state.mischief = mischief;
    const { back: to, cookie } = await away();
    return back(to.search, cookie);
  };
  return { ...rig, lab, away, back, signIn, setIssuer };
}

test('there and back: state, nonce and PKCE hold, the role comes from the claim, and the session is like any other', async (t) => {
  const { ask, lab, away, back, audit } = await issuerRig(t);
  assert.deepEqual((await ask('GET', '/session')).json, { issuer: { title: 'Lab' } });
  const begun = await ask('GET', '/session/issuer');
  const asked = new URL(String(begun.headers.location)).searchParams;
  assert.deepEqual(
    [asked.get('response_type'), asked.get('code_challenge_method'), asked.get('scope'), asked.get('redirect_uri')],
    ['code', 'S256', 'openid profile', `http://${HOST}${RETURN}`],
  );
  assert.match(
    String(begun.headers['set-cookie']),
    /^__Host-recon-issuer=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  const { back: to, cookie } = await away();
  const done = await back(to.search, cookie);
  assert.deepEqual([done.status, done.headers.location], [303, '/']);
  const [session = '', gone] = [done.headers['set-cookie']].flat().map(String);
  assert.match(session, /^__Host-recon=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  assert.match(gone ?? '', /^__Host-recon-issuer=; Max-Age=0/);
  const headers = { cookie: session.split(';')[0] ?? '' };
  assert.deepEqual((await ask('GET', '/session', { headers })).json.person, { name: 'oidc anna', role: 'admin' });
  assert.equal((await ask('GET', '/audit', { headers })).status, 200);
  assert.equal((await ask('GET', '/own/tokens', { headers })).status, 403, 'a token would outlive what the issuer says');
  assert.ok((await audit.read()).some(({ who, what }) => who === 'oidc anna' && what === 'signed in by the issuer'));
  assert.equal((await back(to.search, cookie)).headers.location, '/#sign-in=refused', 'the same way back works once');
  assert.equal(lab.state.discoveries, 1, 'who is not signed in does not make the head ask all the time');
});

test('who has another group has another role; who has none is told so, and a role that is taken away ends the session', async (t) => {
  const { ask, lab, signIn, setIssuer } = await issuerRig(t);
  lab.state.user = { sub: '2', preferred_username: 'bob', groups: ['other', 'rack1-team'] };
  const cookie = String([(await signIn()).headers['set-cookie']].flat()[0]).split(';')[0] ?? '';
  const who = async () => (await ask('GET', '/session', { headers: { cookie } })).json.person;
  assert.deepEqual(await who(), { name: 'oidc bob', role: 'operator', groups: ['rack1'] });
  await setIssuer({ roles: [{ when: 'recon-admins', role: 'admin' }] });
  assert.equal(await who(), undefined, 'what users.yaml says now counts');
  assert.equal((await signIn()).headers.location, '/#sign-in=no-role');
  await setIssuer({ roleClaim: 'realm_access.roles', nameClaim: 'email', roles: [{ when: '*', role: 'viewer' }] });
  lab.state.user = { sub: '3', email: 'c@example.org', realm_access: { roles: ['x'] } };
  const viewer = String([(await signIn()).headers['set-cookie']].flat()[0]).split(';')[0] ?? '';
  assert.deepEqual((await ask('GET', '/session', { headers: { cookie: viewer } })).json.person, {
    name: 'oidc c@example.org',
    role: 'viewer',
  });
});

test('claims that stand at UserInfo alone count, unless they are about somebody else', async (t) => {
  const { lab, signIn, ask } = await issuerRig(t);
  const done = await signIn({ userInfo: 'alone' });
  assert.equal(done.headers.location, '/');
  const [session = ''] = [done.headers['set-cookie']].flat().map(String);
  const { json } = await ask('GET', '/session', { headers: { cookie: session.split(';')[0] ?? '' } });
  assert.deepEqual(json.person, { name: 'oidc anna', role: 'admin' });
  assert.equal((await signIn({ userInfo: 'unlike' })).headers.location, '/#sign-in=refused');
  // what the ID token says counts more
  lab.state.user = { sub: '1001', groups: ['recon-admins'] };
  assert.equal(
    (await signIn({ userInfo: 'alone', claims: { groups: ['nobody'], preferred_username: 'anna' } })).headers.location,
    '/#sign-in=no-role',
  );
});

test('an issuer that has new keys, under the same name too, goes on at once; a client that it does not know is said so', async (t) => {
  const { signIn, setIssuer, warnings } = await issuerRig(t);
  assert.equal((await signIn()).headers.location, '/');
  for (const _ of [1, 2]) assert.equal((await signIn({ newKeys: true })).headers.location, '/');
  await setIssuer({ clientSecret: 'of last year' });
  assert.equal((await signIn()).headers.location, '/#sign-in=refused');
  assert.match(warnings.at(-1) ?? '', /does not take clientId and clientSecret of users\.yaml/);
});

test('hostile answers of an issuer, or of who pretends to be one: nobody is let in, and the log says why', async (t) => {
  const { signIn, warnings } = await issuerRig(t);
  const past = Math.floor(Date.now() / 1000) - 3600;
  const hostile: [name: string, mischief: IssuerMischief, why: RegExp][] = [
    ['another state', { stateBack: 'x'.repeat(43) }, /state/],
    ['no state', { stateBack: '' }, /state/],
    ['another nonce', { claims: { nonce: 'n' } }, /nonce/],
    ['no nonce', { claims: { nonce: undefined } }, /nonce/],
    ['for another client', { claims: { aud: 'somebody' } }, /"aud"/],
    ['for two, and the other one may use it', { claims: { aud: ['recon', 'somebody'], azp: 'somebody' } }, /"azp"/],
    ['over', { claims: { exp: past, iat: past - 300 } }, /"exp"/],
    ['without an end', { claims: { exp: undefined } }, /"exp"/],
    ['of another issuer', { claims: { iss: 'https://evil.example' } }, /"iss"/],
    ['without a signature', { alg: 'none' }, /alg/],
    ['signed by a key of somebody else', { signWith: 'another key' }, /signature/],
    ['a name that is none', { claims: { preferred_username: 'anna\nroot: admin' } }, /no usable name/],
    ['the person said no', { refuse: 'access_denied' }, /access_denied/],
    ['an error that would be two lines of the log', { refuse: 'x\nALARM: y' }, /\(x ALARM: y\)$/],
  ];
  for (const [name, mischief, why] of hostile) {
    warnings.length = 0;
    const { status, headers } = await signIn(mischief);
    assert.deepEqual([status, headers.location], [303, '/#sign-in=refused'], name);
    assert.ok(![headers['set-cookie']].flat().some((text) => String(text).startsWith('__Host-recon=')), `${name}: there is no session`);
    assert.match(warnings.join('\n'), why, name);
  }
  assert.equal((await signIn()).headers.location, '/', 'a good one is let in by the same rig');
});

test('the way back is tied to the browser that began it, and nothing of it is believed by itself', async (t) => {
  const { ask, away, back } = await issuerRig(t);
  const [mine, theirs] = [await away(), await away()];
  assert.equal((await back(mine.back.search, '')).headers.location, '/#sign-in=refused', 'without the cookie');
  assert.equal((await back(theirs.back.search, mine.cookie)).headers.location, '/#sign-in=refused', "with somebody else's code");
  assert.equal((await back('', theirs.cookie)).headers.location, '/#sign-in=refused', 'with nothing');
  const foreign = await ask('GET', '/session/issuer', { headers: { 'sec-fetch-site': 'cross-site' } });
  assert.equal(foreign.status, 403, 'another page does not begin it');
  const { status } = await ask('GET', '/session/issuer', { headers: { host: 'evil.example' } });
  assert.ok(status >= 400, 'the way back is only ever to a name of this head');
});

test('an issuer that does not answer: it is said so, and names and passwords go on working', async (t) => {
  const { ask, away, back, clock, lab, warnings, setIssuer } = await issuerRig(t);
  const { back: to, cookie } = await away();
  await lab[Symbol.asyncDispose]();
  clock.ms += 4000;
  assert.equal((await ask('GET', '/session/issuer')).headers.location, '/#sign-in=unreachable', 'no browser is sent to what is down');
  assert.equal((await back(to.search, cookie)).headers.location, '/#sign-in=unreachable', 'gone on the way');
  await setIssuer({ title: 'Elsewhere' });
  assert.equal((await ask('GET', '/session/issuer')).headers.location, '/#sign-in=unreachable');
  assert.match(warnings.join('\n'), /the issuer http:\/\/127\.0\.0\.1:\d+ does not answer as one/);
  const { status, json } = await ask('POST', '/session', { body: { name: 'ada', password: PASSWORD } });
  assert.deepEqual([status, json.person.role], [200, 'admin']);
});

test('without an issuer there is nothing to sign in with; a wrong one is told with file and line, and never plain HTTP', async (t) => {
  const { ask, directory } = await poolRig(t);
  assert.deepEqual((await ask('GET', '/session')).json, {});
  assert.equal((await ask('GET', '/session/issuer')).headers.location, '/#sign-in=no-issuer');
  await writeFile(join(directory, 'users.yaml'), issuerYaml('http://login.example'));
  const { status, json } = await ask('GET', '/session');
  assert.equal(status, 400);
  assert.match(json.message, /users\.yaml line 1: .*an https address/);
});
